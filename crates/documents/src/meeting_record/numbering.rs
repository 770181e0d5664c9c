//! Numbers a word processor writes before paragraphs by itself: they stand in
//! no text and are made here as it would make them.

use std::collections::BTreeMap;

use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use super::RecordFault;
use super::docx::{attribute, unreadable, value};

/// Levels a list has.
const LEVELS: usize = 9;

#[derive(Clone, Debug, Default)]
pub(super) struct Numbering {
    /// The definition a list in the text follows.
    lists: BTreeMap<String, String>,
    levels: BTreeMap<(String, usize), Level>,
}

#[derive(Clone, Debug, Default)]
struct Level {
    /// `%1` stands for the number of the first level.
    text: String,
    format: String,
    start: u32,
}

/// How far each list has counted.
#[derive(Debug, Default)]
pub(super) struct Counters(BTreeMap<String, [Option<u32>; LEVELS]>);

impl Numbering {
    pub(super) fn read(xml: &str) -> Result<Self, RecordFault> {
        let mut numbering = Self::default();
        let mut at = Place::default();
        let mut reader = Reader::from_str(xml);
        loop {
            match reader.read_event().map_err(unreadable)? {
                Event::Eof => return Ok(numbering),
                Event::Start(tag) | Event::Empty(tag) => numbering.begin(&tag, &mut at),
                _ => {}
            }
        }
    }

    fn begin(&mut self, tag: &BytesStart<'_>, at: &mut Place) {
        match tag.local_name().as_ref() {
            "abstractNum" => {
                at.definition = attribute(tag, "abstractNumId");
                at.list = None;
            }
            "num" => {
                at.list = attribute(tag, "numId");
                at.definition = None;
            }
            "abstractNumId" => {
                if let (Some(list), Some(definition)) = (&at.list, value(tag)) {
                    self.lists.insert(list.clone(), definition);
                }
            }
            "lvl" => {
                let level = attribute(tag, "ilvl").and_then(|text| text.parse().ok());
                at.level = level.unwrap_or(0);
            }
            "start" => self.level(at, |level| {
                level.start = value(tag).and_then(|text| text.parse().ok()).unwrap_or(1);
            }),
            "numFmt" => self.level(at, |level| level.format = value(tag).unwrap_or_default()),
            "lvlText" => self.level(at, |level| level.text = value(tag).unwrap_or_default()),
            _ => {}
        }
    }

    fn level(&mut self, at: &Place, set: impl FnOnce(&mut Level)) {
        let Some(definition) = &at.definition else { return };
        let first = Level { start: 1, ..Level::default() };
        set(self.levels.entry((definition.clone(), at.level)).or_insert(first));
    }
}

#[derive(Default)]
struct Place {
    definition: Option<String>,
    list: Option<String>,
    level: usize,
}

impl Counters {
    /// The next number of a list; `None` when it is not written in a way known
    /// here. Bullets are no numbers and read as nothing.
    pub(super) fn next(
        &mut self,
        numbering: &Numbering,
        list: &str,
        level: usize,
    ) -> Option<String> {
        let definition = numbering.lists.get(list)?;
        let of = |level| numbering.levels.get(&(definition.clone(), level));
        let own = of(level)?;
        let counts = self.0.entry(definition.clone()).or_default();
        let count = counts.get_mut(level)?;
        *count = Some(count.map_or(own.start, |count| count.saturating_add(1)));
        for deeper in counts.iter_mut().skip(level + 1) {
            *deeper = None;
        }
        if matches!(own.format.as_str(), "bullet" | "none") {
            return Some(String::new());
        }
        let mut text = own.text.clone();
        for (above, count) in counts.iter().enumerate().take(level + 1) {
            let mark = format!("%{}", above + 1);
            if !text.contains(&mark) {
                continue;
            }
            let described = of(above)?;
            let count = count.unwrap_or(described.start);
            text = text.replace(&mark, &number(count, &described.format)?);
        }
        Some(text)
    }
}

fn number(count: u32, format: &str) -> Option<String> {
    match format {
        "decimal" | "decimalFullWidth" => Some(count.to_string()),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => {
            let at = (1..=20).contains(&count).then(|| count + 0x245f)?;
            char::from_u32(at).map(String::from)
        }
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "ideographDigital"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand" => chinese(count),
        _ => None,
    }
}

fn chinese(count: u32) -> Option<String> {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let ones = DIGITS[(count % 10) as usize];
    match count / 10 {
        0 if count > 0 => Some(ones.to_owned()),
        1 => Some(format!("十{ones}")),
        tens @ 2..=9 => Some(format!("{}十{ones}", DIGITS[tens as usize])),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const XML: &str = r#"<w:numbering xmlns:w="w">
        <w:abstractNum w:abstractNumId="0">
          <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
          <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
          <w:lvl w:ilvl="2"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%3."/></w:lvl>
          <w:lvl w:ilvl="3"><w:numFmt w:val="upperLetter"/><w:lvlText w:val="%4"/></w:lvl>
          <w:lvl w:ilvl="4"><w:numFmt w:val="bullet"/><w:lvlText w:val="●"/></w:lvl>
        </w:abstractNum>
        <w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num>
      </w:numbering>"#;

    #[test]
    fn numbers_count_up_and_begin_anew_below_a_new_one() {
        let numbering = Numbering::read(XML).expect("numbering");
        let mut counters = Counters::default();
        let mut next = |level| counters.next(&numbering, "7", level).unwrap_or_default();
        let levels = [0, 1, 1, 0, 1, 2, 2, 4];
        let numbers = levels.map(&mut next);
        assert_eq!(numbers, ["一、", "（一）", "（二）", "二、", "（一）", "二.3.", "二.4.", ""]);
    }

    #[test]
    fn a_number_in_an_unknown_way_is_not_made_up() {
        let numbering = Numbering::read(XML).expect("numbering");
        let mut counters = Counters::default();
        assert_eq!(counters.next(&numbering, "7", 3), None);
        assert_eq!(counters.next(&numbering, "8", 0), None);
        assert_eq!(counters.next(&numbering, "7", 99), None);
    }

    #[test]
    fn chinese_numbers_go_to_ninety_nine() {
        let written = [1, 10, 11, 20, 99].map(|count| chinese(count).unwrap_or_default());
        assert_eq!(written, ["一", "十", "十一", "二十", "九十九"]);
        assert_eq!((chinese(0), chinese(100)), (None, None));
    }
}
