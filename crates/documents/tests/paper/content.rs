//! What a paper says, and what it never says.

use bihuan_documents::paper::{DocumentNumber, Issue, Paper, PaperError, State, pdf};
use bihuan_domain::paper::{Block, Blocks};
use bihuan_domain::playbook::{Source, check};

use proptest::prelude::{ProptestConfig, any, prop_assert, proptest};

use crate::measure::{File, read};
use crate::sample::{fonts, heading, letter, notice, paragraph, plain};

fn set(paper: &Paper) -> File {
    read(&pdf(paper, fonts()).unwrap())
}

#[test]
fn what_people_write_is_never_code() {
    let title = "#import \"x\": * $x^2$ #panic(1)";
    let line = "*粗* _斜_ `码` @标 <签> \\ 反 // 注 /* 注 */ ~ --- ... = 题 - 项 + 项 / 词: \"引\" '引' http://a.example #{1+1} ]";
    let paper = Paper {
        title: title.to_owned(),
        addressees: "#sys.version".to_owned(),
        issuer: "#emoji.face".to_owned(),
        note: Some("$a$".to_owned()),
        copies: vec!["#lower(\"A\")".to_owned()],
        attachments: vec!["#(1)".to_owned()],
        body: Blocks(vec![
            heading(1, "= #heading[x]"),
            paragraph(line),
            Block::Table { columns: vec!["#c".to_owned()], rows: vec![vec!["$r$".to_owned()]] },
        ]),
        ..notice()
    };
    let file = set(&paper);
    let text: String = file.text().chars().filter(|c| !c.is_whitespace()).collect();
    for words in [
        title,
        line,
        "#sys.version：",
        "#emoji.face",
        "（$a$）",
        "#lower(\"A\")。",
        "附件：#(1)",
        "= #heading[x]",
        "#c",
        "$r$",
    ] {
        let words: String = words.chars().filter(|c| !c.is_whitespace()).collect();
        assert!(text.contains(&words), "{words} is not in {text}");
    }
    assert_eq!(file.properties["Title"], title);
}

#[test]
fn a_draft_says_so_on_every_page_and_has_neither_number_nor_date() {
    let paper = Paper {
        state: State::Draft,
        number: DocumentNumber { serial: None, ..notice().number },
        date: None,
        body: plain(1_500),
        ..notice()
    };
    let file = set(&paper);
    assert!(file.pages.len() > 2);
    assert!(file.pages.iter().all(|page| page.text().contains("草稿：尚未签发，不具有效力")));
    file.pages[0].find("荥政督〔2026〕\u{3000}\u{3000}号");
    file.last().find("年\u{3000}月\u{3000}日");
}

#[test]
fn a_void_paper_keeps_its_number_and_says_so_on_every_page() {
    let file = set(&Paper { state: State::Void, body: plain(1_500), ..notice() });
    assert!(file.pages.iter().all(|page| page.text().contains("作废：本件已作废，文号不再使用")));
    file.pages[0].find("荥政督〔2026〕7号");
    assert!(!set(&notice()).text().contains("作废"));
}

#[test]
fn a_body_of_10_000_characters_is_set_whole() {
    let body = plain(10_000);
    let Block::Paragraph(text) = body.0[0].clone() else { unreachable!() };
    let file = set(&Paper { body, attachments: Vec::new(), ..notice() });
    // A character is set at 16 points only in the body and what frames it.
    let lines = file.pages.iter().flat_map(|page| page.lines(16.0));
    let all: String = lines.flatten().map(|glyph| glyph.text.as_str()).collect();
    assert!(all.contains(&text));
    assert!((17..=20).contains(&file.pages.len()), "{} pages", file.pages.len());
}

#[test]
fn without_attachments_copies_or_printing_nothing_stands_for_them() {
    let paper = Paper {
        attachments: Vec::new(),
        copies: Vec::new(),
        printed: None,
        note: None,
        verification: None,
        ..notice()
    };
    let text = set(&paper).text();
    for word in ["附件", "抄送", "印发", "联系人", "核验"] {
        assert!(!text.contains(word), "{word}");
    }
}

#[test]
fn one_attachment_has_no_number_and_several_have() {
    let one = Paper { attachments: vec!["问题清单".to_owned()], ..notice() };
    assert!(set(&one).text().contains("附件：问题清单"));
    let text = set(&notice()).text();
    assert!(text.contains("附件：1. 问题清单") && text.contains("2. 送达回执"));
}

#[test]
fn a_paper_without_a_body_is_set() {
    let paper = Paper { body: Blocks::default(), addressees: String::new(), ..notice() };
    assert!(set(&paper).text().contains(&paper.title));
}

#[test]
fn the_same_paper_gives_the_same_bytes_whatever_was_set_between() {
    let first = pdf(&notice(), fonts()).unwrap();
    pdf(&letter(), fonts()).unwrap();
    pdf(&Paper { body: plain(900), ..notice() }, fonts()).unwrap();
    assert!(first == pdf(&notice(), fonts()).unwrap());
    let other =
        pdf(&Paper { title: "关于另一事项的通知".to_owned(), ..notice() }, fonts()).unwrap();
    assert!(first != other);
}

#[test]
fn the_properties_name_every_face_that_stands_in() {
    let file = set(&notice());
    for substitution in fonts().substitutions() {
        assert!(file.properties["Subject"].contains(&substitution.to_string()));
        assert!(file.properties["Keywords"].contains(&substitution.to_string()));
    }
    assert_eq!(file.properties["Title"], notice().title);
    assert!(file.properties["CreationDate"].starts_with("D:20261112"));
}

#[test]
fn a_character_no_font_has_is_named_instead_of_printed_as_a_box() {
    let error = pdf(&Paper { issuer: "荥\u{10fffd}".to_owned(), ..notice() }, fonts()).unwrap_err();
    assert!(matches!(&error, PaperError::NoGlyph(missing) if missing == "\u{10fffd}"), "{error}");
}

#[test]
fn an_address_too_long_for_a_code_is_refused() {
    let address = format!("https://bihuan.example/{}", "a".repeat(3_000));
    let error = pdf(&Paper { verification: Some(address), ..notice() }, fonts()).unwrap_err();
    assert!(matches!(error, PaperError::AddressTooLong), "{error}");
}

#[test]
fn control_characters_in_what_was_pasted_do_no_harm() {
    let paper =
        Paper { body: Blocks(vec![paragraph("督查\u{0}\u{b}\t整改\u{7f}")]), ..notice() };
    assert!(set(&paper).text().contains("督查"));
}

#[test]
fn a_row_too_short_or_too_long_does_not_shift_the_others() {
    let row = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
    let table = Block::Table {
        columns: row(&["甲", "乙"]),
        rows: vec![row(&["一"]), row(&["二", "三", "四"]), row(&["五", "六"])],
    };
    let file = set(&Paper { body: Blocks(vec![table]), ..notice() });
    let left = |word: &str| {
        let page = file.pages.iter().find(|page| page.lines(12.0).len() > 1).unwrap();
        let cell = page.glyphs.iter().find(|glyph| glyph.text == word && glyph.size < 12.5);
        cell.map(|glyph| glyph.left)
    };
    assert!((left("一").unwrap() - left("五").unwrap()).abs() < 0.1);
    assert!((left("三").unwrap() - left("六").unwrap()).abs() < 0.1);
    assert_eq!(left("四"), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever is typed or pasted, in whatever field: a paper, or the names of
    /// the characters no font has.
    #[test]
    fn no_text_breaks_the_layout(
        texts in proptest::collection::vec("[ -~一-三、。，：（）《》“”\\n\\t]{0,60}|\\PC{0,20}", 9),
        issued in any::<bool>(),
    ) {
        let [mark, title, addressees, first, second, cell, issuer, note, copy] =
            <[String; 9]>::try_from(texts).unwrap();
        let table = Block::Table { columns: vec![cell.clone()], rows: vec![vec![cell]] };
        let paper = Paper {
            mark,
            title,
            addressees,
            body: Blocks(vec![heading(2, &first), table, paragraph(second)]),
            issuer,
            note: Some(note),
            copies: vec![copy],
            state: if issued { State::Issued } else { State::Draft },
            ..notice()
        };
        match pdf(&paper, fonts()) {
            Ok(file) => prop_assert!(!read(&file).pages.is_empty()),
            Err(PaperError::NoGlyph(missing)) => prop_assert!(!missing.is_empty()),
            Err(other) => prop_assert!(false, "{other}"),
        }
    }
}

#[test]
fn every_shipped_template_is_set_with_its_samples() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../playbooks/xingyang");
    let mut files = Vec::new();
    for sub in ["", "papers", "wording"] {
        for entry in std::fs::read_dir(format!("{folder}/{sub}")).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|kind| kind == "toml") {
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                files.push((name, std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    let playbook = check(&Source::new(files)).unwrap().playbook;
    assert_eq!(playbook.papers.len(), 6);
    for template in &playbook.papers {
        let name = |unit: &_| playbook.unit(unit).map(|unit| unit.name.zh.clone());
        let filled = template.fill(&template.samples(), name).unwrap();
        let issue = Issue {
            serial: Some(1),
            state: State::Issued,
            ..Issue::draft(2026, "荥阳市人民政府督查室".to_owned())
        };
        let paper = Paper::of(&filled, issue);
        let text = set(&paper).text();
        assert!(text.contains(&format!("{}〔2026〕1号", template.word)), "{}", template.code);
        assert!(text.contains(&filled.addressees));
    }
}
