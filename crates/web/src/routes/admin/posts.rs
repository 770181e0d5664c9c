//! `/admin/posts`: given and taken by the security administrator, never to
//! oneself.

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use axum::routing::get;
use bihuan_app::Error;
use bihuan_app::commands::{NewPost, Session};
use bihuan_domain::access::Role;
use bihuan_domain::ids::{GridCode, PersonId, UnitCode};
use bihuan_domain::refusal::{Reason, Refusal};

use super::{
    Again, Asked, POSTS, Sent, area_name, day, done, entered, frame, grid_choices, pages,
    post_words, role_choice, shown, unit_choices,
};
use crate::csrf::CsrfForm;
use crate::pages::admin::Section;
use crate::pages::admin::posts::{Offered, PostRow, Posts, TakePost, give_form, take_form};
use crate::problem::Problem;
use crate::routes::site::{SignedIn, Site, problem};
use crate::shell::Shell;
use crate::view::field::Choice;

pub(super) fn routes() -> Router<Site> {
    Router::new()
        .route("/admin/posts", get(list).post(give))
        .route("/admin/posts/{id}/take", get(ask_take).post(take))
}

async fn list(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    page(&site, &session, shell, &asked, None).await
}

async fn page(
    site: &Site,
    session: &Session,
    shell: Shell,
    asked: &Asked,
    again: Option<Again>,
) -> Result<Response, Problem> {
    let lang = shell.lang();
    let again = again.as_ref();
    let frame = frame(session, lang, Section::Posts, asked, again)?;
    let found = site
        .app
        .people(&session.caller, "", &asked.in_unit, &asked.after)
        .await
        .map_err(problem)?;
    let posts = found.people.iter().flat_map(|person| {
        person.posts.iter().map(move |post| PostRow {
            id: post.id.clone(),
            person: person.name.clone(),
            account: person.login.clone(),
            role: lang.code_of("role", post.role.code()).into_owned(),
            unit: lang.pick(&post.unit_name).to_owned(),
            grid: post.grid.as_ref().map(|grid| area_name(site, lang, grid)),
            since: day(site, post.since).without_time(),
            is_own: person.id == session.person,
        })
    });
    let others = found.people.iter().filter(|one| one.id != session.person && !one.has_left);
    let people =
        others.map(|one| Choice::new(one.id.to_string(), format!("{} {}", one.name, one.login)));
    let offered = Offered {
        people: people.collect(),
        roles: POSTS.into_iter().map(|role| role_choice(lang, role)).collect(),
        units: unit_choices(site, lang),
        grids: grid_choices(site, lang),
    };
    let roles = POSTS.into_iter().map(|role| {
        let name = |family| lang.code_of(family, role.code()).into_owned();
        (name("role"), name("role-may"))
    });
    let give = give_form(lang, offered, &entered(again)).with("command", site.new_command());
    let page = Posts {
        posts: posts.collect(),
        pages: pages(Section::Posts, asked, found.next.as_deref()),
        give,
        roles: roles.collect(),
        frame,
        shell,
    };
    Ok(shown(page, again))
}

async fn give(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    form: CsrfForm<Sent>,
) -> Result<Response, Problem> {
    let sent = form.into_inner();
    let given = match new_post(&sent) {
        Ok((person, post)) => {
            site.app.grant_post(&session.caller, sent.command(&site), person, post).await
        }
        Err(refusal) => Err(refusal.into()),
    };
    match given {
        Ok(()) => Ok(done(Section::Posts, "post-given", 1)),
        Err(Error::Refused(refusal)) => {
            page(&site, &session, shell, &Asked::default(), Some(sent.again(refusal))).await
        }
        Err(fault) => Err(problem(fault)),
    }
}

fn new_post(sent: &Sent) -> Result<(PersonId, NewPost), Refusal> {
    let needed = |field| Refusal::new(Reason::FieldNeeded).with("field", field);
    let person = sent.needed("person")?.parse().map_err(|_| needed("person"))?;
    let role = Role::from_code(sent.needed("role")?).filter(|role| POSTS.contains(role));
    let role = role.ok_or_else(|| needed("role"))?;
    let grid = Some(sent.one("grid")).filter(|grid| !grid.is_empty()).map(GridCode::new);
    if grid.is_none() && matches!(role, Role::GridWorker | Role::GridLeader) {
        return Err(needed("grid"));
    }
    Ok((person, NewPost { role, unit: UnitCode::new(sent.needed("unit")?), grid }))
}

async fn ask_take(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let lang = shell.lang();
    let frame = frame(&session, lang, Section::Posts, &Asked::default(), None)?;
    let (person, post) = site.app.holder(&session.caller, &id).await.map_err(problem)?;
    let page = TakePost {
        person: person.name,
        post: post_words(lang, &post),
        form: take_form(lang, &id).with("command", site.new_command()),
        frame,
        shell,
    };
    Ok(shown(page, None))
}

async fn take(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    Path(id): Path<String>,
    form: CsrfForm<Sent>,
) -> Result<Response, Problem> {
    let sent = form.into_inner();
    let (person, _) = site.app.holder(&session.caller, &id).await.map_err(problem)?;
    if person.id == session.person {
        return Err(Problem::Forbidden);
    }
    let command = sent.command(&site);
    site.app.revoke_post(&session.caller, command, person.id, &id).await.map_err(problem)?;
    Ok(done(Section::Posts, "post-taken", 1))
}
