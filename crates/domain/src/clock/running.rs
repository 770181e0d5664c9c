//! When a clock runs: the stretches of time that are counted, day and night or
//! in work periods only, less the pauses.

use jiff::civil::Date;

use super::Pause;
use crate::calendar::Calendar;
use crate::instant::Instant;

type Span = (Instant, Instant);

const BEGINNING: Instant = Instant::from_micros(i64::MIN);
const END: Instant = Instant::from_micros(i64::MAX);

/// No limit reaches further than this; what would, ends here. It keeps a
/// mistyped limit from counting for ever.
pub(super) const HORIZON_DAYS: i64 = 36_525;

/// Which time counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tape {
    DayAndNight,
    WorkTime,
}

/// Ended pauses, in order and apart. A pause without an end, and one that ends
/// before it begins, takes nothing away.
#[derive(Clone, Debug, Default)]
pub(super) struct Pauses(Vec<Span>);

impl Pauses {
    pub(super) fn new(pauses: &[Pause]) -> Self {
        let mut spans: Vec<Span> = pauses
            .iter()
            .filter_map(|pause| pause.to.map(|to| (pause.from, to)))
            .filter(|(from, to)| from < to)
            .collect();
        spans.sort_unstable();
        let mut joined: Vec<Span> = Vec::with_capacity(spans.len());
        for (from, to) in spans {
            match joined.last_mut() {
                Some(last) if from <= last.1 => last.1 = last.1.max(to),
                _ => joined.push((from, to)),
            }
        }
        Self(joined)
    }

    /// Whether this day is not counted: the day a pause begins on still counts,
    /// those after it up to and including the day it ends on do not.
    pub(super) fn take_away(&self, date: Date) -> bool {
        self.0.iter().any(|(from, to)| from.date() < date && date <= to.date())
    }

    pub(super) fn hold(&self, at: Instant) -> bool {
        self.0.iter().any(|&(from, to)| from < at && at < to)
    }

    /// The parts of `span` outside every pause.
    fn outside(&self, span: Span) -> Vec<Span> {
        let (mut from, to) = span;
        let mut parts = Vec::with_capacity(1);
        for &(pause_from, pause_to) in &self.0 {
            if pause_to <= from {
                continue;
            }
            if pause_from >= to {
                break;
            }
            if from < pause_from {
                parts.push((from, pause_from));
            }
            from = pause_to;
        }
        if from < to {
            parts.push((from, to));
        }
        parts
    }
}

/// A calendar, seen through the pauses of one clock.
pub(super) struct Running<'a> {
    pub(super) calendar: &'a Calendar,
    pub(super) pauses: Pauses,
}

impl Running<'_> {
    /// The moment by which the clock has run `micros` more after `from`.
    pub(super) fn forward(&self, tape: Tape, from: Instant, micros: i64) -> Instant {
        let horizon = from.plus_days(HORIZON_DAYS);
        let mut left = micros;
        let mut reached = from;
        for (start, end) in self.after(tape, from) {
            if left <= 0 || start >= horizon {
                break;
            }
            let length = between(start, end);
            if length >= left {
                return start.plus_micros(left).min(horizon);
            }
            left -= length;
            reached = end;
        }
        if left > 0 { horizon.max(reached) } else { reached }
    }

    /// The moment since which the clock has run `micros` up to `to`.
    pub(super) fn back(&self, tape: Tape, to: Instant, micros: i64) -> Instant {
        let mut left = micros;
        let mut reached = to;
        for (start, end) in self.before(tape, to) {
            if left <= 0 {
                break;
            }
            let length = between(start, end);
            if length >= left {
                return end.plus_micros(-left);
            }
            left -= length;
            reached = start;
        }
        reached
    }

    /// How long the clock ran between two moments.
    pub(super) fn length(&self, tape: Tape, from: Instant, to: Instant) -> i64 {
        self.after(tape, from)
            .take_while(|(start, _)| *start < to)
            .map(|(start, end)| between(start, end.min(to)))
            .fold(0, i64::saturating_add)
    }

    fn after(&self, tape: Tape, from: Instant) -> Box<dyn Iterator<Item = Span> + '_> {
        match tape {
            Tape::DayAndNight => Box::new(self.pauses.outside((from, END)).into_iter()),
            Tape::WorkTime => Box::new(
                days_from(from.date())
                    .flat_map(|date| self.calendar.work_periods(date))
                    .filter(move |(_, end)| *end > from)
                    .map(move |(start, end)| (start.max(from), end))
                    .flat_map(|span| self.pauses.outside(span)),
            ),
        }
    }

    fn before(&self, tape: Tape, to: Instant) -> Box<dyn Iterator<Item = Span> + '_> {
        match tape {
            Tape::DayAndNight => Box::new(self.pauses.outside((BEGINNING, to)).into_iter().rev()),
            Tape::WorkTime => Box::new(
                days_back_from(to.date())
                    .flat_map(|date| self.calendar.work_periods(date).rev())
                    .filter(move |(start, _)| *start < to)
                    .map(move |(start, end)| (start, end.min(to)))
                    .flat_map(|span| self.pauses.outside(span).into_iter().rev()),
            ),
        }
    }
}

/// This day and those after it, up to the horizon.
pub(super) fn days_from(first: Date) -> impl Iterator<Item = Date> {
    let days = usize::try_from(HORIZON_DAYS).unwrap_or(usize::MAX);
    std::iter::successors(Some(first), |date| date.tomorrow().ok()).take(days)
}

fn days_back_from(last: Date) -> impl Iterator<Item = Date> {
    let days = usize::try_from(HORIZON_DAYS).unwrap_or(usize::MAX);
    std::iter::successors(Some(last), |date| date.yesterday().ok()).take(days)
}

const fn between(start: Instant, end: Instant) -> i64 {
    end.micros().saturating_sub(start.micros())
}
