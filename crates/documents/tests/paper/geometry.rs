//! Where everything stands.

use bihuan_domain::paper::Blocks;

use crate::measure::{Area, File, Glyph, Page, read};
use crate::sample::{fonts, heading, letter, notice, paragraph, plain};
use bihuan_documents::paper::{Haste, Paper, pdf};

const RED: [u8; 3] = [255, 0, 0];
const TOP: f64 = 37.0;
const LEFT: f64 = 28.0;
const RIGHT: f64 = 28.0 + 156.0;
const BOTTOM: f64 = 37.0 + 225.0;
const PITCH: f64 = 225.0 / 22.0;
const CHARACTER: f64 = 156.0 / 28.0;
/// 4号 in millimetres.
const SMALL: f64 = 14.0 * 25.4 / 72.0;

fn set(paper: &Paper) -> File {
    read(&pdf(paper, fonts()).unwrap())
}

#[track_caller]
fn near(measured: f64, asked: f64, tolerance: f64) {
    assert!(
        (measured - asked).abs() <= tolerance,
        "measured {measured:.3}, asked for {asked:.3} within {tolerance}"
    );
}

fn red(page: &Page) -> Vec<Area> {
    page.filled.iter().filter(|area| area.color == RED).copied().collect()
}

/// Black bars as wide as the block: the rules of the record.
fn rules(page: &Page) -> Vec<Area> {
    let wide = |area: &&Area| area.color == [0; 3] && (area.width - 156.0).abs() < 0.1;
    page.filled.iter().filter(wide).copied().collect()
}

fn long() -> Paper {
    Paper { body: plain(3_000), ..notice() }
}

#[test]
fn the_paper_is_a4() {
    for page in &set(&notice()).pages {
        near(page.width, 210.0, 0.01);
        near(page.height, 297.0, 0.01);
    }
}

#[test]
fn a_full_page_has_22_lines_of_28_characters_on_the_grid() {
    let file = set(&long());
    let lines = file.pages[1].lines(16.0);
    assert_eq!(lines.len(), 22);
    for (index, line) in lines.iter().enumerate() {
        assert_eq!(line.len(), 28, "line {}", index + 1);
        near(line[0].left, LEFT, 0.05);
        // The last character's own width is 16 points, a little over the pitch.
        near(line[27].right, RIGHT, 0.15);
        for pair in line.windows(2) {
            near(pair[1].left - pair[0].left, CHARACTER, 0.01);
        }
    }
    for pair in lines.windows(2) {
        near(pair[1][0].baseline - pair[0][0].baseline, PITCH, 0.01);
    }
    // A character stands in the middle of its line.
    near(lines[0][0].top() - TOP, BOTTOM - lines[21][0].bottom(), 0.05);
    assert!(lines[0][0].top() >= TOP && lines[21][0].bottom() <= BOTTOM);
}

#[test]
fn every_full_line_of_every_page_has_28_characters() {
    let file = set(&long());
    assert!(file.pages.len() > 3);
    let lines = file.pages.iter().flat_map(|page| page.lines(16.0));
    let body: Vec<usize> = lines
        .filter(|line| {
            (line[0].left - LEFT).abs() < 0.1 && line[27.min(line.len() - 1)].right > 183.0
        })
        .map(|line| line.len())
        .collect();
    assert!(body.len() > 90);
    assert!(body.iter().all(|characters| *characters == 28), "{body:?}");
}

#[test]
fn nothing_of_the_text_leaves_the_block() {
    let file = set(&long());
    for page in &file.pages {
        let inside = |glyph: &&Glyph| (glyph.size - 16.0).abs() < 0.01;
        for glyph in page.glyphs.iter().filter(inside) {
            assert!(glyph.left >= LEFT - 0.05 && glyph.right <= RIGHT + 0.15, "{glyph:?}");
            assert!(glyph.top() >= TOP && glyph.bottom() <= BOTTOM, "{glyph:?}");
        }
    }
}

#[test]
fn the_mark_is_red_centred_and_35_millimetres_below_the_block_s_upper_edge() {
    let paper = notice();
    let file = set(&paper);
    let mark = file.pages[0].find(&paper.mark);
    assert!(mark.iter().all(|glyph| glyph.color == RED));
    // The ink of a character begins up to 5 % below its square: 0.8 mm here.
    near(mark[0].top(), TOP + 35.0, 0.8);
    near((mark[0].left + mark[mark.len() - 1].right) / 2.0, 28.0 + 78.0, 0.2);
}

#[test]
fn a_short_mark_is_larger_and_a_long_one_still_fits_one_line() {
    for (mark, smallest, largest) in [
        ("荥阳市人民政府", 60.0, 62.1),
        ("荥阳市优化营商环境和重点项目建设工作领导小组办公室文件", 15.0, 17.0),
    ] {
        let file = set(&Paper { mark: mark.to_owned(), ..notice() });
        let glyphs = file.pages[0].find(mark);
        assert!((smallest..=largest).contains(&glyphs[0].size), "{}", glyphs[0].size);
        assert!(glyphs[0].left >= LEFT && glyphs[glyphs.len() - 1].right <= RIGHT);
        near(glyphs[0].baseline, glyphs[glyphs.len() - 1].baseline, 0.01);
    }
}

#[test]
fn the_number_stands_two_lines_below_the_mark_and_4_millimetres_above_the_red_rule() {
    let paper = notice();
    let file = set(&paper);
    let page = &file.pages[0];
    let number = page.find("荥政督〔2026〕7号");
    let mark = page.find(&paper.mark);
    // Two whole lines, the lower part of the mark's square and half of a line's leading.
    near(number[0].top() - mark[0].bottom(), 2.0 * PITCH + 2.3, 0.8);
    near((number[0].left + number[number.len() - 1].right) / 2.0, 106.0, 0.2);
    let rules = red(page);
    assert_eq!(rules.len(), 1);
    near(rules[0].top - number[0].bottom(), 4.0, 0.1);
    near(rules[0].left, LEFT, 0.05);
    near(rules[0].width, 156.0, 0.05);
}

#[test]
fn the_title_is_of_size_2_centred_two_lines_below_the_rule() {
    let paper = notice();
    let file = set(&paper);
    let page = &file.pages[0];
    let title = page.find(&paper.title);
    assert!(title.iter().all(|glyph| (glyph.size - 22.0).abs() < 0.01));
    near((title[0].left + title[title.len() - 1].right) / 2.0, 106.0, 0.2);
    let line_top = title[0].top() - (PITCH - 22.0 * 25.4 / 72.0) / 2.0;
    near(line_top - red(page)[0].bottom(), 2.0 * PITCH, 0.1);
    let addressee = page.find("市政设施所：");
    near(addressee[0].left, LEFT, 0.05);
    // One blank line between; each character in the middle of its own line.
    let addressee_top = addressee[0].top() - (PITCH - 16.0 * 25.4 / 72.0) / 2.0;
    near(addressee_top - line_top, 2.0 * PITCH, 0.1);
}

#[test]
fn a_long_title_is_broken_where_a_phrase_ends_or_where_the_drafter_broke_it() {
    let lines = |title: &str| -> Vec<usize> {
        let file = set(&Paper { title: title.to_owned(), ..notice() });
        let lines = file.pages[0].lines(22.0);
        for line in &lines {
            near((line[0].left + line[line.len() - 1].right) / 2.0, 106.0, 0.2);
        }
        lines.iter().map(|line| line.len()).collect()
    };
    assert_eq!(lines("关于加强城区道路检查井盖巡查管护的整改通知书"), [17, 5]);
    assert_eq!(lines("关于井盖管护的\n整改通知书"), [7, 5]);
}

#[test]
fn headings_are_set_in_their_own_faces_and_the_body_is_indented_two_characters() {
    let file = set(&notice());
    let glyph = |words: &str| {
        let page = file.pages.iter().find(|page| page.text().contains(words)).unwrap();
        page.find(words)[0].clone()
    };
    let body = glyph("更换破损井盖");
    let (first, second, third) =
        (glyph("一、存在问题"), glyph("（一）整改要求"), glyph("1.整改期限"));
    assert_eq!(third.font, body.font);
    assert_ne!(first.font, body.font);
    assert_ne!(second.font, first.font);
    assert_ne!(glyph("关于城区井盖").font, body.font);
    for indented in [&body, &first, &second, &third] {
        near(indented.left, LEFT + 2.0 * CHARACTER, 0.1);
        near(indented.size, 16.0, 0.01);
    }
}

#[test]
fn every_font_is_embedded() {
    let file = set(&notice());
    assert!(file.fonts.len() >= 3, "{:?}", file.fonts);
    assert!(file.fonts.values().all(|embedded| *embedded), "{:?}", file.fonts);
}

#[test]
fn page_numbers_are_7_millimetres_below_the_block_right_on_odd_and_left_on_even_pages() {
    let file = set(&long());
    for (index, page) in file.pages.iter().enumerate() {
        let words = format!("— {} —", index + 1);
        let number = page.find(&words);
        assert!(number.iter().all(|glyph| (glyph.size - 14.0).abs() < 0.01));
        // A dash lies between a quarter and a half of the type's size above the baseline.
        let dash = number[0].baseline - BOTTOM - 7.0;
        assert!((0.25 * SMALL..=0.5 * SMALL).contains(&dash), "{dash}");
        if index % 2 == 0 {
            near(number[number.len() - 1].right, RIGHT - SMALL, 0.1);
        } else {
            near(number[0].left, LEFT + SMALL, 0.1);
        }
    }
}

#[test]
fn the_record_ends_on_the_lower_edge_of_the_last_page_s_block() {
    for paper in [notice(), long()] {
        let file = set(&paper);
        let (last, others) = file.pages.split_last().unwrap();
        assert!(others.iter().all(|page| rules(page).is_empty()));
        let rules = rules(last);
        let heights: Vec<f64> = rules.iter().map(|rule| rule.height).collect();
        assert_eq!(heights.len(), 3);
        for (height, asked) in heights.iter().zip([0.35, 0.25, 0.35]) {
            near(*height, asked, 0.01);
        }
        near(rules[2].bottom(), BOTTOM, 0.05);
        assert!(rules.iter().all(|rule| (rule.left - LEFT).abs() < 0.05));
        let copies = last.find("抄送：市城市管理局，市纪委监委。");
        near(copies[0].left, LEFT + SMALL, 0.1);
        near(copies[0].size, 14.0, 0.01);
        let printed = last.find("2026年11月12日印发");
        near(printed[printed.len() - 1].right, RIGHT - SMALL, 0.1);
        assert!(copies[0].bottom() < rules[1].top && printed[0].top() > rules[1].bottom());
    }
}

#[test]
fn copies_that_need_two_lines_are_aligned_behind_their_label() {
    let copies = vec![
        "市城市管理局，市财政局，市发展改革委，市自然资源和规划局，市水利局".to_owned(),
        "各乡镇人民政府".to_owned(),
    ];
    let file = set(&Paper { copies, ..notice() });
    let last = file.last();
    let label = last.find("抄送：");
    let lines = last.lines(14.0);
    let first = lines.iter().position(|line| line[0].text == "抄").unwrap();
    near(label[0].left, LEFT + SMALL, 0.1);
    near(lines[first + 1][0].left, lines[first][3].left, 0.1);
    near(lines[first + 1][0].baseline - label[0].baseline, PITCH, 0.01);
    assert!(lines[first].len() > 25);
    near(rules(last)[2].bottom(), BOTTOM, 0.05);
}

#[test]
fn the_date_stands_four_characters_from_the_right_under_the_middle_of_the_unit_s_name() {
    let file = set(&notice());
    let last = file.last();
    let date = last.find("2026年11月12日");
    near(date[date.len() - 1].right, RIGHT - 4.0 * CHARACTER, 0.2);
    let unit = last.find("荥阳市人民政府督查室");
    let middle = |words: &[Glyph]| (words[0].left + words[words.len() - 1].right) / 2.0;
    near(middle(unit), middle(date), 0.2);
    near(date[0].baseline - unit[0].baseline, PITCH, 0.01);
}

#[test]
fn without_a_seal_the_unit_stands_two_characters_from_the_right() {
    let file = set(&Paper { sealed: false, ..notice() });
    let last = file.last();
    assert!(!last.text().contains("印章"));
    let unit = last.find("荥阳市人民政府督查室");
    near(unit[unit.len() - 1].right, RIGHT - 2.0 * CHARACTER, 0.2);
    let date = last.find("2026年11月12日");
    near(date[0].left - unit[0].left, 2.0 * CHARACTER, 0.1);
}

#[test]
fn the_seal_s_place_is_marked_and_no_seal_is_drawn() {
    let file = set(&notice());
    let last = file.last();
    assert!(last.text().contains("（此处加盖印章）"));
    assert!(red(last).is_empty());
    assert!(last.glyphs.iter().all(|glyph| glyph.color != RED));
}

#[test]
fn a_unit_name_longer_than_the_date_s_place_stays_in_the_block() {
    let issuer = "荥阳市优化营商环境和重点项目建设工作领导小组办公室";
    let file = set(&Paper { issuer: issuer.to_owned(), ..notice() });
    let unit = file.last().find(issuer);
    assert!(unit[unit.len() - 1].right <= RIGHT + 0.2 && unit[0].left >= LEFT);
}

#[test]
fn the_signature_never_stands_on_a_page_without_text_of_the_body() {
    for lines in 8..24 {
        let mut body = plain(lines * 28);
        body.0.push(paragraph("请于期限届满前报告整改情况。".repeat(lines % 5 + 1)));
        let file = set(&Paper { body, attachments: Vec::new(), ..notice() });
        let page = file.pages.iter().find(|page| page.text().contains("此处加盖")).unwrap();
        let text = page.text();
        assert!(text.contains("督查") && text.contains("情况。"), "{lines} lines: {text}");
    }
}

#[test]
fn a_long_last_paragraph_is_not_moved_to_the_next_page_whole() {
    let file = set(&Paper { attachments: Vec::new(), body: plain(28 * 40), ..notice() });
    let first = file.pages[0].lines(16.0);
    assert!(first.len() > 10, "{} lines", first.len());
    let end: Vec<_> = file.last().lines(16.0).into_iter().filter(|line| line.len() > 20).collect();
    assert!(!end.is_empty());
}

#[test]
fn haste_and_signing_officer_have_their_places() {
    let paper =
        Paper { haste: Some(Haste::Most), signer: Some("张示例".to_owned()), ..notice() };
    let file = set(&paper);
    let page = &file.pages[0];
    let haste = page.find("特急");
    near(haste[0].left, LEFT, 0.05);
    near(haste[0].top(), TOP + (PITCH - 16.0 * 25.4 / 72.0) / 2.0, 0.1);
    let number = page.find("荥政督〔2026〕7号");
    near(number[0].left, LEFT + CHARACTER, 0.1);
    let signer = page.find("签发人：张示例");
    near(signer[signer.len() - 1].right, RIGHT - CHARACTER, 0.2);
    near(signer[0].baseline, number[0].baseline, 0.01);
}

#[test]
fn a_letter_has_its_mark_30_millimetres_from_the_page_s_edge_and_double_red_rules() {
    let paper = letter();
    let file = set(&paper);
    let page = &file.pages[0];
    let mark = page.find(&paper.mark);
    near(mark[0].top(), 30.0, 1.0);
    let rules = red(page);
    assert_eq!(rules.len(), 4);
    for rule in &rules {
        near(rule.width, 170.0, 0.05);
        near(rule.left, 20.0, 0.05);
    }
    // Above: thick over thin, 4 mm below the mark. Below: thin over thick, 20 mm from the edge.
    let mut rules = rules;
    rules.sort_by(|a, b| a.top.total_cmp(&b.top));
    assert!(rules[0].height > rules[1].height && rules[2].height < rules[3].height);
    near(rules[0].top - mark[0].bottom(), 4.0, 1.0);
    near(rules[3].bottom(), 277.0, 0.05);
    let number = page.find("荥政督〔2026〕7号");
    near(number[number.len() - 1].right, RIGHT, 0.2);
    near(number[0].top() - rules[1].bottom(), 16.0 * 25.4 / 72.0 * 7.0 / 8.0, 0.2);
}

#[test]
fn a_letter_numbers_its_pages_from_the_second_and_its_record_has_no_rules() {
    let file = set(&letter());
    assert!(!file.pages[0].text().contains("— 1 —"));
    assert!(file.pages[1].text().contains("— 2 —"));
    assert!(file.pages.iter().all(|page| rules(page).is_empty()));
    assert!(red(&file.pages[1]).is_empty());
    let copies = file.last().find("抄送：市城市管理局，市纪委监委。");
    near(BOTTOM - copies[0].bottom(), (PITCH - SMALL) / 2.0, 0.1);
}

#[test]
fn a_table_across_pages_repeats_its_head_and_keeps_to_the_block() {
    let row = |n: usize| {
        vec![
            n.to_string(),
            "雨水井盖破损，未设置围挡，夜间无警示".repeat(3),
            "第二十三条".to_owned(),
        ]
    };
    let table = bihuan_domain::paper::Block::Table {
        columns: ["序号", "问题事实", "依据条款"].map(str::to_owned).to_vec(),
        rows: (1..=60).map(row).collect(),
    };
    let file = set(&Paper { body: Blocks(vec![heading(1, "一、问题"), table]), ..notice() });
    let heads = file.pages.iter().filter(|page| page.text().contains("问题事实")).count();
    assert!(heads >= 3, "{heads} heads on {} pages", file.pages.len());
    for page in &file.pages {
        for glyph in page.glyphs.iter().filter(|glyph| (glyph.size - 12.0).abs() < 0.01) {
            assert!(glyph.right <= RIGHT + 0.1 && glyph.bottom() <= BOTTOM + 0.1, "{glyph:?}");
        }
    }
}
