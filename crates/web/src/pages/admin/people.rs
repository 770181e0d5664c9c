//! People: accounts, leaving with the open work handed over in one act, a
//! one-time password, and a preview before a spreadsheet is taken in.

use askama::Template;

use super::{Frame, choose};
use crate::i18n::Lang;
use crate::shell::Shell;
use crate::view::equation::{Equation, Term};
use crate::view::field::{Choice, Control, Field};
use crate::view::form::{Entered, Form};
use crate::view::table::{Act, Cell, Column, Pages, Row, Table};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Active,
    /// Has a password somebody else gave and has not changed it.
    Invited,
    Left,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonRow {
    pub id: String,
    pub name: String,
    pub account: String,
    /// `市城市照明中心·承办人`
    pub posts: Vec<String>,
    pub standing: Standing,
    pub may_leave: bool,
}

#[derive(Template)]
#[template(path = "pages/admin/people.html")]
pub struct People {
    pub shell: Shell,
    pub frame: Frame,
    pub filters: Form,
    pub people: Vec<PersonRow>,
    pub pages: Pages,
    /// For those who keep accounts.
    pub add: Option<Form>,
    pub import: Option<Form>,
    pub may_reset: bool,
}

pub fn filter_form(lang: Lang, page: &'static str, units: Vec<Choice>, entered: &Entered) -> Form {
    let words = Control::Line { kind: "search", autocomplete: "off" };
    let fields = vec![
        Field::new("words", lang.tr("people-words"), words).optional(),
        Field::new("in_unit", lang.tr("col-unit"), choose(lang, units)).optional(),
    ];
    Form::filter(page, lang.tr("filter-go"), fields).entered(entered)
}

pub fn add_form(lang: Lang, units: Vec<Choice>, roles: Vec<Choice>, entered: &Entered) -> Form {
    let fields = vec![
        Field::line("name", lang.tr("people-name")),
        Field::line("account", lang.tr("signin-name")).hint(lang.tr("people-account-hint")),
        Field::new("role", lang.tr("col-post"), choose(lang, roles))
            .hint(lang.tr("people-role-hint"))
            .optional(),
        Field::new("unit", lang.tr("col-unit"), choose(lang, units))
            .hint(lang.tr("people-unit-hint"))
            .optional(),
    ];
    Form::post("/admin/people", lang.tr("people-add-go"), fields).entered(entered)
}

pub fn import_form(lang: Lang) -> Form {
    let file = Control::Files { accept: ".xlsx,.csv", multiple: false, camera: false };
    let file = Field::new("file", lang.tr("people-file"), file).hint(lang.tr("people-file-hint"));
    Form::post("/admin/people/import", lang.tr("people-import-go"), vec![file])
}

impl People {
    fn table(&self) -> Table {
        let lang = self.shell.lang();
        let columns = vec![
            Column::words(lang.tr("people-name")),
            Column::words(lang.tr("col-post")),
            Column::words(lang.tr("people-standing")),
            Column::acts(),
        ];
        let rows = self.people.iter().map(|person| self.row(person)).collect();
        Table::new(columns, rows).or_nothing(lang.tr("people-none"), lang.tr("people-none-how"))
    }

    fn row(&self, person: &PersonRow) -> Row {
        let lang = self.shell.lang();
        let standing = match person.standing {
            Standing::Active => lang.tr("people-active"),
            Standing::Invited => lang.tr("people-invited"),
            Standing::Left => lang.tr("people-left"),
        };
        Row::of(vec![
            Cell::two(&person.name, &person.account),
            Cell::words(person.posts.join(&lang.tr("comma"))),
            Cell::words(standing),
            Cell::Acts(self.acts(person)),
        ])
    }

    fn acts(&self, person: &PersonRow) -> Vec<Act> {
        let lang = self.shell.lang();
        if person.standing == Standing::Left {
            return Vec::new();
        }
        let link = |label: &str, page: &str| Act::Link {
            label: label.to_owned(),
            href: format!("/admin/people/{}/{page}", person.id),
        };
        let reset = self.may_reset.then(|| link(&lang.tr("people-reset"), "password"));
        let leave = person.may_leave.then(|| link(&lang.tr("people-leave"), "leave"));
        reset.into_iter().chain(leave).collect()
    }
}

/// Open work: what, how much, and the list behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenWork {
    pub what: String,
    pub count: u64,
}

/// Leaving: what is still open, and who takes it.
#[derive(Template)]
#[template(path = "pages/admin/leave.html")]
pub struct Leave {
    pub shell: Shell,
    pub frame: Frame,
    pub name: String,
    pub posts: Vec<String>,
    pub open: Vec<OpenWork>,
    pub form: Form,
}

pub fn leave_form(lang: Lang, id: &str, people: Vec<Choice>, entered: &Entered) -> Form {
    let to = (!people.is_empty()).then(|| {
        Field::new("to", lang.tr("people-hand-to"), choose(lang, people))
            .hint(lang.tr("people-hand-to-hint"))
            .optional()
    });
    let fields = to.into_iter().collect();
    Form::post(format!("/admin/people/{id}/leave"), lang.tr("people-leave-go"), fields)
        .warn(lang.tr("people-leave-warning"))
        .or_back("/admin/people", lang.tr("form-cancel"))
        .entered(entered)
}

/// What leaving will do, in words, before it is done.
#[derive(Template)]
#[template(path = "pages/admin/leave_sure.html")]
pub struct LeaveSure {
    pub shell: Shell,
    pub frame: Frame,
    pub name: String,
    /// Who takes posts over.
    pub to: Option<String>,
    pub handed: Vec<String>,
    pub ended: Vec<String>,
    pub form: Form,
}

pub fn sure_form(lang: Lang, id: &str) -> Form {
    Form::post(format!("/admin/people/{id}/leave"), lang.tr("people-sure-go"), Vec::new())
        .with("sure", "yes")
        .warn(lang.tr("people-sure-warning"))
        .or_back(format!("/admin/people/{id}/leave"), lang.tr("form-cancel"))
}

impl LeaveSure {
    fn lines(&self) -> Vec<String> {
        let shell = &self.shell;
        let heir = self.to.as_deref().unwrap_or_default();
        let goes = |post: &String| {
            shell
                .say("people-sure-handed")
                .with("post", post.as_str())
                .with("name", heir)
                .to_string()
        };
        let ends = |post: &String| shell.trn("people-sure-ended", "post", post.as_str());
        let handed = self.handed.iter().map(goes);
        let mut lines: Vec<String> = handed.chain(self.ended.iter().map(ends)).collect();
        lines.push(shell.tr("people-sure-account").to_string());
        lines
    }
}

impl Leave {
    fn table(&self) -> Table {
        let lang = self.shell.lang();
        let columns = vec![
            Column::words(lang.tr("people-open-what")),
            Column::figures(lang.tr("people-open-count")),
        ];
        let rows = self.open.iter().map(|work| {
            let count = Cell::Figure { text: self.shell.number(work.count), href: None };
            Row::of(vec![Cell::words(&work.what), count])
        });
        Table::new(columns, rows.collect())
            .or_nothing(lang.tr("people-open-none"), lang.tr("people-open-none-how"))
    }
}

/// A new password for somebody, shown once.
#[derive(Template)]
#[template(path = "pages/admin/reset.html")]
pub struct Reset {
    pub shell: Shell,
    pub frame: Frame,
    pub name: String,
    pub account: String,
    pub form: Form,
    /// Only on the page that answers the reset; it cannot be asked for again.
    pub one_time: Option<String>,
}

pub fn reset_form(lang: Lang, id: &str) -> Form {
    let action = format!("/admin/people/{id}/password");
    Form::post(action, lang.tr("people-reset-go"), Vec::new())
        .warn(lang.tr("people-reset-warning"))
        .or_back("/admin/people", lang.tr("form-cancel"))
}

/// A row of the spreadsheet, as it would be taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Previewed {
    pub row: u64,
    pub name: String,
    pub account: String,
    pub unit: String,
    pub role: String,
    /// Why it is not taken: column and reason.
    pub problem: Option<String>,
    /// Already here with the same contents.
    pub is_known: bool,
}

#[derive(Template)]
#[template(path = "pages/admin/people_preview.html")]
pub struct PeoplePreview {
    pub shell: Shell,
    pub frame: Frame,
    pub file: String,
    pub read: u64,
    pub new: u64,
    pub known: u64,
    pub rejected: u64,
    pub rows: Vec<Previewed>,
    /// Absent when there is nobody to add.
    pub form: Option<Form>,
}

/// `rows` are those that would be added, as they were read.
pub fn take_form(lang: Lang, rows: &str, new: u64) -> Form {
    Form::post("/admin/people/import/take", lang.trn("people-take-go", "n", new), Vec::new())
        .with("rows", rows)
        .or_back("/admin/people", lang.tr("form-cancel"))
}

impl PeoplePreview {
    /// Rows read = new + already there + not taken.
    fn sum(&self) -> Equation {
        let term =
            |count, name: &str| Term { count, name: name.to_owned(), href: None, lamp: None };
        Equation::new(
            term(self.read, &self.shell.tr("people-read")),
            vec![
                term(self.new, &self.shell.tr("people-will-add")),
                term(self.known, &self.shell.tr("people-known")),
                term(self.rejected, &self.shell.tr("people-not-taken")),
            ],
        )
    }

    fn table(&self) -> Table {
        let lang = self.shell.lang();
        let columns = vec![
            Column::words(lang.tr("people-row")),
            Column::words(lang.tr("people-name")),
            Column::words(lang.tr("col-unit")),
            Column::words(lang.tr("col-post")),
            Column::words(lang.tr("people-will")),
        ];
        let rows = self.rows.iter().map(|one| {
            let will = match (&one.problem, one.is_known) {
                (Some(problem), _) => problem.clone(),
                (None, true) => lang.tr("people-known").into_owned(),
                (None, false) => lang.tr("people-will-add").into_owned(),
            };
            Row::of(vec![
                Cell::words(one.row.to_string()),
                Cell::two(&one.name, &one.account),
                Cell::words(&one.unit),
                Cell::words(&one.role),
                Cell::words(will),
            ])
            .late(one.problem.is_some())
        });
        Table::new(columns, rows.collect())
            .or_nothing(lang.tr("people-file-empty"), lang.tr("people-file-hint"))
    }
}
