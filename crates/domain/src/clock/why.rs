//! Why a date is the date it is: one sentence, a strip of days, and the moves.

use jiff::civil::Date;

use super::strip::{self, Cell, StripDay, Tally};
use super::words::{self, Dates};
use super::{Due, Move, MoveKind, Node, sentence};
use crate::calendar::{Calendar, DayKind};
use crate::instant::Instant;
use crate::journal::Commitment;
use crate::playbook::model::Text;

/// Days off in a row that are worth one name.
const NAMED_REST: usize = 3;

/// Everything a page needs to explain one node's date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Why {
    pub sentence: Text,
    pub strip: Vec<Cell>,
    /// Runs of days off in the strip that do not count, e.g. 国庆节.
    pub rests: Vec<Rest>,
    pub moves: Vec<MoveLine>,
    pub due: Due,
    /// The first year counted through whose notice is not loaded.
    pub unknown_year: Option<i16>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rest {
    pub from: Date,
    pub to: Date,
    pub days: usize,
    pub name: Text,
}

/// A line of the table of moves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MoveLine {
    pub at: Instant,
    pub kind: MoveKind,
    /// What happened, in words.
    pub what: Text,
    pub rule: String,
    pub reason: Option<Commitment>,
    pub due: Due,
    /// Whether the date is another one than before.
    pub moved_it: bool,
}

pub fn why(node: &Node, calendar: &Calendar, now: Instant) -> Why {
    let days = strip::days(node, calendar, now);
    let unknown_year = unknown_year(node, calendar);
    Why {
        sentence: sentence::sentence(node, calendar, &days, now, unknown_year),
        rests: rests(calendar, &days),
        strip: strip::fold(days),
        moves: moves(node, Dates { year: now.date().year() }),
        due: node.due,
        unknown_year,
    }
}

fn unknown_year(node: &Node, calendar: &Calendar) -> Option<i16> {
    let (from, to) = (node.started_at.date(), node.due.due_at.date());
    node.due.estimated.then(|| calendar.first_unknown_year(from, to)).flatten()
}

fn rests(calendar: &Calendar, days: &[StripDay]) -> Vec<Rest> {
    days.chunk_by(|a, b| is_rest(a) && is_rest(b) && same_holiday(calendar, a, b))
        .filter(|run| run.len() >= NAMED_REST)
        .filter_map(|run| rest(calendar, run))
        .collect()
}

fn is_rest(day: &StripDay) -> bool {
    day.tally == Tally::Rest && day.day == DayKind::Holiday
}

fn same_holiday(calendar: &Calendar, a: &StripDay, b: &StripDay) -> bool {
    calendar.holiday_name(a.date) == calendar.holiday_name(b.date)
}

fn rest(calendar: &Calendar, run: &[StripDay]) -> Option<Rest> {
    let (first, last) = (run.first()?, run.last()?);
    let name = words::holiday(calendar.holiday_name(first.date)?);
    Some(Rest { from: first.date, to: last.date, days: run.len(), name })
}

fn moves(node: &Node, dates: Dates) -> Vec<MoveLine> {
    let mut before = None;
    node.moves
        .iter()
        .map(|step| {
            let earlier = before.is_some_and(|date| step.due.due_at < date);
            let moved_it = before.replace(step.due.due_at) != Some(step.due.due_at);
            MoveLine {
                at: step.at,
                kind: step.kind.clone(),
                what: what(step, node, earlier, dates),
                rule: step.rule.clone(),
                reason: step.reason,
                due: step.due,
                moved_it,
            }
        })
        .collect()
}

fn what(step: &Move, node: &Node, earlier: bool, dates: Dates) -> Text {
    let text = |zh: &str, en: &str| Text { zh: zh.to_owned(), en: en.to_owned() };
    match &step.kind {
        MoveKind::Started => match is_first_rule(node) {
            true => {
                let limit = words::limit(node.counting.limit, dates);
                Text {
                    zh: format!("开始计时，{}", limit.zh), en: format!("Started: {}", limit.en)
                }
            }
            false => text("开始计时", "Started"),
        },
        MoveKind::Paused => text("暂停计时", "Paused"),
        MoveKind::Resumed => text("恢复计时", "Resumed"),
        MoveKind::Extended(by) => {
            let by_words = words::limit(*by, dates);
            match by {
                crate::calendar::Limit::On(_) => Text {
                    zh: format!("延至{}", by_words.zh),
                    en: format!("Extended to {}", by_words.en),
                },
                _ => Text {
                    zh: format!("延期{}", by_words.zh),
                    en: format!("Extended by {}", by_words.en),
                },
            }
        }
        MoveKind::Restarted => text("重新起算", "Counted anew"),
        MoveKind::Tightened if earlier => text("改按更早到期的规定", "An earlier rule took over"),
        MoveKind::Tightened => text("改按另一时限", "Another limit took over"),
        MoveKind::Recalculated(notice) => {
            Text { zh: format!("按{notice}重算"), en: format!("Counted again by {notice}") }
        }
        MoveKind::Imported => text("沿用原系统给定的日期", "Date taken over from the other system"),
    }
}

/// Whether the node's present limit is the one it was started with.
fn is_first_rule(node: &Node) -> bool {
    !node.moves.iter().any(|step| step.kind == MoveKind::Tightened)
}
