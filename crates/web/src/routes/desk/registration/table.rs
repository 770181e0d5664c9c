//! `/supervision/table`: a table pasted or uploaded, shown as it was understood,
//! put right cell by cell, and registered only once nothing in it is wrong.

use std::collections::{BTreeMap, BTreeSet};

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use bihuan_documents::draft::{Draft, Field};
use bihuan_documents::table_in::{OpenFault, Sheet};
use bihuan_documents::table_out::{self, Format, Kind};
use bihuan_documents::task_table::{self, LIMITS, Mapping};
use bihuan_domain::ids::UnitCode;
use jiff::civil::Date;

use super::filing::{SOURCES, Task, Whole, file, source_of, urgency_of};
use super::ground::Ground;
use super::sent::Sent;
use super::table_rows::{columns, general, rows};
use super::{may_register, not_registered, refusal_of};
use crate::csrf::CsrfMultipart;
use crate::i18n::Lang;
use crate::pages::desk::registration::common_fields;
use crate::pages::desk::registration::table::{TablePreview, TableStart, start_form};
use crate::pages::desk::registration::trouble::field_name;
use crate::problem::Problem;
use crate::routes::desk::ledger::export::{attached, broken};
use crate::routes::page::Shown;
use crate::routes::site::{SignedIn, Site, refusal_words};
use crate::routes::upload::turn;
use crate::shell::Shell;
use crate::view::field::Choice;
use crate::view::form::Entered;

/// The sheet goes along in the form; a form may hold no more than a megabyte.
const MOST_CARRIED_BYTES: usize = 700_000;

pub(super) fn routes() -> Router<Site> {
    Router::new().route("/supervision/table/template.xlsx", get(template))
}

pub(super) fn uploads() -> Router<Site> {
    Router::new()
        .route("/supervision/table", get(start).post(read))
        .route("/supervision/table/check", post(check))
        .route("/supervision/table/file", post(register))
}

async fn start(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
) -> Result<Response, Problem> {
    may_register(&site, &session)?;
    let form = start_form(shell.lang(), &Entered::default());
    Ok(Shown(TableStart { form, refused: None, shell }).into_response())
}

/// The names of the columns as they are read best, and no rows.
async fn template(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
) -> Result<Response, Problem> {
    may_register(&site, &session)?;
    let bytes =
        template_of(shell.lang(), site.app.now().civil()).map_err(|fault| broken(&fault))?;
    Ok(attached(Format::Xlsx, "tasks.xlsx", bytes))
}

fn template_of(lang: Lang, made_at: jiff::civil::DateTime) -> Result<Vec<u8>, table_out::OutFault> {
    let column = |field: Field| table_out::Column {
        key: field.code().to_owned(),
        title: field_name(lang, field),
        kind: match field {
            Field::Task | Field::Goal | Field::Note => Kind::Text,
            Field::Due => Kind::Date,
            _ => Kind::Word,
        },
    };
    let columns = Field::ALL.into_iter().map(column).collect();
    let title = lang.tr("registration-template").into_owned();
    let sheet = table_out::Sheet { title, columns, made_at };
    table_out::write(Format::Xlsx, &sheet, std::iter::empty(), Vec::new())
}

async fn read(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    form: CsrfMultipart,
) -> Result<Response, Problem> {
    may_register(&site, &session)?;
    let mut sent = Sent::receive(form).await?;
    if let Some(refusal) = sent.refused.take() {
        let next = shell.lang().refusal(&refusal);
        return Ok(unread(shell, &sent, next));
    }
    let sheet = match sent.bytes().await? {
        None => task_table::pasted_sheet(sent.one("pasted")),
        Some(bytes) => {
            let _turn = turn(&site).await?;
            let read = tokio::task::spawn_blocking(move || task_table::sheet(&bytes)).await;
            read.map_err(|_| Problem::Unavailable)?
        }
    };
    let sheet = match sheet {
        Ok(sheet) => sheet,
        Err(fault) => {
            let next = fault_words(shell.lang(), &fault);
            return Ok(unread(shell, &sent, next));
        }
    };
    if carried(&sheet)?.len() > MOST_CARRIED_BYTES {
        let next = shell.tr("registration-too-long").into_owned();
        return Ok(unread(shell, &sent, next));
    }
    sent.fields.push(("command".to_owned(), site.new_command()));
    preview(&site, shell, &sent, &sheet, &Mapping::default(), None)
}

/// Nothing of the table could be read; what was pasted is still there.
fn unread(shell: Shell, sent: &Sent, next: String) -> Response {
    let entered = Entered { values: sent.values(), errors: Vec::new() };
    let form = start_form(shell.lang(), &entered);
    let refused = Some(not_registered(&shell, next));
    let page = TableStart { form, refused, shell };
    (StatusCode::UNPROCESSABLE_ENTITY, Shown(page)).into_response()
}

fn fault_words(lang: Lang, fault: &OpenFault) -> String {
    match fault {
        OpenFault::Empty => lang.tr("registration-nothing-given").into_owned(),
        OpenFault::TooManyRows { limit } => lang.trn("registration-too-many-rows", "limit", *limit),
        other => lang.pick(&other.sentence()).to_owned(),
    }
}

fn carried(sheet: &Sheet) -> Result<String, Problem> {
    serde_json::to_string(sheet).map_err(|_| Problem::Malformed)
}

async fn check(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    form: CsrfMultipart,
) -> Result<Response, Problem> {
    may_register(&site, &session)?;
    let sent = Sent::receive(form).await?;
    let sheet = mended(&sent)?;
    preview(&site, shell, &sent, &sheet, &mapping(&sent), None)
}

async fn register(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    form: CsrfMultipart,
) -> Result<Response, Problem> {
    may_register(&site, &session)?;
    let sent = Sent::receive(form).await?;
    let (sheet, mapping) = (mended(&sent)?, mapping(&sent));
    let ground = Ground::of(&site, shell.lang())?;
    let table = match task_table::of_sheet(&sheet, &ground.against(), &mapping) {
        Ok(table) => table,
        Err(fault) => {
            let next = fault_words(shell.lang(), &fault);
            return Ok(unread(shell, &sent, next));
        }
    };
    let count = table.errors().count();
    if count > 0 || table.drafts.is_empty() {
        let next = match count {
            0 => shell.tr("registration-no-task").into_owned(),
            _ => shell.trn("registration-errors-left", "n", count),
        };
        return preview(&site, shell, &sent, &sheet, &mapping, Some(next));
    }
    let (lead, wrong) = ground.typed_unit(sent.one("whole_lead"));
    if wrong.is_some() {
        return preview(&site, shell, &sent, &sheet, &mapping, wrong);
    }
    let common = Common { lead, ..Common::of(&sent, ground.lang) };
    let tasks = tasks(&table.drafts, &common);
    match file(&site, &session, &sent, &tasks).await {
        Ok(registered) => {
            let first = registered.matters.first().map_or("", |(_, number)| number.as_str());
            let to = match sent.some("whole") {
                Some(_) => format!("/supervision/{first}"),
                None => "/supervision".to_owned(),
            };
            Ok(Redirect::to(&to).into_response())
        }
        Err(error) => {
            let next = refusal_words(&site.app, shell.lang(), &refusal_of(error)?);
            preview(&site, shell, &sent, &sheet, &mapping, Some(next))
        }
    }
}

/// The sheet as it was carried, with the cells written over since.
fn mended(sent: &Sent) -> Result<Sheet, Problem> {
    let sheet: Result<Sheet, _> = serde_json::from_str(sent.one("sheet"));
    let mut sheet = sheet.ok().filter(|sheet| sheet.is_within(&LIMITS));
    let sheet = sheet.as_mut().ok_or(Problem::Malformed)?;
    for (at, text) in sent.with_prefix("cell-") {
        let spot = at
            .split_once('-')
            .and_then(|(row, column)| Some((row.parse().ok()?, column.parse().ok()?)));
        let (row, column) = spot.ok_or(Problem::Malformed)?;
        sheet.set(row, column, text, &LIMITS);
    }
    for (row, _) in sent.with_prefix("drop-") {
        sheet.drop_row(row.parse().map_err(|_| Problem::Malformed)?);
    }
    Ok(std::mem::take(sheet))
}

fn mapping(sent: &Sent) -> Mapping {
    let columns = sent
        .with_prefix("col-")
        .filter_map(|(at, field)| Some((at.parse().ok()?, Field::from_code(field))));
    Mapping { header_row: sent.one("header_row").parse().ok(), columns: columns.collect() }
}

/// What is said once of all tasks.
struct Common {
    source: bihuan_domain::matter::Source,
    basis: Option<String>,
    approver: Option<String>,
    whole: Option<String>,
    lead: Option<UnitCode>,
    with_sections: bool,
    lang: Lang,
}

impl Common {
    fn of(sent: &Sent, lang: Lang) -> Self {
        Self {
            source: source_of(sent.one("source")).unwrap_or(SOURCES[1]),
            basis: sent.some("basis"),
            approver: sent.some("approver"),
            whole: sent.some("whole"),
            lead: None,
            with_sections: sent.is_ticked("sections"),
            lang,
        }
    }

    fn over(&self, words: &str, last: Option<Date>, whole: Whole) -> Task {
        Task {
            basis: self.basis.clone(),
            approver: self.approver.clone(),
            whole,
            ..Task::over(words, self.source, last)
        }
    }

    fn task(&self, draft: &Draft, whole: Whole) -> Task {
        let words = match &draft.note {
            Some(note) => {
                let note = self.lang.trn("registration-note-line", "note", note.as_str());
                format!("{}\n{note}", draft.task)
            }
            None => draft.task.clone(),
        };
        Task {
            goal: draft.goal.clone(),
            urgency: urgency_of(draft.class),
            basis: draft.source.clone().or_else(|| self.basis.clone()),
            approver: draft.approver.clone().or_else(|| self.approver.clone()),
            official: draft.official.clone(),
            person: draft.person.clone(),
            lead: draft.units.lead.clone(),
            co: draft.units.others.iter().cloned().collect(),
            due: draft.due.as_ref().map(|due| due.date),
            whole,
            ..Task::new(words, self.source)
        }
    }
}

/// All that is registered, wholes before their parts: the task over all, the
/// headings, the rows.
fn tasks(drafts: &[Draft], common: &Common) -> Vec<Task> {
    let last = |of: &dyn Fn(&Draft) -> bool| {
        let due = |draft: &Draft| draft.due.as_ref().map(|due| due.date);
        drafts.iter().filter(|draft| of(draft)).filter_map(due).max()
    };
    let mut tasks = Vec::new();
    let mut top = Whole::Nothing;
    if let Some(words) = &common.whole {
        let whole = common.over(words, last(&|_| true), Whole::Nothing);
        tasks.push(Task { lead: common.lead.clone(), ..whole });
        top = Whole::Task(0);
    }
    let mut sections: BTreeMap<&str, usize> = BTreeMap::new();
    if common.with_sections {
        for section in headings(drafts) {
            let last = last(&|draft| draft.section.as_deref() == Some(section));
            sections.insert(section, tasks.len());
            tasks.push(common.over(section, last, top));
        }
    }
    let mut placed: BTreeMap<u64, usize> = BTreeMap::new();
    // Rows may name a later row as their whole; a circle was an error before.
    while placed.len() < drafts.len() {
        let before = placed.len();
        for draft in drafts {
            let parent = draft.parent_row.map(|row| placed.get(&row).copied());
            if placed.contains_key(&draft.row) || parent == Some(None) {
                continue;
            }
            let section = draft.section.as_deref().and_then(|name| sections.get(name));
            let whole = parent.flatten().or(section.copied()).map_or(top, Whole::Task);
            placed.insert(draft.row, tasks.len());
            tasks.push(common.task(draft, whole));
        }
        if placed.len() == before {
            break;
        }
    }
    tasks
}

/// Headings over rows that are no part of another, in their order.
fn headings(drafts: &[Draft]) -> Vec<&str> {
    let mut seen = BTreeSet::new();
    let tops = drafts.iter().filter(|draft| draft.parent_row.is_none());
    tops.filter_map(|draft| draft.section.as_deref()).filter(|name| seen.insert(*name)).collect()
}

/// The whole table as it is understood. 422 where it was to be registered and
/// was not.
fn preview(
    site: &Site,
    shell: Shell,
    sent: &Sent,
    sheet: &Sheet,
    mapping: &Mapping,
    refused: Option<String>,
) -> Result<Response, Problem> {
    let lang = shell.lang();
    let ground = Ground::of(site, lang)?;
    let table = match task_table::of_sheet(sheet, &ground.against(), mapping) {
        Ok(table) => table,
        Err(fault) => return Ok(unread(shell, sent, fault_words(lang, &fault))),
    };
    let header_row = mapping.header_row.or(table.header_row);
    let has_sections = !headings(&table.drafts).is_empty();
    // Ticked until it is taken away: what was not yet asked has no answer.
    let sections = has_sections.then(|| sent.one("asked").is_empty() || sent.is_ticked("sections"));
    let wrong_lead = ground.typed_unit(sent.one("whole_lead")).1;
    let errors = wrong_lead.map(|words| ("whole_lead".to_owned(), words)).into_iter().collect();
    let entered = Entered { values: sent.values(), errors };
    let common = Common { with_sections: sections.unwrap_or(false), ..Common::of(sent, lang) };
    let source = |one: &bihuan_domain::matter::Source| {
        Choice::new(one.code(), lang.code_of("source", one.code()))
    };
    let status = match refused {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    let page = TablePreview {
        command: sent.one("command").to_owned(),
        sheet: carried(sheet)?,
        header_row: header_row.map(|row| row.to_string()).unwrap_or_default(),
        common: common_fields(lang, SOURCES.iter().map(source).collect(), &entered),
        sections,
        general: general(lang, &table),
        columns: columns(lang, &table),
        rows: rows(&ground, &table, sheet),
        tasks: tasks(&table.drafts, &common).len(),
        errors: table.errors().count(),
        warnings: table.warnings().count(),
        refused: refused.map(|next| not_registered(&shell, next)),
        again: start_form(lang, &Entered::default()),
        shell,
    };
    Ok((status, Shown(page)).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_empty_table_offered_is_read_column_by_column() {
        for lang in Lang::ALL {
            let made_at = jiff::civil::date(2026, 11, 22).at(9, 0, 0, 0);
            let bytes = template_of(lang, made_at).expect("a workbook");
            let sheet = task_table::sheet(&bytes).expect("a sheet");
            let names = bihuan_documents::draft::UnitNames::new([], "");
            let calendar = crate::sample::calendar();
            let today = made_at.date();
            let against =
                bihuan_documents::draft::Against { today, calendar: &calendar, units: &names };
            let table = task_table::of_sheet(&sheet, &against, &Mapping::default());
            let table = table.expect("a table");
            let taken: Vec<_> =
                table.columns.iter().filter_map(|column| column.taken_for).collect();
            assert_eq!(taken, Field::ALL, "{lang:?}: {:?}", table.columns);
        }
    }
}
