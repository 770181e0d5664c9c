//! `GET` and `POST /supervision/new`: one task by a form. What is only doubtful
//! is shown once and may then be sent as it is.

use axum::Router;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use bihuan_app::Error;
use bihuan_app::commands::Session;
use bihuan_documents::draft::{Field, Trouble, typed_due};
use bihuan_domain::marking::Marking;
use bihuan_domain::matter::{Burden, Urgency};
use bihuan_domain::refusal::Reason;
use serde::Deserialize;

use super::super::burden;
use super::filing::{SOURCES, Task, Whole, file, source_of};
use super::ground::Ground;
use super::sent::Sent;
use super::{may_register, not_registered, refusal_of};
use crate::csrf::CsrfForm;
use crate::i18n::Key;
use crate::pages::desk::registration::trouble::say;
use crate::pages::desk::registration::{Offered, TaskPage, task_form};
use crate::problem::Problem;
use crate::routes::page::Shown;
use crate::routes::site::{SignedIn, Site, refusal_words};
use crate::shell::Shell;
use crate::view::field::Choice;
use crate::view::form::Entered;

pub(super) fn routes() -> Router<Site> {
    Router::new().route("/supervision/new", get(blank).post(register))
}

#[derive(Default, Deserialize)]
struct Asked {
    /// The number of the task this one becomes a part of.
    #[serde(default)]
    part_of: String,
}

async fn blank(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    may_register(&site, &session)?;
    let ground = Ground::of(&site, shell.lang())?;
    let values = vec![("part_of".to_owned(), asked.part_of)];
    let entered = Entered { values, errors: Vec::new() };
    let command = site.new_command();
    let mut page = page(&ground, shell, &command, &entered);
    burden::tell_of(&site.app, Burden::Demands, page.shell.lang(), &mut page.form).await?;
    Ok(Shown(page).into_response())
}

fn page(ground: &Ground, shell: Shell, command: &str, entered: &Entered) -> TaskPage {
    let lang = shell.lang();
    let source = |one: &bihuan_domain::matter::Source| {
        Choice::new(one.code(), lang.code_of("source", one.code()))
    };
    let kind = |one: &Urgency| Choice::new(one.code(), lang.code_of("urgency", one.code()));
    let offered = Offered {
        units: ground.unit_choices(),
        sources: SOURCES.iter().map(source).collect(),
        kinds: ground.kinds.iter().map(kind).collect(),
        duties: ground.duties.clone(),
    };
    let form = task_form(lang, command, offered, entered);
    TaskPage { form, doubts: Vec::new(), refused: None, shell }
}

async fn register(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    form: CsrfForm<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    may_register(&site, &session)?;
    let ground = Ground::of(&site, shell.lang())?;
    let sent = Sent::typed(form.into_inner());
    let mut read = Read::of(&ground, &sent);
    read.whole(&site, &session, &sent, &shell).await?;
    let command = sent.one("command").to_owned();
    let entered = Entered { values: sent.values(), errors: std::mem::take(&mut read.errors) };
    if !entered.errors.is_empty() {
        let next = shell.tr("registration-mend").into_owned();
        return Ok(again(&ground, shell, &command, &entered, next));
    }
    if !read.doubts.is_empty() && sent.one("seen_doubts") != read.doubts.join("\n") {
        let mut page = page(&ground, shell, &command, &entered);
        page.form = page.form.with("seen_doubts", read.doubts.join("\n"));
        page.doubts = read.doubts;
        return Ok(Shown(page).into_response());
    }
    match file(&site, &session, &sent, std::slice::from_ref(&read.task)).await {
        Ok(registered) => {
            let number = registered.matters.first().map_or("", |(_, number)| number.as_str());
            Ok(Redirect::to(&format!("/m/{number}")).into_response())
        }
        Err(error) => {
            let refusal = refusal_of(error)?;
            let sentence = refusal_words(&site.app, shell.lang(), &refusal);
            let at = field_of(refusal.reason, &sent);
            let errors = at.map(|field| (field, sentence.clone())).into_iter().collect();
            let entered = Entered { errors, ..entered };
            Ok(again(&ground, shell, &command, &entered, sentence))
        }
    }
}

fn again(
    ground: &Ground,
    shell: Shell,
    command: &str,
    entered: &Entered,
    next: String,
) -> Response {
    let refused = not_registered(&shell, next);
    let mut page = page(ground, shell, command, entered);
    page.refused = Some(refused);
    (StatusCode::UNPROCESSABLE_ENTITY, Shown(page)).into_response()
}

/// The field a refusal is about.
fn field_of(reason: Reason, sent: &Sent) -> Option<String> {
    let field = match reason {
        Reason::WordsNeeded => "words",
        Reason::SameUnit => "co",
        Reason::UnknownUnit => "lead",
        Reason::DueInPast | Reason::DueNeeded => "due_on",
        Reason::KindNotInRegime => "urgency",
        Reason::WholeIsOver => "part_of",
        Reason::Classified => {
            let marked = sent.fields.iter().find(|(_, value)| Marking::of(value).is_marked());
            return marked.map(|(name, _)| name.clone());
        }
        _ => return None,
    };
    Some(field.to_owned())
}

/// What was typed, as it is understood.
struct Read {
    task: Task,
    errors: Vec<(String, String)>,
    doubts: Vec<String>,
}

impl Read {
    fn of(ground: &Ground, sent: &Sent) -> Self {
        let lang = ground.lang;
        let mut errors = Vec::new();
        let mut doubts = Vec::new();
        let mut error = |field: &str, words: String| errors.push((field.to_owned(), words));
        let needed = |Key(key): Key| lang.trn("draft-blank", "field", lang.tr(key).into_owned());
        let words = sent.one("words");
        if words.is_empty() {
            error("words", needed(Key("field-task")));
        }
        let source = source_of(sent.one("source"));
        if source.is_none() {
            error("source", needed(Key("registration-source")));
        }
        let mut task = Task::new(words, source.unwrap_or(SOURCES[0]));
        match Urgency::from_code(sent.one("urgency")) {
            Some(urgency) if ground.kinds.contains(&urgency) => task.urgency = urgency,
            _ => error("urgency", needed(Key("registration-class"))),
        }
        let (units, troubles) = ground.names().read(sent.one("lead"), sent.one("co"));
        for (field, trouble) in troubles {
            let name = if field == Field::LeadUnit { "lead" } else { "co" };
            error(name, say(lang, &trouble));
        }
        task.lead = units.lead;
        task.co = units.others.into_iter().collect();
        if let Some(written) = sent.some("due_on") {
            match typed_due(&written, &ground.against()) {
                Ok((due, troubles)) => {
                    task.due = due.map(|due| due.date);
                    for trouble in troubles {
                        match trouble {
                            Trouble::DuePast { .. } => error("due_on", say(lang, &trouble)),
                            _ => doubts.push(say(lang, &trouble)),
                        }
                    }
                }
                Err(trouble) => error("due_on", say(lang, &trouble)),
            }
        }
        for (_, text) in &sent.fields {
            if let Marking::Bare(word) = Marking::of(text) {
                doubts.push(say(lang, &Trouble::BareWord { word }));
            }
        }
        doubts.dedup();
        task.goal = sent.some("goal");
        task.basis = sent.some("basis");
        task.approver = sent.some("approver");
        task.official = sent.some("official");
        task.person = sent.some("person");
        task.duty = sent.some("duty");
        Self { task, errors, doubts }
    }

    async fn whole(
        &mut self,
        site: &Site,
        session: &Session,
        sent: &Sent,
        shell: &Shell,
    ) -> Result<(), Problem> {
        let Some(number) = sent.some("part_of") else { return Ok(()) };
        match site.app.matter(&session.caller, &number).await {
            Ok(view) => self.task.whole = Whole::Matter(view.matter.id),
            Err(Error::NotFound) => {
                let words = shell.trn("registration-no-such-whole", "number", number);
                self.errors.push(("part_of".to_owned(), words));
            }
            Err(other) => return Err(crate::routes::site::problem(other)),
        }
        Ok(())
    }
}
