//! From a line of a list to the words and parts pages show.

use bihuan_app::queries::line::Line;
use bihuan_domain::calendar::Calendar;
use bihuan_domain::instant::Instant;

use super::told::title;
use crate::i18n::Lang;
use crate::view::day::{Day, clock, date_words, plain};
use crate::view::lamp::{Lamp, Shape};
use crate::view::why::day_at;

/// What every line of a page is told with.
#[derive(Clone, Copy)]
pub(super) struct Listed<'a> {
    pub(super) lang: Lang,
    pub(super) calendar: &'a Calendar,
    pub(super) now: Instant,
}

impl Listed<'_> {
    pub(super) fn title(&self, line: &Line) -> String {
        let item = line.item_name.as_ref().map(|name| self.lang.pick(name).to_owned());
        title(&line.words).or(item).unwrap_or_else(|| line.number.clone())
    }

    /// The lamp of the next date; without one, where the matter stands.
    pub(super) fn lamp(&self, line: &Line) -> Lamp {
        if !line.is_open {
            return Lamp::new(Shape::Done, self.lang.code_of("stage", line.stage.code()));
        }
        self.running_lamp(line)
    }

    /// The lamp of the next date of what may be closed already: looking back has
    /// a date too.
    pub(super) fn running_lamp(&self, line: &Line) -> Lamp {
        if line.is_suspended {
            return Lamp::new(Shape::Parked, self.lang.tr("lamp-suspended"));
        }
        let stage = self.lang.code_of("stage", line.stage.code());
        match &line.due {
            Some(due) => Lamp::of_due(self.lang, due, self.now, self.calendar),
            None if line.is_open => Lamp::new(Shape::NotBegun, stage),
            None => Lamp::new(Shape::Done, stage),
        }
    }

    pub(super) fn due(&self, line: &Line) -> Option<Day> {
        let due = line.due?;
        let day = self.day(due.due_at);
        Some(if due.estimated { day.estimated() } else { day })
    }

    pub(super) fn day(&self, at: Instant) -> Day {
        day_at(self.calendar, at)
    }

    pub(super) fn day_words(&self, at: Instant) -> String {
        plain(self.lang, &self.day(at), self.now.date().year())
    }

    /// `13:11`, or the date when it is not today's.
    pub(super) fn time(&self, at: Instant) -> String {
        if at.date() == self.now.date() {
            return clock(at.time());
        }
        plain(self.lang, &self.day(at).without_time(), self.now.date().year())
    }

    /// The same where a narrow list has no room for the weekday.
    pub(super) fn short_time(&self, at: Instant) -> String {
        if at.date() == self.now.date() {
            return clock(at.time());
        }
        date_words(self.lang, at.date(), self.now.date().year())
    }

    pub(super) fn town(&self, line: &Line) -> String {
        line.area.first().map(|name| self.lang.pick(name).to_owned()).unwrap_or_default()
    }

    pub(super) fn area(&self, line: &Line) -> Option<String> {
        let names: Vec<&str> = line.area.iter().map(|name| self.lang.pick(name)).collect();
        (!names.is_empty()).then(|| names.join(" "))
    }

    /// The most exact of what is known: an address, a coded place, the grid.
    pub(super) fn place(&self, line: &Line) -> String {
        line.address
            .clone()
            .or_else(|| line.place.clone())
            .or_else(|| self.area(line))
            .unwrap_or_default()
    }

    pub(super) fn source(&self, line: &Line) -> String {
        self.lang.code_of("source", line.source.code()).into_owned()
    }
}
