//! The playbook in force, what an upload would change, what is wrong with it, and
//! putting it in force from a date, approved and reversible.

use askama::Template;

use super::{DATE, Frame};
use crate::i18n::Lang;
use crate::shell::Shell;
use crate::view::day::Day;
use crate::view::field::{Control, Field};
use crate::view::form::{Entered, Form};
use crate::view::table::{Act, Cell, Column, Row, Table};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    pub version: String,
    pub from: Day,
    pub to: Option<Day>,
    pub approved_by: String,
    pub matters: u64,
    pub is_in_force: bool,
    /// May be put back in force.
    pub may_revert: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeKind {
    Added,
    Changed,
    Removed,
}

/// One difference from the version in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub kind: ChangeKind,
    /// Dotted name: `items.drain-blocked.limits.urgent`.
    pub name: String,
    pub was: String,
    pub now: String,
}

/// A fault in the playbook's files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub file: String,
    pub line: u64,
    pub message: String,
    pub hint: String,
    pub is_error: bool,
}

/// Something uploaded and checked, not yet in force.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    pub version: String,
    pub faults: Vec<Fault>,
    /// Worked cases that ran.
    pub cases: u64,
    /// Those that failed, each in a sentence.
    pub failed: Vec<String>,
    pub changes: Vec<Change>,
    /// Absent while there are errors.
    pub apply: Option<Form>,
}

#[derive(Template)]
#[template(path = "pages/admin/playbook.html")]
pub struct Playbook {
    pub shell: Shell,
    pub frame: Frame,
    pub say: String,
    /// Name and value: regimes, items, units, grids, official or example.
    pub facts: Vec<(String, String)>,
    pub versions: Vec<Version>,
    pub upload: Form,
    pub candidate: Option<Candidate>,
}

pub fn upload_form(lang: Lang) -> Form {
    let files = Control::Files { accept: ".toml", multiple: true, camera: false };
    let files = Field::new("files", lang.tr("playbook-files"), files);
    let files = files.hint(lang.tr("playbook-files-hint"));
    Form::post("/admin/playbook/check", lang.tr("playbook-check-go"), vec![files])
}

/// `token` names the checked upload.
pub fn apply_form(lang: Lang, token: &str, entered: &Entered) -> Form {
    let fields = vec![
        Field::new("from", lang.tr("playbook-from"), DATE).hint(lang.tr("playbook-from-hint")),
        Field::line("approved_by", lang.tr("playbook-approved-by"))
            .hint(lang.tr("playbook-approved-by-hint")),
        Field::area("reason", lang.tr("field-reason"), 2),
    ];
    Form::post("/admin/playbook/apply", lang.tr("playbook-apply-go"), fields)
        .with("candidate", token)
        .warn(lang.tr("playbook-apply-warning"))
        .entered(entered)
}

impl Candidate {
    fn errors(&self) -> usize {
        self.faults.iter().filter(|fault| fault.is_error).count()
    }

    fn is_clean(&self) -> bool {
        self.errors() == 0 && self.failed.is_empty()
    }
}

impl Playbook {
    fn version_table(&self) -> Table {
        let lang = self.shell.lang();
        let columns = vec![
            Column::words(lang.tr("playbook-version")),
            Column::words(lang.tr("playbook-since")),
            Column::words(lang.tr("playbook-until")),
            Column::words(lang.tr("playbook-approved-by")),
            Column::figures(lang.tr("playbook-matters")),
            Column::acts(),
        ];
        let rows = self.versions.iter().map(|version| row(lang, version)).collect();
        Table::new(columns, rows).or_nothing(lang.tr("playbook-none"), lang.tr("playbook-none-how"))
    }

    fn change_table(&self, changes: &[Change]) -> Table {
        let lang = self.shell.lang();
        let columns = vec![
            Column::words(lang.tr("playbook-change-name")),
            Column::words(lang.tr("playbook-change-kind")),
            Column::words(lang.tr("playbook-was")),
            Column::words(lang.tr("playbook-now")),
        ];
        let rows = changes.iter().map(|change| {
            let kind = match change.kind {
                ChangeKind::Added => lang.tr("playbook-added"),
                ChangeKind::Changed => lang.tr("playbook-changed"),
                ChangeKind::Removed => lang.tr("playbook-removed"),
            };
            Row::of(vec![
                Cell::Code(change.name.clone()),
                Cell::words(kind),
                Cell::words(&change.was),
                Cell::words(&change.now),
            ])
        });
        Table::new(columns, rows.collect())
            .or_nothing(lang.tr("playbook-same"), lang.tr("playbook-same-how"))
    }
}

fn row(lang: Lang, version: &Version) -> Row {
    let last = match (version.is_in_force, version.may_revert) {
        (true, _) => Cell::Tag(lang.tr("playbook-in-force").into_owned()),
        (false, true) => Cell::Acts(vec![Act::Link {
            label: lang.tr("playbook-revert").into_owned(),
            href: format!("/admin/playbook/{}/revert", version.version),
        }]),
        (false, false) => Cell::Words(String::new()),
    };
    Row::of(vec![
        Cell::words(&version.version),
        Cell::Day(version.from),
        version.to.map_or(Cell::Nothing, Cell::Day),
        Cell::words(&version.approved_by),
        Cell::count(version.matters, format!("/ledgers?playbook={}", version.version)),
        last,
    ])
    .current(version.is_in_force)
}

/// Putting an earlier version back, from a date, approved like any other.
#[derive(Template)]
#[template(path = "pages/admin/revert_playbook.html")]
pub struct RevertPlaybook {
    pub shell: Shell,
    pub frame: Frame,
    pub version: String,
    pub form: Form,
}

pub fn revert_form(lang: Lang, version: &str, entered: &Entered) -> Form {
    let fields = vec![
        Field::new("from", lang.tr("playbook-from"), DATE),
        Field::line("approved_by", lang.tr("playbook-approved-by")),
        Field::area("reason", lang.tr("field-reason"), 2),
    ];
    let action = format!("/admin/playbook/{version}/revert");
    Form::post(action, lang.tr("playbook-revert-go"), fields)
        .warn(lang.tr("playbook-apply-warning"))
        .or_back("/admin/playbook", lang.tr("form-cancel"))
        .entered(entered)
}
