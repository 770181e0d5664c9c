//! `/admin/playbook`: the versions, checking a new one, proposing it, and a
//! second person's approval.

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use axum::routing::{get, post};
use bihuan_app::Error;
use bihuan_app::commands::{Proposal, Proposed, Session};
use bihuan_app::queries::admin::{Examined, PlaybookState};
use bihuan_domain::playbook::model::{Playbook as Rules, Text};
use bihuan_domain::playbook::{ChangeKind as Kind, Source};
use bihuan_domain::refusal::{Reason, Refusal};
use jiff::civil::Date;

use super::{Again, Asked, Sent, day, done, entered, files, frame, shown};
use crate::csrf::{CsrfForm, CsrfMultipart};
use crate::i18n::{Key, Lang};
use crate::pages::admin::Section;
use crate::pages::admin::playbook::{
    Candidate, Change, ChangeKind, Fault, Playbook, RevertPlaybook, Version, approve_form,
    drop_form, propose_form, revert_form, upload_form,
};
use crate::problem::Problem;
use crate::routes::site::{SignedIn, Site, command_id, problem};
use crate::shell::Shell;
use crate::view::day::{Day, Mark};
use crate::view::form::{Entered, Form};

pub(super) fn routes() -> Router<Site> {
    Router::new()
        .route("/admin/playbook", get(list))
        .route("/admin/playbook/approve", post(approve))
        .route("/admin/playbook/drop", post(drop_proposal))
        .route("/admin/playbook/{version}/revert", get(ask_revert).post(revert))
}

pub(super) fn uploads() -> Router<Site> {
    Router::new()
        .route("/admin/playbook/check", post(check))
        .route("/admin/playbook/propose", post(propose))
}

async fn list(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    page(&site, &session, shell, &asked, None, None).await
}

/// The page, with files just checked instead of what is proposed if there are any.
async fn page(
    site: &Site,
    session: &Session,
    shell: Shell,
    asked: &Asked,
    checked: Option<Source>,
    again: Option<Again>,
) -> Result<Response, Problem> {
    let lang = shell.lang();
    let again = again.as_ref();
    let frame = frame(session, lang, Section::Playbook, asked, again)?;
    let state = site.app.playbook_state(&session.caller).await.map_err(problem)?;
    let candidate = match checked {
        Some(source) => {
            let examined = site.app.examine_playbook(&session.caller, &source).map_err(problem)?;
            let apply = examined.is_sound().then(|| {
                let files = serde_json::to_string(&source.files).unwrap_or_default();
                propose_form(lang, &files, &site.new_command(), &entered(again))
            });
            Some(candidate(lang, examined, None, apply, None))
        }
        None => waiting(site, session, &shell, &state).await?,
    };
    let rules = site.app.rules();
    let current = rules.in_force(site.app.now()).map_err(problem)?;
    let since = shell.day_words(&day(site, current.from).without_time());
    let say = lang
        .say("playbook-say")
        .with("version", &*current.playbook.version)
        .with("from", since)
        .to_string();
    let versions = state.versions.iter().map(|line| Version {
        version: line.version.clone(),
        from: day(site, line.from).without_time(),
        to: line.to.map(|to| day(site, to).without_time()),
        is_in_force: line.is_in_force,
        may_revert: line.may_revert && state.may_propose,
    });
    let page = Playbook {
        say,
        facts: facts(lang, &current.playbook),
        versions: versions.collect(),
        upload: state.may_propose.then(|| upload_form(lang)),
        candidate,
        frame,
        shell,
    };
    Ok(shown(page, again))
}

fn facts(lang: Lang, rules: &Rules) -> Vec<(String, String)> {
    let standing = if rules.official { Key("playbook-official") } else { Key("playbook-example") };
    vec![
        (lang.tr("playbook-fact-regimes").into_owned(), rules.regimes.len().to_string()),
        (lang.tr("playbook-fact-items").into_owned(), rules.items.len().to_string()),
        (lang.tr("playbook-fact-units").into_owned(), rules.units.len().to_string()),
        (lang.tr("playbook-fact-grids").into_owned(), rules.grids.len().to_string()),
        (lang.tr("playbook-fact-standing").into_owned(), lang.tr(standing.0).into_owned()),
    ]
}

/// What is proposed, with the form of whoever may approve it.
async fn waiting(
    site: &Site,
    session: &Session,
    shell: &Shell,
    state: &PlaybookState,
) -> Result<Option<Candidate>, Problem> {
    let Some(proposal) = &state.proposal else { return Ok(None) };
    let lang = shell.lang();
    let who = site.app.name_of(proposal.by).await.map_err(problem)?;
    let apply = state
        .may_approve
        .then(|| approve_form(lang, &proposal.id.to_string(), &site.new_command()));
    let is_own = proposal.by == Some(session.person);
    let drop = (is_own || state.may_approve).then(|| drop_form(lang));
    let examined = site.app.examine_proposal(state).unwrap_or_else(|| Examined {
        version: replaced_by(proposal),
        faults: Vec::new(),
        cases: Vec::new(),
        changes: Some(Vec::new()),
    });
    let words = match &proposal.what {
        Proposed::Version { from, .. } => lang
            .say("playbook-waiting")
            .with("who", who)
            .with("from", shell.day_words(&Day::on(*from, Mark::Plain)))
            .to_string(),
        Proposed::Revert { version, to } => lang
            .say("playbook-waiting-revert")
            .with("who", who)
            .with("version", &**version)
            .with("to", &**to)
            .to_string(),
    };
    Ok(Some(candidate(lang, examined, Some(words), apply, drop)))
}

fn replaced_by(proposal: &Proposal) -> String {
    match &proposal.what {
        Proposed::Version { version, .. } => version.clone(),
        Proposed::Revert { to, .. } => to.clone(),
    }
}

fn candidate(
    lang: Lang,
    examined: Examined,
    waiting: Option<String>,
    apply: Option<Form>,
    drop: Option<Form>,
) -> Candidate {
    let pick = |text: &Text| lang.pick(text).to_owned();
    let failed = examined.cases.iter().filter(|case| !case.holds()).flat_map(|case| {
        case.problems.iter().map(|one| format!("{}: {}", case.name, pick(&one.message)))
    });
    let changes = examined.changes.iter().flatten().map(|change| Change {
        kind: match change.kind {
            Kind::Added => ChangeKind::Added,
            Kind::Removed => ChangeKind::Removed,
            Kind::Changed => ChangeKind::Changed,
        },
        words: pick(&change.text),
    });
    let faults = examined.faults.iter().map(|one| Fault {
        file: one.file.clone(),
        line: one.line as u64,
        message: pick(&one.message),
        hint: pick(&one.hint),
        is_error: one.is_error(),
    });
    Candidate {
        version: examined.version.clone(),
        faults: faults.collect(),
        cases: examined.cases.len() as u64,
        failed: failed.collect(),
        changes: changes.collect(),
        waiting,
        apply,
        drop,
    }
}

async fn check(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    form: CsrfMultipart,
) -> Result<Response, Problem> {
    let files = files::read(form).await?;
    if files.is_empty() {
        let refusal = Refusal::new(Reason::FieldNeeded).with("field", "files");
        let again = Again { entered: Entered::default(), refusal };
        return page(&site, &session, shell, &Asked::default(), None, Some(again)).await;
    }
    let source = Source::new(
        files
            .into_iter()
            .map(|file| (path(&file.name), String::from_utf8_lossy(&file.bytes).into_owned())),
    );
    page(&site, &session, shell, &Asked::default(), Some(source), None).await
}

/// A folder chosen whole sends its own name before each file's path.
fn path(name: &str) -> String {
    let name = name.replace('\\', "/");
    match name.rfind("/cases/") {
        Some(at) => name[at + 1..].to_owned(),
        None => name.rsplit('/').next().unwrap_or_default().to_owned(),
    }
}

async fn propose(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    form: CsrfForm<Sent>,
) -> Result<Response, Problem> {
    let sent = form.into_inner();
    let files: Vec<(String, String)> =
        serde_json::from_str(sent.one("files")).map_err(|_| Problem::Malformed)?;
    let source = Source::new(files);
    let from = sent.one("from").parse::<Date>();
    let proposed = match from {
        Ok(from) => {
            site.app.propose_playbook(&session.caller, sent.command(&site), &source, from).await
        }
        Err(_) => Err(Refusal::new(Reason::FieldNeeded).with("field", "from").into()),
    };
    match proposed {
        Ok(()) => Ok(done(Section::Playbook, "proposed", 1)),
        Err(Error::Refused(refusal)) => {
            let again = Some(sent.again(refusal));
            page(&site, &session, shell, &Asked::default(), Some(source), again).await
        }
        Err(fault) => Err(problem(fault)),
    }
}

async fn approve(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    form: CsrfForm<Sent>,
) -> Result<Response, Problem> {
    let sent = form.into_inner();
    let proposal = command_id(&site.app, sent.one("proposal"));
    let command = sent.command(&site);
    match site.app.approve_playbook(&session.caller, command, proposal).await {
        Ok(()) => Ok(done(Section::Playbook, "approved", 1)),
        Err(Error::Refused(refusal)) => {
            let again = Some(sent.again(refusal));
            page(&site, &session, shell, &Asked::default(), None, again).await
        }
        Err(fault) => Err(problem(fault)),
    }
}

async fn drop_proposal(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    form: CsrfForm<Sent>,
) -> Result<Response, Problem> {
    let command = form.into_inner().command(&site);
    site.app.drop_proposal(&session.caller, command).await.map_err(problem)?;
    Ok(done(Section::Playbook, "dropped", 1))
}

async fn ask_revert(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    Path(version): Path<String>,
) -> Result<Response, Problem> {
    let lang = shell.lang();
    let frame = frame(&session, lang, Section::Playbook, &Asked::default(), None)?;
    let state = site.app.playbook_state(&session.caller).await.map_err(problem)?;
    if !state.versions.iter().any(|line| line.version == version && line.may_revert) {
        return Err(Problem::NotFound);
    }
    let form = revert_form(lang, &version).with("command", site.new_command());
    Ok(shown(RevertPlaybook { version, form, frame, shell }, None))
}

async fn revert(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    Path(_): Path<String>,
    form: CsrfForm<Sent>,
) -> Result<Response, Problem> {
    let command = form.into_inner().command(&site);
    site.app.propose_revert(&session.caller, command).await.map_err(problem)?;
    Ok(done(Section::Playbook, "proposed", 1))
}
