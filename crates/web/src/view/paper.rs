//! An official paper as it reads on a page: the same blocks that the PDF sets,
//! in the house's print style. What was typed is text, never markup.

use askama::Template;
use bihuan_domain::paper::{Block, Layout};
use bihuan_domain::playbook::Filled;
use jiff::civil::Date;

use super::markup;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperSheet {
    pub mark: String,
    pub is_letter: bool,
    /// `荥政督〔2026〕7号`, or with its place left blank.
    pub number: String,
    pub title: String,
    pub addressees: String,
    pub body: Vec<Block>,
    pub attachments: Vec<String>,
    pub note: Option<String>,
    pub issuer: String,
    pub date: String,
    /// 草稿, 作废
    pub state: Option<&'static str>,
}

/// What stands on it beside what it says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Around {
    pub number: Option<String>,
    pub year: i16,
    pub issuer: String,
    pub date: Option<Date>,
    pub is_void: bool,
}

impl PaperSheet {
    pub fn of(filled: &Filled, around: Around) -> Self {
        let state = match (&around.number, around.is_void) {
            (_, true) => Some("作废"),
            (None, _) => Some("草稿"),
            (Some(_), _) => None,
        };
        let blank = || format!("{}〔{}〕\u{3000}\u{3000}号", filled.word, around.year);
        let date = around.date.map_or_else(
            || "\u{3000}\u{3000}年\u{3000}月\u{3000}日".to_owned(),
            |date| format!("{}年{}月{}日", date.year(), date.month(), date.day()),
        );
        let addressees = filled.addressees.trim_end_matches(['：', ':']);
        Self {
            mark: filled.mark.clone(),
            is_letter: filled.layout == Layout::Letter,
            number: around.number.unwrap_or_else(blank),
            title: filled.title.clone(),
            addressees: match addressees {
                "" => String::new(),
                names => format!("{names}："),
            },
            body: filled.body.0.clone(),
            attachments: filled.attachments.clone(),
            note: filled.note.clone(),
            issuer: around.issuer,
            date,
            state,
        }
    }
}

/// The markup of a [`PaperSheet`]. It is Chinese whatever the page's language.
#[derive(Template)]
#[template(path = "components/paper.html")]
pub struct PaperPart<'a> {
    pub paper: &'a PaperSheet,
}

markup!(PaperPart);

#[cfg(test)]
mod tests {
    use super::*;
    use bihuan_domain::ids::PaperCode;
    use bihuan_domain::paper::Blocks;
    use bihuan_domain::playbook::model::PaperKind;

    fn sheet(around: Around) -> PaperSheet {
        let filled = Filled {
            template: PaperCode::new("notice"),
            kind: PaperKind::RectificationNotice,
            layout: Layout::Document,
            word: "荥政督".to_owned(),
            mark: "督查室文件".to_owned(),
            title: "#set text(red) <b>*关于*</b>".to_owned(),
            addressees: "市政所：".to_owned(),
            body: Blocks(vec![Block::Paragraph("#read(\"/etc/passwd\") <script>".to_owned())]),
            attachments: Vec::new(),
            note: None,
        };
        PaperSheet::of(&filled, around)
    }

    #[test]
    fn what_was_typed_is_text_and_never_markup() {
        let paper = sheet(Around { year: 2026, ..Around::default() });
        let html = PaperPart { paper: &paper }.render().unwrap();
        assert!(html.contains("#set text(red)"), "{html}");
        assert!(!html.contains("<b>*") && !html.contains("<script"), "{html}");
    }

    #[test]
    fn a_draft_has_no_number_and_says_that_it_is_a_draft() {
        let draft = sheet(Around { year: 2026, ..Around::default() });
        assert_eq!(draft.number, "荥政督〔2026〕\u{3000}\u{3000}号");
        assert_eq!(draft.state, Some("草稿"));
        let number = Some("荥政督〔2026〕7号".to_owned());
        let issued = sheet(Around { number: number.clone(), ..Around::default() });
        assert_eq!(issued.state, None);
        let void = sheet(Around { number, is_void: true, ..Around::default() });
        assert_eq!((void.state, void.number.as_str()), (Some("作废"), "荥政督〔2026〕7号"));
    }
}
