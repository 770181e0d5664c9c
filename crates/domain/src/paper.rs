//! What an official paper says, before anybody decides how it looks: blocks of
//! text in order. Whoever writes a file of it (PDF, DOCX) gives it its layout.

use serde::{Deserialize, Serialize};

/// The two layouts of GB/T 9704-2012 in use here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Layout {
    /// 文件格式
    Document,
    /// 信函格式
    Letter,
}

impl Layout {
    pub const ALL: [Self; 2] = [Self::Document, Self::Letter];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Letter => "letter",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Block {
    /// `level` is 1, 2 or 3: 一、 then （一） then 1.
    Heading {
        level: u8,
        text: String,
    },
    Paragraph(String),
    /// Every row has as many cells as there are columns.
    Table {
        columns: Vec<String>,
        rows: Vec<Vec<String>>,
    },
}

/// The body of a paper.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Blocks(pub Vec<Block>);

impl Blocks {
    /// Characters as the limits on a paper's length count them: spaces are not
    /// counted, and neither are tables, which are its annexed lists.
    pub fn characters(&self) -> usize {
        let texts = self.0.iter().filter_map(|block| match block {
            Block::Heading { text, .. } | Block::Paragraph(text) => Some(text),
            Block::Table { .. } => None,
        });
        texts.map(|text| text.chars().filter(|c| !c.is_whitespace()).count()).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neither_spaces_nor_tables_count_towards_the_length() {
        let blocks = Blocks(vec![
            Block::Heading { level: 1, text: "一、情况".to_owned() },
            Block::Paragraph("路 灯\n不亮".to_owned()),
            Block::Table { columns: vec!["问题".to_owned()], rows: vec![vec!["灯".to_owned()]] },
        ]);
        assert_eq!(blocks.characters(), 4 + 4);
    }
}
