//! Where a record ends: who was there, who wrote it down, who gets it.

use crate::draft::squeezed;

/// Followed by a colon, or by a word that makes a list of people of it.
const WORDS: [&str; 16] = [
    "出席", "列席", "参加", "参会", "缺席", "请假", "主持", "记录", "整理", "报送", "抄送", "分送",
    "主送", "签发", "附件", "校对",
];

const LISTS: [&str; 4] = ["人员", "人", "单位", "会议"];

pub(super) fn begins(line: &str) -> bool {
    let plain = squeezed(line);
    if let Some(rest) = WORDS.iter().find_map(|word| plain.strip_prefix(word)) {
        let after = LISTS.iter().find_map(|list| rest.strip_prefix(list));
        return rest.starts_with(':') || after.is_some_and(starts_list);
    }
    plain.starts_with("报:") || plain.starts_with("送:") || plain.ends_with("印发")
}

fn starts_list(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with(':') || rest.starts_with("的有") || rest.starts_with("有")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_people_and_receivers_end_a_record() {
        for line in [
            "出席：张某、李某",
            "出　席:张某",
            "列席人员：王某",
            "参加会议的有：张某",
            "记录：赵某",
            "抄送：市委办公室。",
            "荥阳市人民政府办公室　2026年10月9日印发",
            "附件：1.任务清单",
            "报：市委",
        ] {
            assert!(begins(line), "{line}");
        }
    }

    #[test]
    fn sentences_with_the_same_words_do_not() {
        for line in [
            "参加培训的人员要做好记录。",
            "记录在案的问题要逐一销号",
            "主持召开专题会议",
            "请假制度要严格",
            "印发通知",
        ] {
            assert!(!begins(line), "{line}");
        }
    }
}
