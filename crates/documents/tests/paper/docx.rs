//! The DOCX beside the PDF: well-formed, the same words, the same page.

use std::io::{Cursor, Read as _};

use bihuan_documents::paper::{Paper, State, docx};
use bihuan_domain::paper::Blocks;
use roxmltree::{Document, Node};
use zip::ZipArchive;

use crate::sample::{letter, notice, paragraph, plain};

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

fn part(file: &[u8], name: &str) -> String {
    let mut archive = ZipArchive::new(Cursor::new(file)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn text(file: &[u8]) -> String {
    let xml = part(file, "word/document.xml");
    let document = Document::parse(&xml).unwrap();
    document
        .descendants()
        .filter(|node| node.has_tag_name((W, "t")))
        .filter_map(|node| node.text())
        .collect()
}

fn number(node: Node<'_, '_>, key: &str) -> f64 {
    node.attribute((W, key)).unwrap().parse().unwrap()
}

fn only<'a>(document: &'a Document<'_>, name: &str) -> Node<'a, 'a> {
    document.descendants().find(|node| node.has_tag_name((W, name))).unwrap()
}

#[test]
fn every_part_is_well_formed() {
    let awkward = Paper { title: "<w:t>&amp; ]]> \"".to_owned(), ..notice() };
    for paper in [notice(), letter(), awkward] {
        let file = docx(&paper).unwrap();
        let mut archive = ZipArchive::new(Cursor::new(&file)).unwrap();
        for index in 0..archive.len() {
            let mut part = archive.by_index(index).unwrap();
            if part.is_dir() {
                continue;
            }
            let mut xml = String::new();
            part.read_to_string(&mut xml).unwrap();
            assert!(Document::parse(&xml).is_ok(), "{:?}", part.name());
        }
        assert!(text(&file).contains(&paper.title));
    }
}

#[test]
fn it_says_what_the_pdf_says() {
    let paper = notice();
    let said = text(&docx(&paper).unwrap());
    let mut words = vec![
        paper.mark.as_str(),
        "荥政督〔2026〕7号",
        &paper.title,
        "市政设施所：",
        "一、存在问题",
        "路口东侧雨水井盖破损，未围挡",
        "（一）整改要求",
        "附件：1. 问题清单",
        "2. 送达回执",
        "（此处加盖印章）",
        &paper.issuer,
        "2026年11月12日",
        "（联系人：督查室值班人员（示例））",
        "抄送：市城市管理局，市纪委监委。",
        "2026年11月12日印发",
    ];
    words.extend(paper.verification.as_deref());
    for words in words {
        assert!(said.contains(words), "{words} is not in {said}");
    }
}

#[test]
fn the_page_is_a4_with_the_standard_s_margins_and_grid() {
    let xml = part(&docx(&notice()).unwrap(), "word/document.xml");
    let document = Document::parse(&xml).unwrap();
    let twips = |millimetres: f64| millimetres / 25.4 * 1440.0;
    let near =
        |measured: f64, asked: f64| assert!((measured - asked).abs() <= 1.0, "{measured} {asked}");
    let size = only(&document, "pgSz");
    near(number(size, "w"), twips(210.0));
    near(number(size, "h"), twips(297.0));
    let margin = only(&document, "pgMar");
    near(number(margin, "top"), twips(37.0));
    near(number(margin, "left"), twips(28.0));
    near(number(margin, "bottom"), twips(297.0 - 37.0 - 225.0));
    near(number(margin, "right"), twips(210.0 - 28.0 - 156.0));
    let grid = only(&document, "docGrid");
    near(number(grid, "linePitch"), twips(225.0 / 22.0));
    // In 1/4096 of a point over the type's 16.
    let narrower = number(grid, "charSpace") / 4096.0;
    assert!((16.0 + narrower - 156.0 / 28.0 / 25.4 * 72.0).abs() < 0.05, "{narrower}");
}

#[test]
fn the_faces_have_the_names_offices_know() {
    let xml = part(&docx(&notice()).unwrap(), "word/document.xml");
    for face in ["方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体"] {
        assert!(xml.contains(&format!("w:eastAsia=\"{face}\"")), "{face}");
    }
}

#[test]
fn pages_are_numbered_right_and_left_and_a_letter_s_first_page_is_not() {
    let file = docx(&notice()).unwrap();
    assert!(part(&file, "word/settings.xml").contains("evenAndOddHeaders"));
    let side = |name: &str| {
        let xml = part(&file, name);
        let document = Document::parse(&xml).unwrap();
        only(&document, "jc").attribute((W, "val")).unwrap().to_owned()
    };
    let mut sides = [side("word/footer1.xml"), side("word/footer2.xml")];
    sides.sort_unstable();
    assert_eq!(sides, ["left", "right"]);
    assert!(part(&docx(&letter()).unwrap(), "word/document.xml").contains("titlePg"));
}

#[test]
fn a_draft_and_a_void_paper_say_so() {
    let said = |state| text(&docx(&Paper { state, ..notice() }).unwrap());
    assert!(said(State::Draft).contains("草稿"));
    assert!(said(State::Void).contains("作废"));
    assert!(!said(State::Issued).contains("作废"));
}

#[test]
fn control_characters_do_not_break_the_file() {
    let body = Blocks(vec![paragraph("督查\u{0}\u{b}整改\u{1f}")]);
    assert!(text(&docx(&Paper { body, ..notice() }).unwrap()).contains("督查整改"));
}

#[test]
fn a_long_body_is_written_whole_and_the_same_paper_gives_the_same_bytes() {
    let paper = Paper { body: plain(10_000), ..notice() };
    let file = docx(&paper).unwrap();
    assert!(text(&file).chars().count() > 10_000);
    assert!(file == docx(&paper).unwrap());
}
