//! Coded spots: the list, the sheet of QR signs to print, and retiring one.

use askama::Template;

use super::{Frame, choose};
use crate::i18n::Lang;
use crate::shell::Shell;
use crate::view::field::{Choice, Control, Field};
use crate::view::form::{Entered, Form};
use crate::view::number::grouped;
use crate::view::qr::QrPart;
use crate::view::table::{Act, Cell, Column, Pages, Row, Table};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceRow {
    pub id: String,
    pub name: String,
    pub grid: String,
    pub reports: u64,
    pub is_retired: bool,
}

#[derive(Template)]
#[template(path = "pages/admin/places.html")]
pub struct Places {
    pub shell: Shell,
    pub frame: Frame,
    pub places: Vec<PlaceRow>,
    pub pages: Pages,
    pub add: Form,
    /// The signs of all places listed.
    pub sheet_href: String,
}

pub fn add_form(lang: Lang, grids: Vec<Choice>, entered: &Entered) -> Form {
    let fields = vec![
        Field::line("name_zh", lang.tr("places-name")),
        Field::line("name_en", lang.tr("units-name-en")).optional(),
        Field::new("grid", lang.tr("field-grid"), choose(lang, grids)),
        Field::line("position", lang.tr("places-position"))
            .hint(lang.tr("places-position-hint"))
            .optional(),
    ];
    Form::post("/admin/places", lang.tr("places-add-go"), fields).entered(entered)
}

impl Places {
    fn table(&self) -> Table {
        let lang = self.shell.lang();
        let columns = vec![
            Column::words(lang.tr("places-name")),
            Column::words(lang.tr("field-grid")),
            Column::figures(lang.tr("places-reports")),
            Column::acts(),
        ];
        let rows = self.places.iter().map(|place| row(lang, place)).collect();
        Table::new(columns, rows).or_nothing(lang.tr("places-none"), lang.tr("places-none-how"))
    }
}

fn row(lang: Lang, place: &PlaceRow) -> Row {
    let last = if place.is_retired {
        Cell::Tag(lang.tr("places-retired").into_owned())
    } else {
        Cell::Acts(vec![
            Act::Link {
                label: lang.tr("places-sign").into_owned(),
                href: format!("/places/{}/sign", place.id),
            },
            Act::Link {
                label: lang.tr("places-retire").into_owned(),
                href: format!("/admin/places/{}/retire", place.id),
            },
        ])
    };
    Row::of(vec![
        Cell::two(&place.name, &place.id),
        Cell::words(&place.grid),
        Cell::Figure {
            text: grouped(i64::try_from(place.reports).unwrap_or(i64::MAX)),
            href: None,
        },
        last,
    ])
}

/// Retiring asks what becomes of the place: signs still hanging are answered kindly from then on.
#[derive(Template)]
#[template(path = "pages/admin/retire_place.html")]
pub struct RetirePlace {
    pub shell: Shell,
    pub frame: Frame,
    pub name: String,
    pub code: String,
    pub form: Form,
}

pub fn retire_form(lang: Lang, id: &str, entered: &Entered) -> Form {
    let ways = vec![
        Choice::new("reprint", lang.tr("places-reprint")),
        Choice::new("gone", lang.tr("places-gone")),
    ];
    let what = Field::new("what", lang.tr("places-retire-what"), Control::Radios(ways));
    Form::post(format!("/admin/places/{id}/retire"), lang.tr("places-retire-go"), vec![what])
        .warn(lang.tr("places-retire-warning"))
        .or_back("/admin/places", lang.tr("form-cancel"))
        .entered(entered)
}

/// One sign: what is printed on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sign {
    pub code: String,
    pub name: String,
    pub grid: String,
    /// What the QR opens, for those who type.
    pub address: String,
}

impl Sign {
    fn qr(&self) -> Option<QrPart<'_>> {
        QrPart::of(&self.address, &self.name)
    }
}

#[derive(Template)]
#[template(path = "pages/admin/signs.html")]
pub struct Signs {
    pub shell: Shell,
    pub signs: Vec<Sign>,
}
