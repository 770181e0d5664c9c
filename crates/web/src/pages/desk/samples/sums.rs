use super::{late, on, soon, w};
use crate::golden::Sample;
use crate::i18n::Lang;
use crate::pages::desk::cockpit::{
    Answers, Asking, Cockpit, Counts, Figure, NotFixed, NoticedUnits, Part, UnitLine,
    answers_sentence, lede,
};
use crate::pages::desk::rates::{Rates, UnitRates, period_form, sentence};
use crate::sample;
use crate::view::equation::{Equation, Term};
use crate::view::form::Entered;
use crate::view::lamp::{Lamp, Shape};
use crate::view::rate::Rate;

pub(super) fn samples(lang: Lang) -> Vec<Sample> {
    vec![
        Sample::of("desk-rates", &rates(lang)),
        Sample::of("desk-rates-empty", &rates_empty(lang)),
        Sample::of("desk-cockpit", &cockpit(lang)),
        Sample::of("desk-noticed-units", &noticed(lang)),
        Sample::of("desk-cockpit-quiet", &quiet(lang)),
    ]
}

fn unit(
    name: String,
    open: u64,
    overdue: u64,
    in_time: (u64, u64),
    fixed: (u64, u64),
) -> UnitRates {
    let list = |what: &str| format!("/ledger?unit=u&{what}");
    UnitRates {
        unit: name,
        href: "/ledger?unit=u".to_owned(),
        open,
        open_href: list("state=open"),
        overdue,
        overdue_href: list("lamp=overdue"),
        in_time: Rate::new(in_time.0, in_time.1).linked(list("met=1"), list("due=1")),
        fixed: Rate::new(fixed.0, fixed.1).linked(list("rating=fixed"), list("rating=any")),
        reopened: Rate::new(0, in_time.1),
        is_late: false,
    }
}

fn rates(lang: Lang) -> Rates {
    Rates {
        shell: sample::desk(lang, "/rates", "nav-ledgers"),
        say: sentence(lang, &w(lang, "9月1日", "1 Sep"), &w(lang, "9月28日", "28 Sep"), 3),
        period: period_form(lang, Vec::new(), &Entered::default()),
        xlsx_href: "/rates.xlsx?from=2022-09-01&to=2022-09-28".to_owned(),
        csv_href: "/rates.csv?from=2022-09-01&to=2022-09-28".to_owned(),
        units: vec![
            unit(w(lang, "市住建局", "Building office"), 142, 5, (231, 268), (40, 52)),
            unit(w(lang, "市城管局", "Public works office"), 388, 4, (906, 961), (212, 230)),
            unit(w(lang, "索河街道", "Suohe"), 164, 0, (412, 419), (0, 0)),
        ],
        total: Some(unit(lang.tr("rates-total").into_owned(), 694, 9, (1_549, 1_648), (252, 282))),
    }
}

fn rates_empty(lang: Lang) -> Rates {
    Rates { units: Vec::new(), total: None, ..rates(lang) }
}

fn asking(
    lang: Lang,
    lamp: Lamp,
    title: (&str, &str),
    stuck: (&str, &str),
    whom: (&str, &str),
) -> Asking {
    Asking {
        lamp,
        title: w(lang, title.0, title.1),
        href: "/m/XY-220905-0144".to_owned(),
        about: w(lang, "XY-220905-0144，第3次反映", "XY-220905-0144, third report"),
        stuck: w(lang, stuck.0, stuck.1),
        whom: w(lang, whom.0, whom.1),
    }
}

fn part(name: String, numbers: [u64; 5]) -> Part {
    let [on_track, due_soon, overdue, parked, open] = numbers;
    Part { name, href: "/ledger?town=t".to_owned(), open, on_track, due_soon, overdue, parked }
}

fn cockpit(lang: Lang) -> Cockpit {
    let term = |count, code: &str, lamp: String| {
        Term::new(count, lamp, format!("/ledger?state=open&lamp={code}"))
    };
    let name = |shape: Shape| shape.name(lang);
    Cockpit {
        shell: sample::desk(lang, "/cockpit", ""),
        lede: lede(lang, &Counts { open: 1_846, late: 17, soon: 143, stuck: 9 }, "/ledger?stuck=1"),
        heading: w(lang, "9月28日，星期三", "Wednesday, 28 September"),
        as_of: lang.trn("cockpit-as-of", "time", "14:00"),
        tasks: tasks(lang),
        proposed: figure(lang, "cockpit-proposed", 2),
        rectified: vec![
            figure(lang, "cockpit-findings", 42),
            figure(lang, "cockpit-notices", 33),
            figure(lang, "cockpit-units", 29),
            figure(lang, "cockpit-struck-off", 21),
            figure(lang, "cockpit-rebounded", 0),
        ],
        by_lamp: Equation::new(
            Term::new(1_846, lang.tr("ledger-open"), "/ledger?state=open"),
            vec![
                term(1_650, "on-track", name(Shape::OnTrack)),
                term(143, "due-soon", name(Shape::DueSoon)),
                term(17, "overdue", name(Shape::Overdue)),
                term(36, "parked", name(Shape::Parked)),
            ],
        ),
        asking: vec![
            asking(
                lang,
                late(lang, "逾期6天", "6 days overdue"),
                ("城区积水点改造8处", "Eight flooding spots"),
                ("管线迁改费用两家没谈拢，已协商2次", "Two offices disagree about moving pipes"),
                ("市住建局·分管副局长", "Building office, deputy head"),
            ),
            asking(
                lang,
                late(lang, "逾期2天", "2 days overdue"),
                ("建设路围挡外反复积水", "Water outside the fence in Jianshe Road"),
                ("回访说“没修好”，两次核查结论不一", "Said to be not fixed; two checks disagree"),
                ("市城管局·局长", "Public works office, head"),
            ),
        ],
        stuck: vec![asking(
            lang,
            soon(lang, "明天17:30前", "by 17:30 tomorrow"),
            ("9个小区燃气立管改造", "Gas pipes of nine estates"),
            ("退回待裁定，等1天", "Returned, waiting a day for a decision"),
            ("市网格化服务中心·调度员", "Grid service centre, dispatcher"),
        )],
        stuck_href: "/ledger?stuck=1".to_owned(),
        towns: vec![
            part(w(lang, "豫龙镇", "Yulong"), [820, 70, 9, 20, 919]),
            part(w(lang, "索河街道", "Suohe"), [830, 73, 8, 16, 927]),
        ],
        classes: vec![
            part(w(lang, "市政设施", "Public works"), [1_000, 100, 17, 30, 1_147]),
            part(w(lang, "市容环境", "Cleanliness"), [650, 43, 0, 6, 699]),
        ],
        total: part(lang.tr("cockpit-total").into_owned(), [1_650, 143, 17, 36, 1_846]),
        not_fixed_say: answers_sentence(
            lang,
            &Answers { days: 30, fixed: 318, partly: 21, not_fixed: 13 },
            "2022-08-29",
        ),
        not_fixed: vec![NotFixed {
            title: w(lang, "建设路公交站积水", "Water at Jianshe Road bus stop"),
            href: "/m/XY-220905-0144".to_owned(),
            unit: w(lang, "市城管局", "Public works office"),
            state: w(lang, "第3次重办", "reopened for the third time"),
            filed_on: on(9, 5),
        }],
    }
}

fn quiet(lang: Lang) -> Cockpit {
    Cockpit {
        lede: lede(lang, &Counts { open: 0, late: 0, soon: 0, stuck: 0 }, "/ledger?stuck=1"),
        by_lamp: Equation::new(Term::new(0, lang.tr("ledger-open"), ""), Vec::new()),
        tasks: Equation::new(Term::new(0, lang.tr("ledger-filed"), ""), Vec::new()),
        proposed: figure(lang, "cockpit-proposed", 0),
        rectified: Vec::new(),
        asking: Vec::new(),
        stuck: Vec::new(),
        towns: Vec::new(),
        classes: Vec::new(),
        total: part(lang.tr("cockpit-total").into_owned(), [0; 5]),
        not_fixed: Vec::new(),
        ..cockpit(lang)
    }
}

fn tasks(lang: Lang) -> Equation {
    let href = "/ledger?regime=supervised-task";
    let done = Term::new(462, lang.tr("ledger-closed"), href).with_lamp(Shape::Done);
    let fine = Term::new(237, Shape::OnTrack.name(lang), href).with_lamp(Shape::OnTrack);
    Equation::new(Term::new(699, lang.tr("ledger-filed"), href), vec![done, fine])
}

fn figure(lang: Lang, key: &str, count: u64) -> Figure {
    let label = lang.tr(key).into_owned();
    Figure { label, count, href: "/ledger?regime=rectification".to_owned() }
}

fn noticed(lang: Lang) -> NoticedUnits {
    NoticedUnits {
        shell: sample::desk(lang, "/rectification/units", "nav-rectification"),
        units: vec![UnitLine {
            name: w(lang, "市环境卫生服务中心", "Sanitation centre"),
            notices: 2,
            notices_href: "/ledger?regime=notice&unit=sanitation".to_owned(),
            findings: 3,
        }],
        printed: w(
            lang,
            "荥阳市 · 通报单位 · 9月28日 周三 10:00",
            "Xingyang · Units criticised · Wed 28 Sep 10:00",
        ),
    }
}
