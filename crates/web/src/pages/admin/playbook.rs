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
    /// What becomes of which rule, in words.
    pub words: String,
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
    /// Who proposed it, and what it waits for.
    pub waiting: Option<String>,
    /// Proposing, or approving what another proposed; absent while there are errors.
    pub apply: Option<Form>,
    /// Takes the proposal back.
    pub drop: Option<Form>,
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
    /// For those who propose.
    pub upload: Option<Form>,
    pub candidate: Option<Candidate>,
}

pub fn upload_form(lang: Lang) -> Form {
    let files = Control::Files { accept: ".toml", multiple: true, camera: false };
    let files = Field::new("files", lang.tr("playbook-files"), files);
    let files = files.hint(lang.tr("playbook-files-hint"));
    Form::post("/admin/playbook/check", lang.tr("playbook-check-go"), vec![files])
}

/// `files` are the checked ones, as text: nothing is kept until they are proposed.
pub fn propose_form(lang: Lang, files: &str, command: &str, entered: &Entered) -> Form {
    let from = Field::new("from", lang.tr("playbook-from"), DATE);
    let from = from.hint(lang.tr("playbook-from-hint"));
    Form::post("/admin/playbook/propose", lang.tr("playbook-propose-go"), vec![from])
        .with("files", files)
        .with("command", command)
        .warn(lang.tr("playbook-propose-warning"))
        .entered(entered)
}

/// `proposal` names what the approver sees.
pub fn approve_form(lang: Lang, proposal: &str, command: &str) -> Form {
    Form::post("/admin/playbook/approve", lang.tr("playbook-apply-go"), Vec::new())
        .with("proposal", proposal)
        .with("command", command)
        .warn(lang.tr("playbook-apply-warning"))
}

pub fn drop_form(lang: Lang) -> Form {
    Form::post("/admin/playbook/drop", lang.tr("playbook-drop-go"), Vec::new()).in_a_line()
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
        ];
        let rows = changes.iter().map(|change| {
            let kind = match change.kind {
                ChangeKind::Added => lang.tr("playbook-added"),
                ChangeKind::Changed => lang.tr("playbook-changed"),
                ChangeKind::Removed => lang.tr("playbook-removed"),
            };
            Row::of(vec![Cell::words(&change.words), Cell::words(kind)])
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
        last,
    ])
    .current(version.is_in_force)
}

/// Taking the version in force back, approved like any other.
#[derive(Template)]
#[template(path = "pages/admin/revert_playbook.html")]
pub struct RevertPlaybook {
    pub shell: Shell,
    pub frame: Frame,
    pub version: String,
    pub form: Form,
}

pub fn revert_form(lang: Lang, version: &str) -> Form {
    let action = format!("/admin/playbook/{version}/revert");
    Form::post(action, lang.tr("playbook-revert-go"), Vec::new())
        .warn(lang.tr("playbook-propose-warning"))
        .or_back("/admin/playbook", lang.tr("form-cancel"))
}
