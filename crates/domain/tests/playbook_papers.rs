//! Filling the templates of official papers: what comes out, and what is said
//! when something is missing or of the wrong kind.
#![expect(clippy::unwrap_used, reason = "a test that cannot set itself up must stop")]

use std::collections::BTreeMap;

use bihuan_domain::ids::UnitCode;
use bihuan_domain::paper::Block;
use bihuan_domain::playbook::model::{FieldKind, FieldValue, PaperTemplate};
use bihuan_domain::playbook::{FillProblem, Filled, Source, check, template};

const PAPER: &str = r###"
[[paper]]
code = "notice"
kind = "rectification-notice"
layout = "document"
length = "special"
word = "荥政督"
name = { zh = "整改通知书", en = "Rectification notice" }
mark = "荥阳市人民政府文件"
title = "关于{matter}的整改通知书"
addressees = "{unit}"
body = [
  "# 一、存在问题（{count}个）",
  "{findings}",
  "## （一）要求",
  "{demands}",
  "请于{due}前整改。",
]
attachments = ["{attachment}"]
note = "{contact}"

[[paper.field]]
code = "matter"
type = "text"
label = { zh = "事项", en = "Matter" }
sample = "井盖管护"

[[paper.field]]
code = "unit"
type = "unit"
label = { zh = "单位", en = "Unit" }
sample = "urban-management"

[[paper.field]]
code = "count"
type = "number"
label = { zh = "问题数", en = "Count" }
sample = 1

[[paper.field]]
code = "due"
type = "date"
label = { zh = "期限", en = "Due" }
sample = 2026-12-05

[[paper.field]]
code = "findings"
type = "table"
label = { zh = "问题", en = "Findings" }
needed = false
columns = [{ code = "no", label = { zh = "序号", en = "No." } }, { code = "fact", label = { zh = "事实", en = "Fact" } }]
sample = [["1", "井盖破损"]]

[[paper.field]]
code = "demands"
type = "text"
label = { zh = "要求", en = "Demands" }
needed = false
sample = "更换。"

[[paper.field]]
code = "attachment"
type = "text"
label = { zh = "附件", en = "Attachment" }
needed = false
sample = "问题清单"

[[paper.field]]
code = "contact"
type = "text"
label = { zh = "联系人", en = "Contact" }
needed = false
sample = "张示例"
"###;

fn notice() -> PaperTemplate {
    let mut files = template("410182", "荥阳市");
    files.push(("papers/notice.toml".to_owned(), PAPER.to_owned()));
    check(&Source::new(files)).unwrap().playbook.papers.remove(0)
}

fn fill(
    change: impl FnOnce(&mut BTreeMap<String, FieldValue>),
) -> Result<Filled, Vec<FillProblem>> {
    let template = notice();
    let mut values = template.samples();
    change(&mut values);
    template.fill(&values, |unit| {
        (unit.as_str() == "urban-management").then(|| "城市管理局".to_owned())
    })
}

fn said(problems: &[FillProblem]) -> Vec<String> {
    problems.iter().map(|problem| problem.words().zh).collect()
}

#[test]
fn a_template_with_its_samples_is_a_whole_paper() {
    let filled = fill(|_| {}).unwrap();
    assert_eq!(filled.title, "关于井盖管护的整改通知书");
    assert_eq!(filled.addressees, "城市管理局");
    assert_eq!(filled.attachments, ["问题清单"]);
    assert_eq!(filled.note.as_deref(), Some("张示例"));
    let heading = |level, text: &str| Block::Heading { level, text: text.to_owned() };
    let table = Block::Table {
        columns: vec!["序号".to_owned(), "事实".to_owned()],
        rows: vec![vec!["1".to_owned(), "井盖破损".to_owned()]],
    };
    assert_eq!(
        filled.body.0,
        [
            heading(1, "一、存在问题（1个）"),
            table,
            heading(2, "（一）要求"),
            Block::Paragraph("更换。".to_owned()),
            Block::Paragraph("请于2026年12月5日前整改。".to_owned()),
        ]
    );
}

#[test]
fn every_missing_needed_field_is_named_at_once() {
    let problems = fill(|values| {
        values.remove("due");
        values.insert("matter".to_owned(), FieldValue::Text("  ".to_owned()));
    });
    let problems = problems.unwrap_err();
    assert_eq!(said(&problems), ["“事项”还没有填写", "“期限”还没有填写"]);
    assert_eq!(problems[0].field(), Some("matter"));
    assert_eq!(problems[1].words().en, "“Due” is not filled in");
}

#[test]
fn what_is_not_needed_leaves_no_empty_line() {
    let filled = fill(|values| {
        for code in ["findings", "demands", "attachment", "contact"] {
            values.remove(code);
        }
    });
    let filled = filled.unwrap();
    assert_eq!(filled.body.0.len(), 3);
    assert_eq!((filled.attachments.len(), filled.note), (0, None));
}

#[test]
fn a_value_of_another_type_is_refused() {
    let problems = fill(|values| {
        values.insert("due".to_owned(), FieldValue::Text("明天".to_owned()));
    });
    let problems = problems.unwrap_err();
    let wrong = |problem: &FillProblem| {
        matches!(problem, FillProblem::WrongKind { kind: FieldKind::Date, .. })
    };
    assert!(problems.iter().any(wrong), "{problems:?}");
    assert_eq!(said(&problems), ["“期限”应当是日期"]);
}

#[test]
fn a_field_the_template_does_not_have_is_refused() {
    let problems = fill(|values| {
        values.insert("dew".to_owned(), FieldValue::Number(1));
    });
    assert_eq!(said(&problems.unwrap_err()), ["这份文书没有“dew”这个填写项"]);
}

#[test]
fn a_unit_nobody_knows_is_refused() {
    let problems = fill(|values| {
        values.insert("unit".to_owned(), FieldValue::Unit(UnitCode::new("moon")));
    });
    assert_eq!(said(&problems.unwrap_err()), ["“单位”：没有“moon”这个单位"]);
}

#[test]
fn a_row_with_a_cell_too_many_is_refused() {
    let problems = fill(|values| {
        let cells = |count| vec!["格".to_owned(); count];
        let rows = vec![cells(2), cells(3)];
        values.insert("findings".to_owned(), FieldValue::Table(rows));
    });
    assert_eq!(said(&problems.unwrap_err()), ["“问题”第2行有3格，应有2格"]);
}

#[test]
fn a_body_of_4_000_characters_is_filled_and_one_more_is_refused() {
    let fixed = fill(|values| {
        values.remove("demands");
    });
    let fixed = fixed.unwrap().body.characters();
    let with = |count: usize| {
        fill(|values| {
            values.insert("demands".to_owned(), FieldValue::Text("办".repeat(count)));
        })
    };
    assert_eq!(with(4_000 - fixed).unwrap().body.characters(), 4_000);
    let problems = with(4_001 - fixed).unwrap_err();
    assert_eq!(said(&problems), ["正文有4001字，超过4000字，请删减"]);
}

#[test]
fn what_is_filled_in_is_not_read_as_a_template_or_a_heading() {
    let filled = fill(|values| {
        values.insert("demands".to_owned(), FieldValue::Text("# {due}\n\n$x$".to_owned()));
        values.insert("matter".to_owned(), FieldValue::Text("一\n二".to_owned()));
    });
    let filled = filled.unwrap();
    assert_eq!(filled.title, "关于一二的整改通知书");
    assert_eq!(filled.body.0[3], Block::Paragraph("# {due}".to_owned()));
    assert_eq!(filled.body.0[4], Block::Paragraph("$x$".to_owned()));
}
