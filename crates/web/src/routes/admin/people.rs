//! `/admin/people`: accounts, leaving, one-time passwords.

use axum::Router;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use bihuan_app::access::{Admin, may};
use bihuan_app::commands::{NewPerson, NewPost};
use bihuan_app::queries::admin::{PersonLine, PostLine, WouldLeave};
use bihuan_domain::access::Role;
use bihuan_domain::ids::{PersonId, UnitCode};
use bihuan_domain::refusal::{Reason, Refusal};

use super::{
    Again, Asked, POSTS, Sent, Visit, done, entered, given_by, pages, post_words, role_choice,
    shown, unit_choices,
};
use crate::csrf::CsrfForm;
use crate::pages::admin::Section;
use crate::pages::admin::people::{
    Leave, LeaveSure, OpenWork, People, PersonRow, Reset, Standing, add_form, filter_form,
    import_form, leave_form, reset_form, sure_form,
};
use crate::problem::Problem;
use crate::routes::page::Shown;
use crate::routes::site::{Site, problem};
use crate::view::field::Choice;
use crate::view::form::Entered;

pub(super) fn routes() -> Router<Site> {
    Router::new()
        .route("/admin/people", get(list).post(add))
        .route("/admin/people/{id}/leave", get(ask_leave).post(leave))
        .route("/admin/people/{id}/password", get(ask_reset).post(reset))
}

async fn list(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Problem> {
    page(visit, &asked, None).await
}

pub(super) async fn page(
    visit: Visit,
    asked: &Asked,
    again: Option<Again>,
) -> Result<Response, Problem> {
    let lang = visit.lang();
    let again = again.as_ref();
    let frame = visit.frame(Section::People, asked, again)?;
    let found = visit
        .site
        .app
        .people(&visit.session.caller, &asked.words, &asked.in_unit, &asked.after)
        .await
        .map_err(problem)?;
    let keeps = may(visit.session.caller.role(), Admin::KeepPeople);
    let units = || unit_choices(&visit.site, lang);
    let roles = given_by(&visit.site, &visit.session).into_iter();
    let roles = roles.map(|role| role_choice(lang, role)).collect();
    let filtered = Entered {
        values: vec![
            ("words".to_owned(), asked.words.clone()),
            ("in_unit".to_owned(), asked.in_unit.clone()),
        ],
        errors: Vec::new(),
    };
    let add =
        add_form(lang, units(), roles, &entered(again)).with("command", visit.site.new_command());
    let page = People {
        filters: filter_form(lang, "/admin/people", units(), &filtered),
        people: found.people.iter().map(|line| row(&visit, line)).collect(),
        pages: pages(Section::People, asked, found.next.as_deref()),
        add: keeps.then_some(add),
        import: keeps.then(|| import_form(lang)),
        may_reset: may(visit.session.caller.role(), Admin::ResetPasswords),
        frame,
        shell: visit.shell,
    };
    Ok(shown(page, again))
}

fn row(visit: &Visit, line: &PersonLine) -> PersonRow {
    let lang = visit.lang();
    PersonRow {
        may_leave: visit.site.app.may_leave(&visit.session.caller, line),
        id: line.id.to_string(),
        name: line.name.clone(),
        account: line.login.clone(),
        posts: line.posts.iter().map(|post| post_words(lang, post)).collect(),
        standing: match (line.has_left, line.is_invited) {
            (true, _) => Standing::Left,
            (false, true) => Standing::Invited,
            (false, false) => Standing::Active,
        },
    }
}

async fn add(visit: Visit, form: CsrfForm<Sent>) -> Result<Response, Problem> {
    let sent = form.into_inner();
    let password = visit.site.app.one_time_password();
    let mut is_invited = false;
    let added = match new_person(&sent, &password) {
        Ok(person) => {
            is_invited = person.password.is_some();
            visit
                .site
                .app
                .add_people(&visit.session.caller, sent.command(&visit.site), vec![person])
                .await
        }
        Err(refusal) => Err(refusal.into()),
    };
    match sent.or_again(added)? {
        Ok(ids) => {
            let id = ids.first().copied().ok_or(Problem::NotFound)?;
            if !is_invited {
                return Ok(done(Section::People, "person-added", 1));
            }
            once(visit, id, Some(password)).await
        }
        Err(again) => page(visit, &Asked::default(), Some(again)).await,
    }
}

/// Without a post there is no password either: the security administrator gives
/// both, so that nobody knows a password to an account entrusted with more.
fn new_person(sent: &Sent, password: &str) -> Result<NewPerson, Refusal> {
    let posts = match sent.one("role") {
        "" => Vec::new(),
        role => {
            let role = Role::from_code(role)
                .filter(|role| POSTS.contains(role))
                .ok_or_else(|| Refusal::new(Reason::FieldNeeded).with("field", "role"))?;
            vec![NewPost { role, unit: UnitCode::new(sent.needed("unit")?), grid: None }]
        }
    };
    Ok(NewPerson {
        login: sent.needed("account")?.to_owned(),
        name: sent.needed("name")?.to_owned(),
        phone: None,
        password: (!posts.is_empty()).then(|| password.to_owned()),
        must_change: true,
        posts,
    })
}

/// The page that shows a one-time password, or asks before giving one.
async fn once(visit: Visit, id: PersonId, one_time: Option<String>) -> Result<Response, Problem> {
    let frame = visit.frame(Section::People, &Asked::default(), None)?;
    let person = visit.site.app.person(&visit.session.caller, id).await.map_err(problem)?;
    let form = reset_form(visit.lang(), &id.to_string()).with("command", visit.site.new_command());
    let page = Reset {
        name: person.name,
        account: person.login,
        form,
        one_time,
        frame,
        shell: visit.shell,
    };
    Ok(Shown(page).into_response())
}

fn person_id(text: &str) -> Result<PersonId, Problem> {
    text.parse().map_err(|_| Problem::NotFound)
}

async fn ask_reset(visit: Visit, Path(id): Path<String>) -> Result<Response, Problem> {
    if !may(visit.session.caller.role(), Admin::ResetPasswords) {
        return Err(Problem::Forbidden);
    }
    once(visit, person_id(&id)?, None).await
}

async fn reset(
    visit: Visit,
    Path(id): Path<String>,
    form: CsrfForm<Sent>,
) -> Result<Response, Problem> {
    let sent = form.into_inner();
    let id = person_id(&id)?;
    let password = visit
        .site
        .app
        .reset_password(&visit.session.caller, sent.command(&visit.site), id)
        .await
        .map_err(problem)?;
    once(visit, id, Some(password)).await
}

async fn ask_leave(visit: Visit, Path(id): Path<String>) -> Result<Response, Problem> {
    leave_page(visit, &id, None).await
}

async fn leave_page(visit: Visit, id: &str, again: Option<Again>) -> Result<Response, Problem> {
    let lang = visit.lang();
    let again = again.as_ref();
    let frame = visit.frame(Section::People, &Asked::default(), again)?;
    let leaving =
        visit.site.app.leaving(&visit.session.caller, person_id(id)?).await.map_err(problem)?;
    let open = leaving.open.iter().filter(|work| work.open > 0).map(|work| OpenWork {
        what: lang.pick(&work.unit_name).to_owned(),
        count: work.open.unsigned_abs(),
    });
    let choice = |line: &PersonLine| {
        Choice::new(line.id.to_string(), format!("{} {}", line.name, line.login))
    };
    let people = leaving.successors.iter().map(choice).collect();
    let page = Leave {
        name: leaving.person.name.clone(),
        posts: leaving.person.posts.iter().map(|post| post_words(lang, post)).collect(),
        open: open.collect(),
        form: leave_form(lang, id, people, &entered(again))
            .with("command", visit.site.new_command()),
        frame,
        shell: visit.shell,
    };
    Ok(shown(page, again))
}

/// Asks once more, in words, before anything ends; does it when that is sent.
async fn leave(
    visit: Visit,
    Path(id): Path<String>,
    form: CsrfForm<Sent>,
) -> Result<Response, Problem> {
    let sent = form.into_inner();
    let person = person_id(&id)?;
    let successor = match sent.one("to") {
        "" => None,
        to => Some(person_id(to)?),
    };
    if sent.one("sure").is_empty() {
        let would = visit.site.app.would_leave(&visit.session.caller, person, successor).await;
        return match sent.or_again(would)? {
            Ok(would) => sure_page(visit, person, successor, &would).await,
            Err(again) => leave_page(visit, &id, Some(again)).await,
        };
    }
    let command = sent.command(&visit.site);
    let left = visit.site.app.leave(&visit.session.caller, command, person, successor).await;
    match sent.or_again(left)? {
        Ok(()) => Ok(done(Section::People, "person-left", 1)),
        Err(again) => leave_page(visit, &id, Some(again)).await,
    }
}

async fn sure_page(
    visit: Visit,
    person: PersonId,
    successor: Option<PersonId>,
    would: &WouldLeave,
) -> Result<Response, Problem> {
    let (lang, app, caller) = (visit.lang(), &visit.site.app, &visit.session.caller);
    let frame = visit.frame(Section::People, &Asked::default(), None)?;
    let name = app.person(caller, person).await.map_err(problem)?.name;
    let to = match successor {
        Some(successor) => Some(app.person(caller, successor).await.map_err(problem)?.name),
        None => None,
    };
    let words = |posts: &[PostLine]| -> Vec<String> {
        posts.iter().map(|post| post_words(lang, post)).collect()
    };
    let form = sure_form(lang, &person.to_string())
        .with("to", successor.map(|one| one.to_string()).unwrap_or_default())
        .with("command", visit.site.new_command());
    let page = LeaveSure {
        name,
        to,
        handed: words(&would.handed),
        ended: words(&would.ended),
        form,
        frame,
        shell: visit.shell,
    };
    Ok(Shown(page).into_response())
}
