//! Finding a matter by number, words, place or unit; by phone for those allowed.
//! Only what the asker's scope shows is found, and counts never tell more.

use askama::Template;

use crate::i18n::Lang;
use crate::shell::Shell;
use crate::view::day::Day;
use crate::view::field::{Choice, Control, Field};
use crate::view::form::{Entered, Form};
use crate::view::lamp::Lamp;
use crate::view::state::Refused;
use crate::view::table::{Cell, Column, Pages, Row, Table};

#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    pub number: String,
    pub href: String,
    pub title: String,
    /// The words around what was found.
    pub excerpt: String,
    pub lamp: Lamp,
    pub place: String,
    pub unit: String,
    pub filed: Day,
}

#[derive(Template)]
#[template(path = "pages/desk/search.html")]
pub struct Search {
    pub shell: Shell,
    /// What was asked for, as typed.
    pub asked: String,
    /// Something was asked for: what was found is listed, or that nothing was.
    pub is_asked: bool,
    pub say: String,
    pub filters: Form,
    /// Only for posts that may call reporters back.
    pub phone: Option<Form>,
    pub found: Vec<Found>,
    pub pages: Pages,
    pub refused: Option<Refused>,
}

pub struct Offered {
    pub units: Vec<Choice>,
    pub towns: Vec<Choice>,
    pub stages: Vec<Choice>,
}

pub fn filter_form(lang: Lang, offered: Offered, entered: &Entered) -> Form {
    let any = |choices: Vec<Choice>| {
        let mut all = vec![Choice::new("", lang.tr("filter-any"))];
        all.extend(choices);
        Control::Select(all)
    };
    let date = || Control::Line { kind: "date", autocomplete: "off" };
    let words = Control::Line { kind: "search", autocomplete: "off" };
    let fields = vec![
        Field::new("words", lang.tr("search-words"), words).optional(),
        Field::new("unit", lang.tr("col-unit"), any(offered.units)).optional(),
        Field::new("town", lang.tr("col-town"), any(offered.towns)).optional(),
        Field::new("stage", lang.tr("col-stage"), any(offered.stages)).optional(),
        Field::new("from", lang.tr("filter-from"), date()).optional(),
        Field::new("to", lang.tr("filter-to"), date()).optional(),
    ];
    Form::filter("/search", lang.tr("search-go"), fields).entered(entered)
}

/// By POST, so that a number is never part of an address or a log line.
pub fn phone_form(lang: Lang) -> Form {
    let phone = Control::Line { kind: "tel", autocomplete: "off" };
    let fields = vec![
        Field::new("phone", lang.tr("search-phone"), phone).hint(lang.tr("search-phone-hint")),
    ];
    Form::post("/search/phone", lang.tr("search-phone-go"), fields)
}

impl Search {
    fn table(&self) -> Table {
        let lang = self.shell.lang();
        let columns = vec![
            Column::words(lang.tr("col-matter")),
            Column::words(lang.tr("col-lamp")),
            Column::words(lang.tr("col-place")),
            Column::words(lang.tr("col-unit")),
            Column::words(lang.tr("col-filed")),
        ];
        let rows = self.found.iter().map(|one| {
            Row::of(vec![
                Cell::link_two(&one.title, &one.href, format!("{} {}", one.number, one.excerpt)),
                Cell::lamp(one.lamp.clone()),
                Cell::words(&one.place),
                Cell::words(&one.unit),
                Cell::Day(one.filed),
            ])
        });
        Table::new(columns, rows.collect())
            .or_nothing(lang.tr("search-none"), lang.tr("search-none-how"))
    }
}

pub fn sentence(lang: Lang, found: u64) -> String {
    lang.trn("search-say", "n", found)
}
