//! Official papers as files. A [`Paper`] is everything that stands on one, and
//! [`pdf`] and [`docx`] set the same content: the one as GB/T 9704-2012 asks,
//! to the millimetre, the other so that an office can go on in WPS or Word.
//!
//! A seal is never drawn. What is not approved yet has no number and no date
//! and says on its face that it is a draft.

mod docx;
mod fonts;
mod layout;
mod pdf;
mod title;

use bihuan_domain::paper::{Blocks, Layout};
use bihuan_domain::playbook::Filled;
use jiff::civil::Date;

pub use self::docx::docx;
pub use self::fonts::{Face, FontError, Fonts, Substitution};
pub use self::pdf::pdf;

/// 发文字号, or its place until there is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentNumber {
    /// 机关代字
    pub word: String,
    pub year: i16,
    /// None leaves the place blank.
    pub serial: Option<u32>,
}

/// 紧急程度
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Haste {
    /// 特急
    Most,
    /// 加急
    More,
}

impl Haste {
    const fn words(self) -> &'static str {
        match self {
            Self::Most => "特急",
            Self::More => "加急",
        }
    }
}

/// 印发机关和印发日期
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    pub office: String,
    pub date: Date,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// 草稿
    Draft,
    Issued,
    /// 作废: keeps its number and may not be used.
    Void,
}

impl State {
    /// What a paper in this state says on its face.
    const fn words(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Draft => Some(("草稿", "草稿：尚未签发，不具有效力")),
            Self::Issued => None,
            Self::Void => Some(("作废", "作废：本件已作废，文号不再使用")),
        }
    }
}

/// One official paper, whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    pub layout: Layout,
    /// 发文机关标志
    pub mark: String,
    pub number: DocumentNumber,
    /// 签发人, of papers sent upward.
    pub signer: Option<String>,
    pub haste: Option<Haste>,
    /// A line end in it is a break the drafter chose.
    pub title: String,
    /// 主送机关, without the colon.
    pub addressees: String,
    pub body: Blocks,
    /// Names of the 附件.
    pub attachments: Vec<String>,
    /// 发文机关署名
    pub issuer: String,
    /// 成文日期
    pub date: Option<Date>,
    /// Whether a seal will be pressed: its place is marked, nothing is drawn.
    pub sealed: bool,
    /// 附注, without its brackets.
    pub note: Option<String>,
    /// 抄送机关
    pub copies: Vec<String>,
    pub printed: Option<Printed>,
    /// Address of the page on which the paper proves itself.
    pub verification: Option<String>,
    pub state: State,
}

/// What the issuer adds to a filled template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    pub year: i16,
    pub serial: Option<u32>,
    pub signer: Option<String>,
    pub haste: Option<Haste>,
    pub issuer: String,
    pub date: Option<Date>,
    pub copies: Vec<String>,
    pub printed: Option<Printed>,
    pub verification: Option<String>,
    pub state: State,
}

impl Issue {
    /// What there is before anybody approved anything: for previews and checks.
    pub fn draft(year: i16, issuer: String) -> Self {
        Self {
            year,
            serial: None,
            signer: None,
            haste: None,
            issuer,
            date: None,
            copies: Vec::new(),
            printed: None,
            verification: None,
            state: State::Draft,
        }
    }
}

impl Paper {
    pub fn of(filled: &Filled, issue: Issue) -> Self {
        let number =
            DocumentNumber { word: filled.word.clone(), year: issue.year, serial: issue.serial };
        Self {
            layout: filled.layout,
            mark: filled.mark.clone(),
            number,
            signer: issue.signer,
            haste: issue.haste,
            title: filled.title.clone(),
            addressees: filled.addressees.clone(),
            body: filled.body.clone(),
            attachments: filled.attachments.clone(),
            issuer: issue.issuer,
            date: issue.date,
            sealed: true,
            note: filled.note.clone(),
            copies: issue.copies,
            printed: issue.printed,
            verification: issue.verification,
            state: issue.state,
        }
    }

    /// `荥政督〔2026〕7号`
    fn number_words(&self) -> String {
        let DocumentNumber { word, year, serial } = &self.number;
        let serial = serial.map_or_else(|| "\u{3000}\u{3000}".to_owned(), |n| n.to_string());
        format!("{word}〔{year}〕{serial}号")
    }

    fn title_lines(&self) -> Vec<String> {
        let chosen = self.title.lines().map(str::trim).filter(|line| !line.is_empty());
        chosen.flat_map(|line| title::lines(line, layout::TITLE_HALVES)).collect()
    }

    fn date_words(&self) -> String {
        self.date.map_or_else(|| "\u{3000}\u{3000}年\u{3000}月\u{3000}日".to_owned(), date_words)
    }

    fn addressee_words(&self) -> String {
        let names = self.addressees.trim_end_matches(['：', ':']);
        if names.is_empty() { String::new() } else { format!("{names}：") }
    }

    /// `抄送` ends with a full stop.
    fn copy_words(&self) -> Option<String> {
        (!self.copies.is_empty()).then(|| format!("{}。", self.copies.join("，")))
    }

    /// Each with what stands before its name.
    fn attachment_words(&self) -> Vec<(String, &str)> {
        let several = self.attachments.len() > 1;
        let label = |index: usize| match (index, several) {
            (0, false) => "附件：".to_owned(),
            (0, true) => "附件：1. ".to_owned(),
            (index, _) => format!("{}. ", index + 1),
        };
        let names = self.attachments.iter().enumerate();
        names.map(|(index, name)| (label(index), name.as_str())).collect()
    }
}

fn date_words(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

/// Why a paper could not be set.
#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    #[error("no installed font has the characters {0}")]
    NoGlyph(String),
    #[error("the verification address does not fit a QR code")]
    AddressTooLong,
    #[error("the layout could not be made: {0}")]
    Layout(String),
    #[error("the file could not be written: {0}")]
    Write(String),
}

/// How a table's width is shared, in halves of a character: by the longest cell
/// of each column, within bounds that keep a column of single digits readable
/// and a long text from taking everything.
fn column_shares(columns: &[String], rows: &[Vec<String>]) -> Vec<usize> {
    const EDGES: usize = 2;
    let longest = |index: usize| {
        let cells = rows.iter().filter_map(|row| row.get(index));
        cells.map(|cell| halves(cell)).max().unwrap_or(0)
    };
    let share =
        |(index, column): (usize, &String)| longest(index).max(halves(column)).clamp(4, 36) + EDGES;
    columns.iter().enumerate().map(share).collect()
}

/// The width of a text in half characters: a Latin letter or digit takes one.
fn halves(words: &str) -> usize {
    words.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

/// Neither XML nor a page has a place for control characters, whatever somebody
/// pasted.
fn printable(words: &str) -> String {
    words.chars().map(|c| if c == '\t' { ' ' } else { c }).filter(|c| !c.is_control()).collect()
}
