//! `/supervision/batch` and `/rectification/batch`: one step on several matters,
//! each by its own command, so that one refusal does not undo the others.

use axum::extract::{Query, State};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use bihuan_app::commands::{Session, Submission};
use bihuan_app::queries::MatterView;
use bihuan_app::{Composer, Error, Sender};
use bihuan_domain::matter::{Command, ContentTag, Step};
use bihuan_domain::refusal::{Reason, Refusal};

use super::told::{Told, title};
use crate::csrf::CsrfForm;
use crate::i18n::{Key, Lang};
use crate::pages::desk::batch::{Batch, BatchLine};
use crate::problem::Problem;
use crate::routes::page::Shown;
use crate::routes::site::{SignedIn, Site, command_id, problem};
use crate::shell::Shell;
use crate::view::field::Field;

/// Steps that need nothing but a word about them.
pub(super) const STEPS: [Step; 4] =
    [Step::ApproveFiling, Step::Urge, Step::SignSlip, Step::StrikeOff];
/// Matters of one batch.
const MOST: usize = 50;

type Fields = Vec<(String, String)>;

fn one<'a>(fields: &'a Fields, name: &str) -> &'a str {
    fields.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.trim())
}

fn all<'a>(fields: &'a Fields, name: &'static str) -> impl Iterator<Item = &'a str> {
    fields.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.as_str())
}

fn step_of(fields: &Fields) -> Result<Step, Problem> {
    let step = Step::from_code(one(fields, "step")).filter(|step| STEPS.contains(step));
    step.ok_or(Problem::NotFound)
}

pub(super) async fn ask(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    uri: Uri,
    Query(fields): Query<Fields>,
) -> Result<Response, Problem> {
    let step = step_of(&fields)?;
    let lang = shell.lang();
    let mut lines = Vec::new();
    for number in all(&fields, "pick").take(MOST) {
        let view = site.app.matter(&session.caller, number).await.map_err(problem)?;
        let choice = view.choices.iter().find(|choice| choice.step == step);
        let verdict = choice.map_or_else(
            || Err(Refusal::new(Reason::NotYourRole)),
            |choice| choice.verdict.clone(),
        );
        lines.push(BatchLine {
            title: title(view.words()).unwrap_or_else(|| number.to_owned()),
            stage: lang.code_of("stage", view.matter.stage.code()).into_owned(),
            why_not: verdict.err().map(|refusal| why_not(&site, lang, &view, &refusal)),
            command: site.new_command(),
            number: number.to_owned(),
        });
    }
    Ok(Shown(page(shell, uri.path(), step, lines, None)).into_response())
}

pub(super) async fn take(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    uri: Uri,
    form: CsrfForm<Fields>,
) -> Result<Response, Problem> {
    let fields = form.into_inner();
    let step = step_of(&fields)?;
    let lang = shell.lang();
    let picked: Vec<(&str, &str)> =
        all(&fields, "pick").zip(all(&fields, "command")).take(MOST).collect();
    let mut lines = Vec::with_capacity(picked.len());
    for (number, command) in picked {
        let view = site.app.matter(&session.caller, number).await.map_err(problem)?;
        let outcome =
            act(&site, &session, &view.matter, step, command, one(&fields, "words")).await;
        let (stage, why_not) = match outcome {
            Ok(stage) => (stage, None),
            Err(Error::Refused(refusal)) => {
                let why = why_not(&site, lang, &view, &refusal);
                (view.matter.stage.code().to_owned(), Some(why))
            }
            Err(fault) => return Err(problem(fault)),
        };
        lines.push(BatchLine {
            title: title(view.words()).unwrap_or_else(|| number.to_owned()),
            stage: lang.code_of("stage", &stage).into_owned(),
            why_not,
            command: command.to_owned(),
            number: number.to_owned(),
        });
    }
    let refused = lines.iter().any(|line| line.why_not.is_some());
    let done = lines.iter().filter(|line| line.why_not.is_none()).count();
    let said = lang.trn("batch-done", "n", done);
    let status = if refused { StatusCode::CONFLICT } else { StatusCode::OK };
    Ok((status, Shown(page(shell, uri.path(), step, lines, Some(said)))).into_response())
}

fn why_not(site: &Site, lang: Lang, view: &MatterView, refusal: &Refusal) -> String {
    Told { app: &site.app, view, lang }.refusal(refusal, |_| None)
}

async fn act(
    site: &Site,
    session: &Session,
    matter: &bihuan_domain::matter::Matter,
    step: Step,
    command: &str,
    words: &str,
) -> Result<String, Error> {
    let mut composed = Composer::new(&site.app);
    let asked = match step {
        Step::ApproveFiling => {
            let reason = composed.optional(ContentTag::Note, words)?;
            Command::ApproveFiling { approve: true, document: None, reason }
        }
        Step::Urge => Command::Urge { words: composed.words(ContentTag::Note, words)? },
        Step::SignSlip => Command::SignSlip,
        _ => Command::StrikeOff { note: composed.optional(ContentTag::Note, words)? },
    };
    composed.push(asked);
    let submission = Submission {
        sender: Sender::new(command_id(&site.app, command), [step.code(), words]),
        caller: session.caller.clone(),
        matter: matter.id,
        seen: None,
        composed,
    };
    Ok(site.app.act(submission).await?.stage)
}

fn page(
    shell: Shell,
    path: &str,
    step: Step,
    lines: Vec<BatchLine>,
    done: Option<String>,
) -> Batch {
    let lang = shell.lang();
    let desk = if path.starts_with("/rectification") {
        (Key("nav-rectification"), "/rectification")
    } else {
        (Key("nav-supervision"), "/supervision")
    };
    Batch {
        desk: (lang.tr(desk.0.0).into_owned(), desk.1.to_owned()),
        step: (
            lang.code_of("step", step.code()).into_owned(),
            lang.code_of("step-means", step.code()).into_owned(),
        ),
        code: step.code(),
        action: path.to_owned(),
        words: words(lang, step),
        lines,
        done,
        shell,
    }
}

fn words(lang: Lang, step: Step) -> Option<Field> {
    let field = |key: Key| Field::area("words", lang.tr(key.0), 3).max_length(2_000);
    match step {
        Step::Urge => Some(field(Key("field-words"))),
        Step::SignSlip => None,
        _ => Some(field(Key("field-note")).optional()),
    }
}
