//! `/admin/posts`: given and taken by the security administrator, never to
//! oneself.

use axum::Router;
use axum::extract::{Path, Query};
use axum::response::Response;
use axum::routing::get;
use bihuan_app::commands::NewPost;
use bihuan_domain::access::Role;
use bihuan_domain::ids::{GridCode, PersonId, UnitCode};
use bihuan_domain::refusal::{Reason, Refusal};

use super::{
    Again, Asked, POSTS, Sent, Visit, area_name, day, done, entered, grid_choices, pages,
    post_words, role_choice, shown, unit_choices,
};
use crate::csrf::CsrfForm;
use crate::pages::admin::Section;
use crate::pages::admin::people::filter_form;
use crate::pages::admin::posts::{Offered, PostRow, Posts, TakePost, give_form, take_form};
use crate::problem::Problem;
use crate::routes::site::{Site, problem};
use crate::view::field::Choice;
use crate::view::form::Entered;

pub(super) fn routes() -> Router<Site> {
    Router::new()
        .route("/admin/posts", get(list).post(give))
        .route("/admin/posts/{id}/take", get(ask_take).post(take))
}

async fn list(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Problem> {
    page(visit, &asked, None).await
}

async fn page(visit: Visit, asked: &Asked, again: Option<Again>) -> Result<Response, Problem> {
    let (lang, site, session) = (visit.lang(), &visit.site, &visit.session);
    let again = again.as_ref();
    let frame = visit.frame(Section::Posts, asked, again)?;
    let found = visit
        .site
        .app
        .people(&visit.session.caller, &asked.words, &asked.in_unit, &asked.after)
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
    let filtered = Entered {
        values: vec![
            ("words".to_owned(), asked.words.clone()),
            ("in_unit".to_owned(), asked.in_unit.clone()),
        ],
        errors: Vec::new(),
    };
    let give = give_form(lang, offered, &entered(again))
        .with("words", asked.words.as_str())
        .with("in_unit", asked.in_unit.as_str())
        .with("after", asked.after.as_str())
        .with("command", visit.site.new_command());
    let page = Posts {
        filters: filter_form(lang, "/admin/posts", unit_choices(site, lang), &filtered),
        posts: posts.collect(),
        pages: pages(Section::Posts, asked, found.next.as_deref()),
        give,
        roles: roles.collect(),
        frame,
        shell: visit.shell,
    };
    Ok(shown(page, again))
}

async fn give(visit: Visit, form: CsrfForm<Sent>) -> Result<Response, Problem> {
    let sent = form.into_inner();
    let sought = Asked {
        words: sent.one("words").to_owned(),
        in_unit: sent.one("in_unit").to_owned(),
        after: sent.one("after").to_owned(),
        ..Asked::default()
    };
    let given = match new_post(&sent) {
        Ok((person, post)) => {
            visit
                .site
                .app
                .grant_post(&visit.session.caller, sent.command(&visit.site), person, post)
                .await
        }
        Err(refusal) => Err(refusal.into()),
    };
    match sent.or_again(given)? {
        Ok(()) => Ok(done(Section::Posts, "post-given", 1)),
        Err(again) => page(visit, &sought, Some(again)).await,
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

async fn ask_take(visit: Visit, Path(id): Path<String>) -> Result<Response, Problem> {
    let lang = visit.lang();
    let frame = visit.frame(Section::Posts, &Asked::default(), None)?;
    let (person, post) =
        visit.site.app.holder(&visit.session.caller, &id).await.map_err(problem)?;
    let page = TakePost {
        person: person.name,
        post: post_words(lang, &post),
        form: take_form(lang, &id).with("command", visit.site.new_command()),
        frame,
        shell: visit.shell,
    };
    Ok(shown(page, None))
}

async fn take(
    visit: Visit,
    Path(id): Path<String>,
    form: CsrfForm<Sent>,
) -> Result<Response, Problem> {
    let sent = form.into_inner();
    let (person, _) = visit.site.app.holder(&visit.session.caller, &id).await.map_err(problem)?;
    if person.id == visit.session.person {
        return Err(Problem::Forbidden);
    }
    let command = sent.command(&visit.site);
    visit
        .site
        .app
        .revoke_post(&visit.session.caller, command, person.id, &id)
        .await
        .map_err(problem)?;
    Ok(done(Section::Posts, "post-taken", 1))
}
