//! Calendar years: which holiday notices are loaded, and loading the next one.
//! A later year is a file, not a release.

use askama::Template;

use super::Frame;
use crate::i18n::Lang;
use crate::shell::Shell;
use crate::view::field::{Control, Field};
use crate::view::form::Form;
use crate::view::table::{Cell, Column, Row, Table};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearRow {
    pub year: i16,
    pub notice: String,
    /// Holidays that fall on weekdays.
    pub days_off: u64,
    /// Weekend days that are worked.
    pub swapped_in: u64,
    pub workdays: u64,
    /// Shipped, or loaded by which post and when.
    pub loaded: String,
}

#[derive(Template)]
#[template(path = "pages/admin/calendar.html")]
pub struct CalendarYears {
    pub shell: Shell,
    pub frame: Frame,
    /// First year without a notice: dates in it are estimated.
    pub unknown_from: i16,
    /// Open nodes that fall due there.
    pub estimated: u64,
    pub years: Vec<YearRow>,
    pub load: Form,
}

pub fn load_form(lang: Lang) -> Form {
    let file = Control::Files { accept: ".json", multiple: false, camera: false };
    let file =
        Field::new("file", lang.tr("calendar-file"), file).hint(lang.tr("calendar-file-hint"));
    Form::post("/admin/calendar", lang.tr("calendar-load-go"), vec![file])
        .warn(lang.tr("calendar-load-warning"))
}

impl CalendarYears {
    fn table(&self) -> Table {
        let lang = self.shell.lang();
        let columns = vec![
            Column::words(lang.tr("calendar-year")),
            Column::words(lang.tr("calendar-notice")),
            Column::figures(lang.tr("calendar-off")),
            Column::figures(lang.tr("calendar-swapped")),
            Column::figures(lang.tr("calendar-workdays")),
            Column::words(lang.tr("calendar-loaded")),
        ];
        let figure = |number| Cell::Figure { text: self.shell.number(number), href: None };
        let rows = self.years.iter().map(|year| {
            Row::of(vec![
                Cell::words(year.year.to_string()),
                Cell::words(&year.notice),
                figure(year.days_off),
                figure(year.swapped_in),
                figure(year.workdays),
                Cell::words(&year.loaded),
            ])
        });
        Table::new(columns, rows.collect())
            .or_nothing(lang.tr("calendar-none"), lang.tr("calendar-none-how"))
    }

    /// As text: a year is not grouped like a number.
    fn unknown_year(&self) -> String {
        self.unknown_from.to_string()
    }
}
