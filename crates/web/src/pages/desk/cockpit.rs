//! One page for a leader: what is red, what is stuck, whom to call. Each total
//! equals the sum of its parts and opens the list behind it.

use askama::Template;

use crate::i18n::{Key, Lang};
use crate::shell::Shell;
use crate::view::day::Day;
use crate::view::equation::Equation;
use crate::view::lamp::{Lamp, Shape};
use crate::view::rich::Rich;
use crate::view::table::{Cell, Column, Row, Table};

/// A matter worth asking about.
#[derive(Clone, Debug, PartialEq)]
pub struct Asking {
    pub lamp: Lamp,
    pub title: String,
    pub href: String,
    /// Number, and how often it was reported.
    pub about: String,
    /// Where it is stuck: the step it waits for and since when.
    pub stuck: String,
    pub whom: String,
}

/// One town or class with its open matters by lamp.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    pub name: String,
    pub href: String,
    pub open: u64,
    pub on_track: u64,
    pub due_soon: u64,
    pub overdue: u64,
    /// Clocks stopped or nothing due.
    pub parked: u64,
}

/// What a reporter said after closing.
#[derive(Clone, Debug, PartialEq)]
pub struct NotFixed {
    pub title: String,
    pub href: String,
    pub unit: String,
    /// `第2次重办`
    pub state: String,
    pub filed_on: Day,
}

/// A number that opens the list it counts; nought opens nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    pub label: String,
    pub count: u64,
    pub href: String,
}

/// A unit that notices criticise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitLine {
    pub name: String,
    pub notices: u64,
    pub notices_href: String,
    pub findings: u64,
}

#[derive(Template)]
#[template(path = "pages/desk/noticed-units.html")]
pub struct NoticedUnits {
    pub shell: Shell,
    pub units: Vec<UnitLine>,
    pub printed: String,
}

impl NoticedUnits {
    fn table(&self) -> Table {
        let lang = self.shell.lang();
        let columns = vec![
            Column::words(lang.tr("col-unit")),
            Column::figures(lang.tr("cockpit-notices")),
            Column::figures(lang.tr("cockpit-findings")),
        ];
        let rows = self.units.iter().map(|unit| {
            Row::of(vec![
                Cell::words(&unit.name),
                Cell::count(unit.notices, &unit.notices_href),
                Cell::words(unit.findings.to_string()),
            ])
        });
        Table::new(columns, rows.collect())
            .or_nothing(lang.tr("noticed-none"), lang.tr("noticed-none-how"))
    }
}

#[derive(Template)]
#[template(path = "pages/desk/cockpit.html")]
pub struct Cockpit {
    pub shell: Shell,
    pub lede: Rich,
    /// `9月28日，星期三`
    pub heading: String,
    pub as_of: String,
    pub by_lamp: Equation,
    /// Supervised tasks by what became of them.
    pub tasks: Equation,
    pub proposed: Figure,
    /// Findings, notices, units, struck off, come back.
    pub rectified: Vec<Figure>,
    pub asking: Vec<Asking>,
    pub stuck: Vec<Asking>,
    pub stuck_href: String,
    pub towns: Vec<Part>,
    pub classes: Vec<Part>,
    pub total: Part,
    pub not_fixed_say: Rich,
    pub not_fixed: Vec<NotFixed>,
}

impl Cockpit {
    fn asking_table(&self, matters: &[Asking]) -> Table {
        let lang = self.shell.lang();
        let columns = vec![
            Column::words(lang.tr("col-matter")),
            Column::words(lang.tr("col-lamp")),
            Column::words(lang.tr("cockpit-stuck-where")),
            Column::words(lang.tr("cockpit-whom")),
        ];
        let rows = matters.iter().map(|one| {
            Row::of(vec![
                Cell::link_two(&one.title, &one.href, &one.about),
                Cell::lamp(one.lamp.clone()),
                Cell::words(&one.stuck),
                Cell::words(&one.whom),
            ])
        });
        Table::new(columns, rows.collect())
            .or_nothing(lang.tr("cockpit-none-red"), lang.tr("cockpit-none-red-how"))
    }

    fn red_table(&self) -> Table {
        self.asking_table(&self.asking)
    }

    fn stuck_table(&self) -> Table {
        let lang = self.shell.lang();
        self.asking_table(&self.stuck)
            .or_nothing(lang.tr("cockpit-none-stuck"), lang.tr("cockpit-none-stuck-how"))
    }

    fn part_table(&self, head: String, parts: &[Part]) -> Table {
        let lang = self.shell.lang();
        let columns = vec![
            Column::words(head),
            Column::figures(lang.tr("rates-open")),
            Column::figures(lang.tr("lamp-on-track")),
            Column::figures(lang.tr("lamp-due-soon")),
            Column::figures(lang.tr("lamp-overdue")),
            Column::figures(lang.tr("lamp-parked")),
        ];
        let rows = parts.iter().map(|part| Row::of(part_cells(part))).collect();
        Table::new(columns, rows)
            .or_nothing(lang.tr("cockpit-none-open"), lang.tr("cockpit-none-open-how"))
            .with_sum(part_cells(&self.total))
    }

    fn town_table(&self) -> Table {
        self.part_table(self.shell.tr("col-town").into_owned(), &self.towns)
    }

    fn class_table(&self) -> Table {
        self.part_table(self.shell.tr("col-class").into_owned(), &self.classes)
    }

    fn not_fixed_table(&self) -> Table {
        let lang = self.shell.lang();
        let columns = vec![
            Column::words(lang.tr("col-matter")),
            Column::words(lang.tr("col-unit")),
            Column::words(lang.tr("col-filed")),
            Column::words(lang.tr("col-stage")),
        ];
        let rows = self.not_fixed.iter().map(|one| {
            Row::of(vec![
                Cell::link(&one.title, &one.href),
                Cell::words(&one.unit),
                Cell::Day(one.filed_on),
                Cell::words(&one.state),
            ])
        });
        Table::new(columns, rows.collect())
            .or_nothing(lang.tr("cockpit-none-said"), lang.tr("cockpit-none-said-how"))
    }
}

impl Cockpit {
    /// Length of a lamp's bar, in thousandths of all that is open.
    fn share(&self, count: &u64) -> u64 {
        (count * 1_000).checked_div(self.by_lamp.total.count).unwrap_or(0)
    }
}

fn part_cells(part: &Part) -> Vec<Cell> {
    let lamp = |code: &str| format!("{}&lamp={code}", part.href);
    vec![
        Cell::link(&part.name, &part.href),
        Cell::count(part.open, &part.href),
        Cell::count(part.on_track, lamp("on-track")),
        Cell::count(part.due_soon, lamp("due-soon")),
        Cell::overdue(part.overdue, lamp("overdue")),
        Cell::count(part.parked, lamp("parked")),
    ]
}

/// What the first sentence says; each figure with its list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    pub open: i64,
    pub late: i64,
    pub soon: i64,
    pub stuck: i64,
}

pub fn lede(lang: Lang, counts: &Counts, stuck_href: &str) -> Rich {
    Rich::of(lang, Key("cockpit-lede"))
        .number("open", counts.open)
        .number("late", counts.late)
        .number("soon", counts.soon)
        .number("stuck", counts.stuck)
        .link("open", "/ledger?state=open")
        .lamp_link("late", "/ledger?state=open&lamp=overdue", Shape::Overdue)
        .lamp_link("soon", "/ledger?state=open&lamp=due-soon", Shape::DueSoon)
        .link("stuck", stuck_href)
        .done()
}

/// What reporters answered about matters filed in the last days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answers {
    pub days: i64,
    pub fixed: i64,
    pub partly: i64,
    pub not_fixed: i64,
}

/// `since` is the first day of those.
pub fn answers_sentence(lang: Lang, answers: &Answers, since: &str) -> Rich {
    let list = |rating: &str| format!("/ledger?rating={rating}&from={since}");
    Rich::of(lang, Key("cockpit-not-fixed-say"))
        .number("days", answers.days)
        .number("asked", answers.fixed + answers.partly + answers.not_fixed)
        .number("fixed", answers.fixed)
        .number("partly", answers.partly)
        .number("not", answers.not_fixed)
        .link("fixed", &list("fixed"))
        .link("partly", &list("partly"))
        .link("not", &list("not-fixed"))
        .done()
}
