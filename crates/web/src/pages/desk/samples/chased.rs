//! Tasks, findings and inspections.

use super::{at, on, w};
use crate::golden::Sample;
use crate::i18n::Lang;
use crate::pages::desk::Tab;
use crate::pages::desk::batch::{Batch, BatchLine};
use crate::pages::desk::burden::{BudgetLine, BurdenPage, Laid, UnitLine};
use crate::pages::desk::inspect::{Inspect, Weighed, finding, inspection};
use crate::pages::desk::inspections::{CalendarDay, Inspections, UnitBudget, VisitSaid};
use crate::pages::desk::tasks::{
    Feedback, NodeCell, NodeColumn, PartsSaid, SlipSaid, Sum, TaskRow, TaskTable, TaskTree, Tasks,
};
use crate::sample;
use crate::view::day::weekday_words;
use crate::view::equation::{Equation, Term};
use crate::view::field::Choice;
use crate::view::form::Entered;
use crate::view::lamp::{Lamp, Shape};
use crate::view::rate::Rate;
use crate::view::table::Pages;

pub(super) fn samples(lang: Lang) -> Vec<Sample> {
    vec![
        Sample::of("desk-supervision", &desk(lang)),
        Sample::of("desk-supervision-empty", &nothing(lang)),
        Sample::of("desk-task-tree", &tree(lang)),
        Sample::of("desk-inspection", &inspecting(lang)),
        Sample::of("desk-inspections", &calendar(lang)),
        Sample::of("desk-finding", &found(lang)),
        Sample::of("desk-batch", &batch(lang)),
        Sample::of("desk-burden", &burden(lang)),
        Sample::of("desk-burden-empty", &unburdened(lang)),
    ]
}

fn columns(lang: Lang) -> Vec<NodeColumn> {
    let column =
        |digit, zh: &str, en: &str| NodeColumn { digit: Some(digit), name: w(lang, zh, en) };
    vec![
        column('1', "当天部署", "Day 1"),
        column('3', "天反馈", "Day 3"),
        column('7', "天落实", "Day 7"),
        column('1', "个月解决", "month"),
        column('0', "销号清零", "Struck off"),
    ]
}

fn cell(shape: Shape, day: String, words: String, is_next: bool) -> Option<NodeCell> {
    Some(NodeCell { shape, day, words, is_next })
}

fn rows(lang: Lang) -> Vec<TaskRow> {
    let met =
        |zh: &str, en: &str| cell(Shape::Done, w(lang, zh, en), w(lang, "已完成", "met"), false);
    let leaf = TaskRow {
        depth: 1,
        is_last: false,
        title: w(lang, "城区积水点改造8处", "Eight flooding spots rebuilt"),
        href: "/m/XY-220914-0005".to_owned(),
        number: "XY-220914-0005".to_owned(),
        note: Some(w(
            lang,
            "延期1次到9月22日；已发橙单",
            "extended once, to 22 Sep; orange slip issued",
        )),
        slip_href: Some("/m/XY-220914-0005/slips/latest.pdf".to_owned()),
        unit: w(lang, "市住建局", "Building office"),
        kind: w(lang, "一般", "Ordinary"),
        nodes: vec![
            met("9月14日", "14 Sep"),
            met("9月16日", "16 Sep"),
            cell(
                Shape::Overdue,
                w(lang, "9月22日", "22 Sep"),
                w(lang, "逾期6天", "6 days late"),
                true,
            ),
            None,
            cell(Shape::NotBegun, String::new(), w(lang, "未到", "to come"), false),
        ],
        due: Some(on(9, 22)),
        due_lamp: None,
        grade: String::new(),
        parts: None,
        pick: false,
    };
    let done = TaskRow {
        is_last: true,
        title: w(lang, "积水点责任牌上墙", "Signs put up"),
        note: None,
        slip_href: None,
        grade: w(lang, "良好", "Good"),
        nodes: vec![
            met("9月14日", "14 Sep"),
            met("9月16日", "16 Sep"),
            met("9月20日", "20 Sep"),
            None,
            met("9月22日", "22 Sep"),
        ],
        due: Some(at(9, 20, 17, 30).without_time()),
        ..leaf.clone()
    };
    let whole = TaskRow {
        depth: 0,
        title: w(lang, "二　汛后道路和积水点修复", "2. Roads and flooding"),
        href: "/supervision/XY-220914-0004".to_owned(),
        note: None,
        slip_href: None,
        nodes: vec![None; 5],
        parts: Some(PartsSaid {
            count: w(lang, "2项", "2 parts"),
            lamps: vec![
                Lamp::new(Shape::Overdue, w(lang, "逾期1", "overdue 1")),
                Lamp::new(Shape::Done, w(lang, "完成1", "done 1")),
            ],
        }),
        ..leaf.clone()
    };
    vec![whole, leaf, done]
}

fn table(lang: Lang, rows: Vec<TaskRow>) -> TaskTable {
    TaskTable {
        columns: columns(lang),
        rows,
        caption: lang.tr("nav-supervision").into_owned(),
        nothing: (lang.tr("task-none").into_owned(), lang.tr("task-none-how").into_owned()),
        picks: false,
    }
}

fn sum(lang: Lang) -> Sum {
    let term = |count, key: &str, tab: &str| {
        Term::new(count, lang.tr(key), format!("/supervision?tab={tab}"))
    };
    Sum {
        heading: lang.tr("task-this-year").into_owned(),
        equation: Equation::new(
            term(731, "task-sum-filed", "roots"),
            vec![term(486, "task-sum-done", "done"), term(245, "task-sum-open", "open")],
        ),
        lamps: vec![
            Lamp::new(Shape::Overdue, w(lang, "逾期5", "overdue 5")),
            Lamp::new(Shape::OnTrack, w(lang, "在限240", "on track 240")),
        ],
    }
}

fn desk(lang: Lang) -> Tasks {
    Tasks {
        shell: sample::desk(lang, "/supervision", "nav-supervision"),
        title: lang.tr("nav-supervision").into_owned(),
        sums: vec![sum(lang)],
        tabs: vec![
            Tab::new(lang.tr("task-tab-roots"), 14, "/supervision?tab=roots"),
            Tab::new(lang.tr("task-tab-open"), 245, "/supervision?tab=open").current(),
            Tab::new(lang.tr("task-tab-late"), 5, "/supervision?tab=late"),
        ],
        table: table(lang, rows(lang).split_off(1)),
        pages: Pages {
            shown: w(lang, "已列2件，共245件", "2 of 245"),
            first: None,
            next: Some("/supervision?tab=open&after=1.2".to_owned()),
        },
        views: vec![(
            lang.tr("ledger-of-tasks").into_owned(),
            "/ledger?regime=supervised-task".to_owned(),
        )],
        printed: w(
            lang,
            "荥阳市 · 督办 · 9月28日 周三 10:00",
            "Xingyang · Supervision · Wed 28 Sep 10:00",
        ),
        begin: vec![(lang.tr("task-from-record").into_owned(), "/supervision/record".to_owned())],
        batch: Vec::new(),
        batch_href: "/supervision/batch".to_owned(),
        done: None,
        refused: None,
    }
}

fn nothing(lang: Lang) -> Tasks {
    Tasks {
        sums: Vec::new(),
        table: table(lang, Vec::new()),
        pages: Pages::default(),
        ..desk(lang)
    }
}

fn tree(lang: Lang) -> TaskTree {
    TaskTree {
        shell: sample::desk(lang, "/supervision/XY-220914-0001", "nav-supervision"),
        desk: (lang.tr("nav-supervision").into_owned(), "/supervision".to_owned()),
        title: w(lang, "市政府第18次常务会议决定事项", "Decisions of the 18th executive meeting"),
        about: vec![w(lang, "9月14日立项", "filed on 14 Sep"), "XY-220914-0001".to_owned()],
        sums: vec![sum(lang)],
        feedback: Some(Feedback {
            rate: Rate::new(28, 31),
            words: w(
                lang,
                "到期节点31个，按时28个，迟报1个，未报2个",
                "31 due: 28 in time, 1 late, 2 missing",
            ),
        }),
        table: table(lang, rows(lang)),
        xlsx_href: "/supervision/XY-220914-0001/tree.xlsx".to_owned(),
        slips: vec![SlipSaid {
            title: w(lang, "城区积水点改造8处", "Eight flooded spots"),
            href: "/m/XY-220914-0002".to_owned(),
            slip: lang.code_of("slip", "blue").into_owned(),
            node: w(lang, "3天反馈", "Day 3"),
            issued: on(9, 20),
            signed: Some(on(9, 21)),
            papers: vec![(
                "荥政督〔2022〕3号".to_owned(),
                "/m/XY-220920-0001/paper.pdf".to_owned(),
            )],
        }],
        printed: w(
            lang,
            "荥阳市 · 督办 · 9月28日 周三 10:00",
            "Xingyang · Supervision · Wed 28 Sep 10:00",
        ),
        begin: vec![(lang.tr("task-open").into_owned(), "/m/XY-220914-0001".to_owned())],
        rule: lang.tr("task-rule").into_owned(),
    }
}

fn units(lang: Lang) -> Vec<Choice> {
    vec![
        Choice::new("sanitation", w(lang, "市环境卫生服务中心", "Sanitation centre")),
        Choice::new("parks", w(lang, "市园林绿化中心", "Parks centre")),
    ]
}

fn calendar(lang: Lang) -> Inspections {
    let visit = |goes_on| VisitSaid {
        number: "XY-220920-0007".to_owned(),
        href: "/m/XY-220920-0007".to_owned(),
        title: w(lang, "检查垃圾中转站", "Waste transfer stations"),
        units: w(lang, "市环境卫生服务中心", "Sanitation centre"),
        standing: "planned",
        standing_words: lang.tr("visit-planned").into_owned(),
        goes_on,
    };
    let day =
        |at: i8, visits| CalendarDay { day: on(9, at), is_today: at == 28, in_month: true, visits };
    let week = vec![
        day(26, Vec::new()),
        day(27, Vec::new()),
        day(28, vec![visit(false)]),
        day(29, vec![visit(true)]),
        day(30, Vec::new()),
        CalendarDay { in_month: false, ..CalendarDay { day: on(10, 1), ..day(30, Vec::new()) } },
        CalendarDay { in_month: false, ..CalendarDay { day: on(10, 2), ..day(30, Vec::new()) } },
    ];
    Inspections {
        shell: sample::desk(lang, "/rectification/calendar", "nav-rectification"),
        month: w(lang, "2022年09月", "2022-09"),
        year: "2022".to_owned(),
        before_href: "/rectification/calendar?month=2022-08".to_owned(),
        today_href: "/rectification/calendar".to_owned(),
        after_href: "/rectification/calendar?month=2022-10".to_owned(),
        weekdays: (26..=30)
            .map(|at| weekday_words(lang, on(9, at).date))
            .chain([weekday_words(lang, on(10, 1).date), weekday_words(lang, on(10, 2).date)])
            .collect(),
        weeks: vec![week],
        none: false,
        say: lang.say("visits-rule").with("apart", 30).with("budget", 4).to_string(),
        near: vec![
            lang.say("visits-near-apart")
                .with("unit", w(lang, "市环境卫生服务中心", "Sanitation centre"))
                .with("first", "XY-220901-0003")
                .with("second", "XY-220920-0007")
                .with("days", 12)
                .to_string(),
        ],
        units: vec![UnitBudget {
            name: w(lang, "市环境卫生服务中心", "Sanitation centre"),
            held: vec![(w(lang, "9月16日", "16 Sep"), "/m/XY-220901-0003".to_owned())],
            planned: vec![(w(lang, "9月29日", "29 Sep"), "/m/XY-220920-0007".to_owned())],
            used: 2,
            left: Some(2),
            share: 500,
            is_over: false,
        }],
        unvisited: vec![w(lang, "市水利局", "Water bureau")],
        has_budget: true,
        plan_href: Some("/rectification/inspection".to_owned()),
        printed: w(
            lang,
            "荥阳市 · 2022年09月 · 9月28日 周三 10:00",
            "Xingyang · 2022-09 · Wed 28 Sep 10:00",
        ),
    }
}

fn inspecting(lang: Lang) -> Inspect {
    Inspect {
        shell: sample::desk(lang, "/rectification/inspection", "nav-rectification"),
        title: lang.tr("inspect-title").into_owned(),
        say: lang.tr("inspect-say").into_owned(),
        form: inspection(lang, "c1", units(lang), &Entered::default()),
        weighed: vec![Weighed {
            unit: w(lang, "市环境卫生服务中心", "Sanitation centre"),
            used: 4,
            then: 5,
            budget: Some(4),
            against: vec![w(lang, "今年已有4次，年度上限4次。", "4 this year of 4.")],
        }],
        refused: None,
    }
}

fn found(lang: Lang) -> Inspect {
    let kinds = ["at-once", "by-date", "staged", "permanent"];
    let kinds = kinds.map(|kind| Choice::new(kind, lang.code_of("urgency", kind))).to_vec();
    Inspect {
        title: lang.tr("finding-title").into_owned(),
        say: lang.tr("finding-say").into_owned(),
        form: finding(lang, "c2", units(lang), kinds, &Entered::default()),
        weighed: Vec::new(),
        ..inspecting(lang)
    }
}

fn burden(lang: Lang) -> BurdenPage {
    let laid = |count, budget| Some(Laid { count, budget });
    let line = |zh: &str, en: &str, laid: [Option<Laid>; 4], passed| UnitLine {
        unit: w(lang, zh, en),
        laid: laid.to_vec(),
        passed,
    };
    let kinds = ["documents", "meetings", "inspections", "demands"];
    BurdenPage {
        shell: sample::desk(lang, "/burden", "nav-burden"),
        say: lang.say("burden-say").with("year", "2022").with("n", 2).to_string(),
        years: vec![
            Tab::new("2022", None, "/burden?year=2022").current(),
            Tab::new("2021", None, "/burden?year=2021"),
        ],
        kinds: kinds.map(|kind| lang.code_of("burden", kind).into_owned()).to_vec(),
        units: vec![
            line(
                "市城市管理局",
                "Urban management",
                [laid(25, 24), laid(9, 36), laid(4, 4), None],
                1,
            ),
            line(
                "高村乡高村村民委员会",
                "Gaocun Village",
                [laid(2, 24), laid(1, 36), laid(0, 4), laid(7, 12)],
                0,
            ),
        ],
        budgets: vec![BudgetLine {
            what: lang.code_of("burden", "documents").into_owned(),
            yearly: 24,
            basis: w(lang, "发文有计划、控总量", "Documents are planned"),
        }],
        duties: vec![w(lang, "调解民间纠纷", "Mediate disputes")],
        is_example: true,
    }
}

fn unburdened(lang: Lang) -> BurdenPage {
    BurdenPage {
        units: Vec::new(),
        budgets: Vec::new(),
        duties: Vec::new(),
        is_example: false,
        ..burden(lang)
    }
}

fn batch(lang: Lang) -> Batch {
    let line = |number: &str, why_not: Option<String>| BatchLine {
        number: number.to_owned(),
        title: w(lang, "城区积水点改造8处", "Eight flooding spots rebuilt"),
        stage: lang.code_of("stage", "handling").into_owned(),
        why_not,
        command: format!("c-{number}"),
    };
    Batch {
        shell: sample::desk(lang, "/supervision/batch", "nav-supervision"),
        desk: (lang.tr("nav-supervision").into_owned(), "/supervision".to_owned()),
        step: (
            lang.code_of("step", "urge").into_owned(),
            lang.code_of("step-means", "urge").into_owned(),
        ),
        code: "urge",
        action: "/supervision/batch".to_owned(),
        lines: vec![
            line("XY-220914-0005", None),
            line("XY-220914-0006", Some(w(lang, "已经办结", "It is closed"))),
        ],
        words: Some(crate::view::field::Field::area("words", lang.tr("field-words"), 3)),
        done: None,
    }
}
