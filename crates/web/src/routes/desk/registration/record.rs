//! `/supervision/record`: a meeting record pasted or uploaded, shown as the tree
//! of tasks it was read into, changed where it must be, and registered as the
//! meeting with its parts: one approval is enough for all of them.

use std::collections::BTreeMap;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use bihuan_documents::draft::{Class, Draft, Field, Trouble, Units, typed_due};
use bihuan_documents::meeting_record::{self, Lines, MeetingRecord};
use bihuan_domain::matter::Source;
use jiff::civil::Date;

use super::filing::{SOURCES, Task, Whole, file, source_of, urgency_of};
use super::ground::Ground;
use super::sent::Sent;
use super::{may_register, not_registered, refusal_of};
use crate::csrf::CsrfMultipart;
use crate::i18n::Lang;
use crate::pages::desk::registration::Said;
use crate::pages::desk::registration::record::{
    Decision, RecordPreview, RecordStart, meeting_fields, start_form,
};
use crate::pages::desk::registration::trouble::{field_name, read_as, say};
use crate::problem::Problem;
use crate::routes::page::Shown;
use crate::routes::site::{SignedIn, Site, refusal_words};
use crate::routes::upload::turn;
use crate::shell::Shell;
use crate::view::field::Choice;
use crate::view::form::Entered;

/// The record goes along in the form; a form may hold no more than a megabyte.
const MOST_CARRIED_BYTES: usize = 700_000;
/// Each has five fields, and a form no more than five hundred.
const MOST_DECISIONS: usize = 90;

pub(super) fn uploads() -> Router<Site> {
    Router::new()
        .route("/supervision/record", get(start).post(read))
        .route("/supervision/record/file", post(register))
}

async fn start(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
) -> Result<Response, Problem> {
    may_register(&site, &session)?;
    let form = start_form(shell.lang(), &Entered::default());
    Ok(Shown(RecordStart { form, refused: None, shell }).into_response())
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
    let lines = match sent.bytes().await? {
        None if sent.one("pasted").is_empty() => {
            let next = shell.tr("registration-nothing-given").into_owned();
            return Ok(unread(shell, &sent, next));
        }
        None => Ok(Lines { text: sent.one("pasted").to_owned(), lost_numbers: Vec::new() }),
        Some(bytes) => {
            let _turn = turn(&site).await?;
            let read = tokio::task::spawn_blocking(move || meeting_record::lines(&bytes)).await;
            read.map_err(|_| Problem::Unavailable)?
        }
    };
    let ground = Ground::of(&site, shell.lang())?;
    let against = ground.against();
    let record = lines.and_then(|lines| Ok((meeting_record::of_text(&lines, &against)?, lines)));
    let (record, lines) = match record {
        Ok(read) => read,
        Err(fault) => {
            let next = shell.lang().pick(&fault.sentence()).to_owned();
            return Ok(unread(shell, &sent, next));
        }
    };
    if let Some(next) = too_long(&shell, &lines, &record) {
        return Ok(unread(shell, &sent, next));
    }
    let typed = Typed::of_record(&record, &site.new_command());
    Ok(preview(&ground, shell, &lines, &record, &typed, None))
}

fn unread(shell: Shell, sent: &Sent, next: String) -> Response {
    let entered = Entered { values: sent.values(), errors: Vec::new() };
    let form = start_form(shell.lang(), &entered);
    let refused = Some(not_registered(&shell, next));
    let page = RecordStart { form, refused, shell };
    (StatusCode::UNPROCESSABLE_ENTITY, Shown(page)).into_response()
}

fn too_long(shell: &Shell, lines: &Lines, record: &MeetingRecord) -> Option<String> {
    if record.drafts.len() > MOST_DECISIONS {
        return Some(shell.trn("registration-too-many-decisions", "limit", MOST_DECISIONS));
    }
    (lines.text.len() > MOST_CARRIED_BYTES)
        .then(|| shell.tr("registration-record-too-long").into_owned())
}

async fn register(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    form: CsrfMultipart,
) -> Result<Response, Problem> {
    may_register(&site, &session)?;
    let sent = Sent::receive(form).await?;
    let ground = Ground::of(&site, shell.lang())?;
    let lost = sent.one("lost").split(',').filter_map(|row| row.parse().ok()).collect();
    let lines = Lines { text: sent.one("text").to_owned(), lost_numbers: lost };
    let record = meeting_record::of_text(&lines, &ground.against());
    let record = record.ok().filter(|record| too_long(&shell, &lines, record).is_none());
    let record = record.ok_or(Problem::Malformed)?;
    let typed = Typed::of_form(&sent);
    let (tasks, wrong) = tasks(&ground, &record, &typed);
    if wrong > 0 {
        let next = shell.trn("registration-errors-left", "n", wrong);
        return Ok(preview(&ground, shell, &lines, &record, &typed, Some(next)));
    }
    match file(&site, &session, &sent, &tasks).await {
        Ok(registered) => {
            let first = registered.matters.first().map_or("", |(_, number)| number.as_str());
            Ok(Redirect::to(&format!("/supervision/{first}")).into_response())
        }
        Err(error) => {
            let next = refusal_words(&site.app, shell.lang(), &refusal_of(error)?);
            Ok(preview(&ground, shell, &lines, &record, &typed, Some(next)))
        }
    }
}

/// What stands in the fields of the preview: first what the record says, then
/// what was made of it.
struct Typed {
    values: Vec<(String, String)>,
    /// By row; those left out are not here.
    rows: BTreeMap<u64, TypedRow>,
    /// Whether somebody has looked at it: only then is an empty field a choice.
    is_seen: bool,
}

#[derive(Clone, Default)]
struct TypedRow {
    lead: String,
    co: String,
    due: String,
    class: String,
}

impl Typed {
    fn of_form(sent: &Sent) -> Self {
        let row = |row: u64| TypedRow {
            lead: sent.one(&format!("lead-{row}")).to_owned(),
            co: sent.one(&format!("co-{row}")).to_owned(),
            due: sent.one(&format!("due-{row}")).to_owned(),
            class: sent.one(&format!("class-{row}")).to_owned(),
        };
        let kept = sent.with_prefix("keep-").filter_map(|(at, _)| at.parse().ok());
        let rows = kept.map(|at| (at, row(at))).collect();
        // The fields of rows left out are kept by the page as the record has them.
        Self { values: sent.values(), rows, is_seen: true }
    }

    fn of_record(record: &MeetingRecord, command: &str) -> Self {
        let head = &record.head;
        let some = |name: &str, value: &Option<String>| {
            (name.to_owned(), value.clone().unwrap_or_default())
        };
        let values = vec![
            ("command".to_owned(), command.to_owned()),
            some(
                "title",
                &head.title.as_deref().map(decisions_of).or_else(|| head.session.clone()),
            ),
            some("basis", &head.session),
            some("approver", &head.chair),
            ("source".to_owned(), Source::Meeting.code().to_owned()),
        ];
        let rows = record.drafts.iter().map(|draft| (draft.row, TypedRow::default())).collect();
        Self { values, rows, is_seen: false }
    }

    fn value(&self, name: &str) -> &str {
        let found = self.values.iter().find(|(field, _)| field == name);
        found.map_or("", |(_, value)| value.trim())
    }
}

/// What a record of a meeting is a record of.
fn decisions_of(title: &str) -> String {
    title.strip_suffix("纪要").map_or_else(|| title.to_owned(), |of| format!("{of}议定事项"))
}

/// One decision as it would be registered, with what is wrong or doubtful.
struct Understood {
    units: Units,
    class: Class,
    due: Option<Date>,
    /// What stands in its fields.
    typed: TypedRow,
    troubles: Vec<Trouble>,
}

/// Troubles of the record's words that what is typed in the fields settles.
const fn is_settled_by_fields(trouble: &Trouble) -> bool {
    matches!(
        trouble,
        Trouble::UnitUnknown { .. }
            | Trouble::UnitAmbiguous { .. }
            | Trouble::UnitTwice { .. }
            | Trouble::TooManyUnits { .. }
            | Trouble::SeveralLeadUnits { .. }
            | Trouble::DayUnreadable { .. }
            | Trouble::NoSuchDay { .. }
            | Trouble::DuePast { .. }
            | Trouble::DueDayOff { .. }
            | Trouble::DueYearUnknown { .. }
            | Trouble::ClassUnknown { .. }
            | Trouble::NotFound { .. }
    )
}

impl Understood {
    /// As the words of the record say.
    fn of_words(ground: &Ground, record: &MeetingRecord, draft: &Draft) -> Self {
        let troubles: Vec<Trouble> =
            record.problems_of(draft.row).map(|problem| problem.trouble.clone()).collect();
        let mut unknown = troubles.iter().filter_map(|trouble| match trouble {
            Trouble::UnitUnknown { written, .. } | Trouble::UnitAmbiguous { written, .. } => {
                Some(written.clone())
            }
            _ => None,
        });
        let lead = draft.units.lead.as_ref().map(|code| ground.unit(code));
        let lead = lead.or_else(|| unknown.next()).unwrap_or_default();
        let co = draft.units.others.iter().map(|code| ground.unit(code)).chain(unknown);
        let co = co.collect::<Vec<_>>().join(&ground.lang.tr("registration-and"));
        let due = draft.due.as_ref().map(|due| due.date);
        let class = draft.class.code().to_owned();
        let typed =
            TypedRow { lead, co, due: due.map(|due| due.to_string()).unwrap_or_default(), class };
        Self { units: draft.units.clone(), class: draft.class, due, typed, troubles }
    }

    /// As the fields say, with what of the record's words they do not settle.
    fn of_fields(ground: &Ground, record: &MeetingRecord, draft: &Draft, typed: &TypedRow) -> Self {
        let of_words = record.problems_of(draft.row).map(|problem| &problem.trouble);
        let mut troubles: Vec<Trouble> =
            of_words.filter(|trouble| !is_settled_by_fields(trouble)).cloned().collect();
        let (units, wrong) = ground.names().read(&typed.lead, &typed.co);
        troubles.extend(wrong.into_iter().map(|(_, trouble)| trouble));
        let mut due = None;
        if !typed.due.is_empty() {
            match typed_due(&typed.due, &ground.against()) {
                Ok((day, beside)) => {
                    due = day.map(|day| day.date);
                    troubles.extend(beside);
                }
                Err(trouble) => troubles.push(trouble),
            }
        }
        let class = CLASSES.into_iter().find(|class| class.code() == typed.class);
        if class.is_none() {
            troubles.push(Trouble::ClassUnknown { written: typed.class.clone() });
        }
        Self { units, class: class.unwrap_or_default(), due, typed: typed.clone(), troubles }
    }

    fn errors(&self) -> usize {
        self.troubles.iter().filter(|trouble| is_error(trouble)).count()
    }
}

fn is_error(trouble: &Trouble) -> bool {
    trouble.severity() == bihuan_domain::playbook::Severity::Error
}

const CLASSES: [Class; 3] = [Class::Ordinary, Class::Major, Class::Continuing];

/// The meeting and its parts, wholes first, and how much is wrong.
fn tasks(ground: &Ground, record: &MeetingRecord, typed: &Typed) -> (Vec<Task>, usize) {
    let source = source_of(typed.value("source")).unwrap_or(SOURCES[0]);
    let some = |name: &str| Some(typed.value(name).to_owned()).filter(|value| !value.is_empty());
    let mut wrong = general(record).filter(|trouble| is_error(trouble)).count();
    let mut parts = Vec::new();
    for draft in &record.drafts {
        let Some(row) = typed.rows.get(&draft.row) else { continue };
        let understood = Understood::of_fields(ground, record, draft, row);
        wrong += understood.errors();
        parts.push((draft, understood));
    }
    let (lead, wrong_lead) = ground.typed_unit(typed.value("whole_lead"));
    wrong += usize::from(parts.is_empty() || some("title").is_none());
    wrong += usize::from(wrong_lead.is_some());
    let last = parts.iter().filter_map(|(_, understood)| understood.due).max();
    let mut tasks = vec![Task {
        basis: some("basis"),
        approver: some("approver"),
        lead,
        ..Task::over(typed.value("title"), source, last)
    }];
    let mut placed: BTreeMap<u64, usize> = BTreeMap::new();
    for (draft, understood) in parts {
        let whole = above(record, draft).find_map(|row| placed.get(&row).copied());
        placed.insert(draft.row, tasks.len());
        tasks.push(Task {
            urgency: urgency_of(understood.class),
            basis: some("basis"),
            approver: some("approver"),
            official: draft.official.clone(),
            person: draft.person.clone(),
            lead: understood.units.lead,
            co: understood.units.others.into_iter().collect(),
            due: understood.due,
            whole: Whole::Task(whole.unwrap_or(0)),
            ..Task::new(&draft.task, source)
        });
    }
    (tasks, wrong)
}

/// The rows a decision stands below, the nearest first: where one is left out,
/// its parts go to the next.
fn above<'a>(record: &'a MeetingRecord, draft: &Draft) -> impl Iterator<Item = u64> + 'a {
    let parent = |row: u64| {
        record.drafts.iter().find(|found| found.row == row).and_then(|found| found.parent_row)
    };
    std::iter::successors(draft.parent_row, move |row| parent(*row))
}

/// What is wrong with the record as a whole, and with lines that are no
/// decisions.
fn general(record: &MeetingRecord) -> impl Iterator<Item = &Trouble> {
    let is_decision = |row: u64| record.drafts.iter().any(|draft| draft.row == row);
    let whole = record
        .problems
        .iter()
        .filter(move |problem| problem.row.is_none_or(|row| !is_decision(row)));
    whole.map(|problem| &problem.trouble)
}

fn preview(
    ground: &Ground,
    shell: Shell,
    lines: &Lines,
    record: &MeetingRecord,
    typed: &Typed,
    refused: Option<String>,
) -> Response {
    let lang = shell.lang();
    let mut errors = Vec::new();
    if typed.is_seen && typed.value("title").is_empty() {
        let name = lang.tr("registration-meeting").into_owned();
        errors.push(("title".to_owned(), lang.trn("draft-blank", "field", name)));
    }
    let wrong_lead = ground.typed_unit(typed.value("whole_lead")).1;
    errors.extend(wrong_lead.map(|words| ("whole_lead".to_owned(), words)));
    let entered = Entered { values: typed.values.clone(), errors };
    let sources =
        SOURCES.iter().map(|one| Choice::new(one.code(), lang.code_of("source", one.code())));
    let mut general: Vec<Said> = general(record).map(|trouble| said(lang, trouble)).collect();
    if typed.is_seen && typed.rows.is_empty() {
        let words = lang.tr("registration-no-task").into_owned();
        general.push(Said { is_error: true, words, mend: None });
    }
    let can_never = record.marking().is_some() || record.drafts.is_empty();
    let again = vec![("pasted".to_owned(), lines.text.clone())];
    let again = start_form(lang, &Entered { values: again, errors: Vec::new() });
    let status = match refused {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    let page = RecordPreview {
        command: typed.value("command").to_owned(),
        text: lines.text.clone(),
        lost: lines.lost_numbers.iter().map(u64::to_string).collect::<Vec<_>>().join(","),
        meeting: meeting_fields(lang, sources.collect(), &entered),
        general,
        decisions: record
            .drafts
            .iter()
            .map(|draft| decision(ground, record, draft, typed))
            .collect(),
        units: ground.names().shown().map(str::to_owned).collect(),
        others: record.others.iter().map(|other| other.text.clone()).collect(),
        may_file: !can_never,
        refused: refused.map(|next| not_registered(&shell, next)),
        again,
        shell,
    };
    (status, Shown(page)).into_response()
}

fn said(lang: Lang, trouble: &Trouble) -> Said {
    Said { is_error: is_error(trouble), words: say(lang, trouble), mend: None }
}

fn decision(ground: &Ground, record: &MeetingRecord, draft: &Draft, typed: &Typed) -> Decision {
    let lang = ground.lang;
    let understood = match typed.rows.get(&draft.row).filter(|_| typed.is_seen) {
        Some(row) => Understood::of_fields(ground, record, draft, row),
        None => Understood::of_words(ground, record, draft),
    };
    let class =
        |class: Class| Choice::new(class.code(), lang.code_of("urgency", urgency_of(class).code()));
    let labelled = |field: Field, value: &Option<String>| {
        let sentence = lang.say("registration-labelled").with("name", field_name(lang, field));
        Some(sentence.with("value", value.as_deref()?).to_string())
    };
    let people =
        [labelled(Field::Official, &draft.official), labelled(Field::Person, &draft.person)];
    let due_said = draft.due.as_ref().filter(|_| !typed.is_seen).and_then(|due| {
        let said = lang.say("registration-read-as").with("written", due.written.as_str());
        Some(said.with("how", read_as(lang, due.read_as)?).to_string())
    });
    let is_kept = typed.rows.contains_key(&draft.row);
    let troubles = understood.troubles.iter().filter(|_| is_kept);
    Decision {
        row: draft.row,
        depth: u8::try_from(above(record, draft).take(4).count()).unwrap_or_default(),
        number: draft.number.clone().unwrap_or_default(),
        title: draft.title.clone(),
        text: Some(draft.task.clone()).filter(|task| *task != draft.title),
        is_kept,
        lead: understood.typed.lead,
        co: understood.typed.co,
        due: understood.typed.due,
        due_said,
        class: understood.typed.class,
        classes: CLASSES.into_iter().map(class).collect(),
        people: people.into_iter().flatten().collect(),
        said: troubles.map(|trouble| said(lang, trouble)).collect(),
    }
}
