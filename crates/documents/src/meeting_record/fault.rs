//! Why a file is no meeting record.

use bihuan_domain::playbook::model::Text;

use crate::sentence::text;

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecordFault {
    #[error("the record is empty")]
    Empty,
    #[error("the file is an old Word file (.doc)")]
    OldWord,
    #[error("the file is neither text nor a Word document")]
    NotARecord,
    #[error("the file is larger than {limit} bytes")]
    TooBig { limit: u64 },
    /// A bomb, or far more text than a meeting decides.
    #[error("the file unpacks to more than {limit} bytes")]
    UnpacksTooBig { limit: u64 },
    #[error("the record has more than {limit} numbered paragraphs")]
    TooManyDecisions { limit: usize },
    #[error("the file cannot be read: {0}")]
    Unreadable(String),
}

impl RecordFault {
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "record-empty",
            Self::OldWord => "record-old-word",
            Self::NotARecord => "record-not-a-record",
            Self::TooBig { .. } => "record-too-big",
            Self::UnpacksTooBig { .. } => "record-unpacks-too-big",
            Self::TooManyDecisions { .. } => "record-too-many-decisions",
            Self::Unreadable(_) => "record-unreadable",
        }
    }

    pub fn sentence(&self) -> Text {
        match self {
            Self::Empty => text("会议纪要是空的。", "The record is empty."),
            Self::OldWord => text(
                "这是旧版 Word 文件（.doc），请另存为 .docx，或复制文字后粘贴。",
                "This is an old Word file (.doc); save it as .docx or paste its text.",
            ),
            Self::NotARecord => text(
                "文件不是 DOCX 文档或纯文本，请复制文字后粘贴。",
                "The file is neither a DOCX document nor plain text; paste its text instead.",
            ),
            Self::TooBig { limit } => text(
                &format!("文件超过 {} MB，请删去图片后再传，或复制文字后粘贴。", limit >> 20),
                &format!(
                    "The file is larger than {} MB; take its pictures out or paste its text.",
                    limit >> 20
                ),
            ),
            Self::UnpacksTooBig { limit } => text(
                &format!("文件解压后超过 {} MB，请复制文字后粘贴。", limit >> 20),
                &format!("The file unpacks to more than {} MB; paste its text.", limit >> 20),
            ),
            Self::TooManyDecisions { limit } => text(
                &format!("编号的段落超过 {limit} 个，请分几次登记。"),
                &format!("There are more than {limit} numbered paragraphs; file them in parts."),
            ),
            Self::Unreadable(why) => {
                text(&format!("文件无法读取：{why}"), &format!("The file cannot be read: {why}"))
            }
        }
    }
}
