//! Papers: the list, one on its matter's page, one being written.

use bihuan_domain::paper::Block;

use super::super::Tab;
use super::super::paper_form::{FindingChoice, Input, PaperForm, PaperInput, PreviewView};
use super::super::papers::{OnMatter, PaperRow, Papers};
use super::super::recount::{Recount, RecountRow};
use super::{on, refused, w};
use crate::golden::Sample;
use crate::i18n::Lang;
use crate::sample;
use crate::view::field::Choice;
use crate::view::paper::PaperSheet;
use crate::view::table::Pages;

pub(super) fn samples(lang: Lang) -> Vec<Sample> {
    vec![
        Sample::of("desk-papers", &list(lang, true)),
        Sample::of("desk-papers-empty", &list(lang, false)),
        Sample::of("desk-matter-paper", &super::matter::paper(lang)),
        Sample::of("desk-paper-new", &form(lang, false)),
        Sample::of("desk-paper-refused", &form(lang, true)),
        Sample::of("desk-recount-equal", &recount(lang, Vec::new())),
        Sample::of(
            "desk-recount-differs",
            &recount(
                lang,
                vec![RecountRow {
                    unit: w(lang, "市政养护中心", "Municipal Works Centre"),
                    figure: lang.tr("figure-done").into_owned(),
                    frozen: 31,
                    counted: 32,
                }],
            ),
        ),
    ]
}

fn list(lang: Lang, is_full: bool) -> Papers {
    let tab = |zh, en, count: Option<u64>, href| Tab::new(w(lang, zh, en), count, href);
    let row = |document: &str, zh, en| PaperRow {
        title: "关于城区井盖管护问题的整改通知书".to_owned(),
        href: "/m/XY-220927-0007".to_owned(),
        number: "XY-220927-0007".to_owned(),
        document: document.to_owned(),
        unit: w(lang, "市政养护中心", "Municipal Works Centre"),
        on: on(9, 27),
        state: w(lang, zh, en),
        pdf_href: "/m/XY-220927-0007/paper.pdf".to_owned(),
    };
    let rows = match is_full {
        true => vec![
            row("", "待审批", "To be approved"),
            row("荥政督〔2022〕12号", "待签收", "To be signed"),
        ],
        false => Vec::new(),
    };
    Papers {
        shell: sample::desk(lang, "/papers", "nav-papers"),
        kinds: vec![
            tab("通知书、督办单和函", "Notices, slips and letters", None, "/papers?kind=notices")
                .current(),
            tab("通报", "Bulletins", None, "/papers?kind=bulletins"),
        ],
        tabs: vec![
            tab("待签发", "To approve", Some(2), "/papers?kind=notices&tab=drafts").current(),
            tab("已签发", "Approved", Some(12), "/papers?kind=notices&tab=issued"),
            tab("作废和撤回", "Void and withdrawn", Some(1), "/papers?kind=notices&tab=void"),
        ],
        pages: Pages { shown: w(lang, "已列2，共2件", "2 of 2"), first: None, next: None },
        begin: vec![(
            w(lang, "新拟整改通知书", "New: Rectification notice"),
            "/papers/new?template=rectification-notice".to_owned(),
        )],
        rows,
    }
}

pub(super) fn on_matter() -> OnMatter {
    OnMatter {
        sheet: sheet("荥政督〔2022〕12号", None),
        pdf_href: "/m/XY-220927-0007/paper.pdf".to_owned(),
        docx_href: "/m/XY-220927-0007/paper.docx".to_owned(),
        check: Some("https://xy.example/check/XY-220927-0007-7K3M9Q2X4T8W5R6N".to_owned()),
        hash: "5f0c".repeat(16),
        recount_href: None,
    }
}

pub(crate) fn sheet(number: &str, state: Option<&'static str>) -> PaperSheet {
    PaperSheet {
        mark: "荥阳市人民政府督查室文件".to_owned(),
        is_letter: false,
        number: number.to_owned(),
        title: "关于城区井盖管护问题的整改通知书".to_owned(),
        addressees: "市政养护中心：".to_owned(),
        body: vec![
            Block::Paragraph(
                "2022年9月26日，我室对你单位城区井盖管护情况进行了检查，发现问题2个。".to_owned(),
            ),
            Block::Heading { level: 1, text: "一、存在问题".to_owned() },
            Block::Table {
                columns: vec!["序号".to_owned(), "问题事实".to_owned()],
                rows: vec![
                    vec!["1".to_owned(), "雨水井盖破损，未围挡".to_owned()],
                    vec!["2".to_owned(), "巡查台账缺三日记录".to_owned()],
                ],
            },
            Block::Heading { level: 2, text: "（一）制定方案".to_owned() },
            Block::Paragraph("收到本通知后三个工作日内在系统中签收。".to_owned()),
        ],
        attachments: vec!["问题清单".to_owned(), "送达回执".to_owned()],
        note: Some("联系人：督查室值班人员（示例）".to_owned()),
        issuer: "荥阳市人民政府督查室".to_owned(),
        date: "2022年9月27日".to_owned(),
        state,
    }
}

fn recount(lang: Lang, rows: Vec<RecountRow>) -> Recount {
    Recount {
        shell: sample::desk(lang, "/bulletins/XY-220902-0003/recount", "nav-papers"),
        number: "XY-220902-0003".to_owned(),
        href: "/m/XY-220902-0003".to_owned(),
        say: w(lang, "任务699项 = 办结462项 + 在办237项", "699 tasks = 462 done + 237 open"),
        rule: w(lang, "统计口径第1版", "Counting rule 1"),
        rows,
    }
}

fn form(lang: Lang, is_refused: bool) -> PaperForm {
    let input = |code: &str, label: String, control, error: Option<String>| PaperInput {
        name: format!("f-{code}"),
        label,
        is_optional: code == "facts",
        control,
        error,
    };
    let missing = || w(lang, "“整改要求”还没有填写", "“What is asked” is not filled in");
    let unit = Choice::new("municipal-works", w(lang, "市政养护中心", "Municipal Works Centre"));
    let columns = vec![
        ("f-findings-no".to_owned(), w(lang, "序号", "No.")),
        ("f-findings-fact".to_owned(), w(lang, "问题事实", "Fact")),
    ];
    let row = |no: &str, fact: &str| vec![no.to_owned(), fact.to_owned()];
    let fields = vec![
        input("matter", w(lang, "检查事项", "Inspected"), Input::Line("井盖管护".to_owned()), None),
        input(
            "unit",
            w(lang, "整改单位", "Unit"),
            Input::Unit { choices: vec![unit], chosen: "municipal-works".to_owned() },
            None,
        ),
        input("due", w(lang, "整改期限", "Due"), Input::Date("2022-10-20".to_owned()), None),
        input("count", w(lang, "问题数", "Findings"), Input::Number("1".to_owned()), None),
        input(
            "findings",
            w(lang, "问题清单", "List of findings"),
            Input::Table {
                columns, rows: vec![row("1", "雨水井盖破损，未围挡"), row("", "")]
            },
            None,
        ),
        input("facts", w(lang, "补充说明", "Further facts"), Input::Area(String::new()), None),
        input(
            "demands",
            w(lang, "整改要求", "What is asked"),
            Input::Area(String::new()),
            is_refused.then(missing),
        ),
    ];
    let over = || {
        w(
            lang,
            "市政养护中心今年已收公文24件，计划24件；加上这份是25件",
            "Municipal Works Centre: 24 papers this year of 24 planned; 25 with this one",
        )
    };
    PaperForm {
        shell: sample::desk(lang, "/papers/new", "nav-papers"),
        heading: w(lang, "新拟整改通知书", "New: Rectification notice"),
        action: "/papers/new".to_owned(),
        command: "0192f0c1-0000-7000-8000-000000000001".to_owned(),
        template: "rectification-notice".to_owned(),
        fields,
        findings: vec![FindingChoice {
            number: "XY-220926-0101".to_owned(),
            title: w(lang, "雨水井盖破损，未围挡", "A drain cover is broken and not fenced off"),
            unit: w(lang, "市政养护中心", "Municipal Works Centre"),
            due: "2022-10-20".to_owned(),
            is_picked: true,
        }],
        counted: None,
        preview: PreviewView {
            sheet: sheet("荥政督〔2022〕\u{3000}\u{3000}号", Some("草稿")),
            characters: lang.say("paper-count").with("n", 412).with("most", 3_000).to_string(),
            is_too_long: false,
            problems: vec![missing()],
            burden: vec![over()],
            against: if is_refused {
                vec![w(lang, "今年的计划已用完", "The plan is used up")]
            } else {
                Vec::new()
            },
        },
        over: String::new(),
        is_example: true,
        refused: is_refused.then(|| {
            refused(
                lang,
                ("还不能送签", "It cannot be sent for approval yet"),
                ("“整改要求”还没有填写", "“What is asked” is not filled in"),
            )
        }),
    }
}
