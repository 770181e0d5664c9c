//! Administration under `/admin`: one file a section. A section that a post may
//! not open is absent from its navigation and answers that it may not.

mod calendar;
mod erase;
mod files;
mod journal;
mod messages;
mod people;
mod people_import;
mod places;
mod playbook;
mod posts;
mod signs;
mod tasks;
mod units;
mod visit;

use axum::Router;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use bihuan_app::Error;
use bihuan_app::access::{Admin, may, may_give};
use bihuan_app::commands::Session;
use bihuan_domain::access::Role;
use bihuan_domain::ids::{CommandId, GridCode};
use bihuan_domain::instant::Instant;
use bihuan_domain::playbook::model::Text;
use bihuan_domain::refusal::{Reason, Refusal};
use serde::Deserialize;

use visit::Visit;

use super::page::Shown;
use super::site::{SignedIn, Site, command_id, problem};
use crate::i18n::Lang;
use crate::pages::admin::{Frame, Section};
use crate::problem::Problem;
use crate::view::day::{Day, Mark};
use crate::view::field::Choice;
use crate::view::form::Entered;
use crate::view::state::Refused;
use crate::view::table::Pages;
use crate::view::why::day_at;

pub(crate) fn routes() -> Router<Site> {
    Router::new()
        .route("/admin", get(first))
        .merge(units::routes())
        .merge(people::routes())
        .merge(posts::routes())
        .merge(places::routes())
        .merge(signs::routes())
        .merge(playbook::routes())
        .merge(erase::routes())
        .merge(journal::routes())
        .merge(messages::routes())
        .merge(tasks::routes())
}

/// Routes whose forms carry files.
pub(crate) fn uploads() -> Router<Site> {
    Router::new()
        .merge(people_import::uploads())
        .merge(playbook::uploads())
        .merge(calendar::uploads())
}

/// What an act in administration came to; each is a message `admin-done-…`.
pub(crate) const DONE: [&str; 15] = [
    "unit-added",
    "units-merged",
    "person-added",
    "person-left",
    "post-given",
    "post-taken",
    "place-added",
    "place-retired",
    "proposed",
    "approved",
    "dropped",
    "year-loaded",
    "sent-again",
    "task-run",
    "erased",
];

/// What each section takes to be opened: any of these.
const fn takes(section: Section) -> &'static [Admin] {
    match section {
        Section::Units => &[Admin::KeepUnits],
        Section::People => &[Admin::KeepPeople, Admin::ResetPasswords],
        Section::Posts => &[Admin::GrantPosts],
        Section::Places => &[Admin::KeepPlaces],
        Section::Playbook => &[Admin::ProposePlaybook, Admin::ApprovePlaybook],
        Section::Calendar => &[Admin::LoadCalendar],
        Section::Messages | Section::Tasks => &[Admin::KeepRunning],
        Section::Journal => &[Admin::ReadJournal],
        Section::IdentityLooks => &[Admin::ReadIdentityLog],
        Section::Erase => &[Admin::Erase],
    }
}

fn sections(role: Role) -> Vec<Section> {
    let opens = |section: &Section| takes(*section).iter().any(|act| may(role, *act));
    Section::ALL.iter().copied().filter(opens).collect()
}

async fn first(SignedIn(session): SignedIn) -> Result<Response, Problem> {
    let section = sections(session.caller.role()).into_iter().next().ok_or(Problem::Forbidden)?;
    Ok(Redirect::to(&format!("/admin/{}", section.code())).into_response())
}

/// What the address of a list says.
#[derive(Clone, Debug, Default, Deserialize)]
struct Asked {
    /// What was just done, and to how many.
    #[serde(default)]
    done: String,
    #[serde(default)]
    n: u32,
    /// Where the page begins.
    #[serde(default)]
    after: String,
    #[serde(default)]
    words: String,
    #[serde(default)]
    in_unit: String,
}

/// A form that was not taken: what was typed, and why.
struct Again {
    entered: Entered,
    refusal: Refusal,
}

/// The frame of a section, if the post may open it.
fn frame(
    session: &Session,
    lang: Lang,
    section: Section,
    asked: &Asked,
    again: Option<&Again>,
) -> Result<Frame, Problem> {
    let sections = sections(session.caller.role());
    if !sections.contains(&section) {
        return Err(Problem::Forbidden);
    }
    let mut frame = Frame::new(sections, section);
    if DONE.contains(&asked.done.as_str()) {
        frame.done = Some(lang.trn(&format!("admin-done-{}", asked.done), "n", asked.n));
    }
    frame.refused = again.map(|again| Refused {
        title: lang.tr("admin-refused").into_owned(),
        next: lang.refusal(&again.refusal),
        link: None,
    });
    Ok(frame)
}

/// A page, with the refusal's status when it repeats a form.
fn shown<T: askama::Template>(page: T, again: Option<&Again>) -> Response {
    match again {
        None => Shown(page).into_response(),
        Some(again) => {
            (Problem::Refused(again.refusal.clone()).status(), Shown(page)).into_response()
        }
    }
}

fn entered(again: Option<&Again>) -> Entered {
    again.map(|again| again.entered.clone()).unwrap_or_default()
}

/// Back to the section, saying what was done.
fn done(section: Section, what: &str, n: usize) -> Response {
    Redirect::to(&format!("/admin/{}?done={what}&n={n}", section.code())).into_response()
}

/// The fields of a form without files.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
struct Sent(Vec<(String, String)>);

impl Sent {
    fn one(&self, name: &str) -> &str {
        self.0.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.trim())
    }

    fn needed(&self, name: &'static str) -> Result<&str, Refusal> {
        match self.one(name) {
            "" => Err(Refusal::new(Reason::FieldNeeded).with("field", name)),
            value => Ok(value),
        }
    }

    fn again(self, refusal: Refusal) -> Again {
        Again { entered: Entered { values: self.0, errors: Vec::new() }, refusal }
    }

    /// What the act came to; a refusal gives the form back as it was typed.
    fn or_again<T>(self, result: bihuan_app::Result<T>) -> Result<Result<T, Again>, Problem> {
        match result {
            Ok(done) => Ok(Ok(done)),
            Err(Error::Refused(refusal)) => Ok(Err(self.again(refusal))),
            Err(fault) => Err(problem(fault)),
        }
    }

    /// A name in both languages; without an English one the Chinese stands for both.
    fn name(&self) -> Result<Text, Refusal> {
        let zh = self.needed("name_zh")?.to_owned();
        let en = Some(self.one("name_en")).filter(|name| !name.is_empty()).unwrap_or(&zh);
        Ok(Text { en: en.to_owned(), zh })
    }

    /// The id the form was made with.
    fn command(&self, site: &Site) -> CommandId {
        command_id(&site.app, self.one("command"))
    }
}

/// Pages of a list whose next slice begins at `next`.
fn pages(section: Section, asked: &Asked, next: Option<&str>) -> Pages {
    let here = format!("/admin/{}", section.code());
    let kept = [("words", asked.words.as_str()), ("in_unit", asked.in_unit.as_str())];
    let with = |after: Option<&str>| {
        let pairs: Vec<(&str, &str)> = kept
            .into_iter()
            .chain(after.map(|after| ("after", after)))
            .filter(|(_, value)| !value.is_empty())
            .collect();
        match serde_html_form::to_string(&pairs) {
            Ok(query) if !query.is_empty() => format!("{here}?{query}"),
            _ => here.clone(),
        }
    };
    Pages {
        shown: String::new(),
        first: (!asked.after.is_empty()).then(|| with(None)),
        next: next.map(|next| with(Some(next))),
    }
}

fn day(site: &Site, at: Instant) -> Day {
    match site.app.rules().in_force(site.app.now()) {
        Ok(version) => day_at(&version.calendar, at),
        Err(_) => Day::at(at, Mark::Plain),
    }
}

/// The units that stand, for choosing among.
fn unit_choices(site: &Site, lang: Lang) -> Vec<Choice> {
    let rules = site.app.rules();
    let standing = rules.units.values().filter(|unit| !unit.is_gone);
    standing.map(|unit| Choice::new(unit.code.as_str(), lang.pick(&unit.name))).collect()
}

fn grid_choices(site: &Site, lang: Lang) -> Vec<Choice> {
    let rules = site.app.rules();
    let Ok(version) = rules.in_force(site.app.now()) else { return Vec::new() };
    let name = |grid: &GridCode| area_name(site, lang, grid);
    let grids = version.playbook.grids.iter();
    grids.map(|grid| Choice::new(grid.code.as_str(), name(&grid.code))).collect()
}

/// From the town down to the grid: `索河街道 安澜社区 07网格`.
fn area_name(site: &Site, lang: Lang, grid: &GridCode) -> String {
    let rules = site.app.rules();
    let Ok(version) = rules.in_force(site.app.now()) else { return grid.to_string() };
    let ends = grid.as_str().match_indices('-').map(|(at, _)| at);
    let codes = ends.chain([grid.as_str().len()]).map(|end| &grid.as_str()[..end]);
    let names = codes.filter_map(|code| version.grid(&GridCode::new(code)));
    names.map(|grid| lang.pick(&grid.name).to_owned()).collect::<Vec<_>>().join(" ")
}

/// The posts a person may hold.
const POSTS: [Role; 11] = [
    Role::GridWorker,
    Role::GridLeader,
    Role::Triage,
    Role::Dispatcher,
    Role::Handler,
    Role::UnitHead,
    Role::Supervisor,
    Role::Leader,
    Role::Auditor,
    Role::SecurityAdmin,
    Role::SystemAdmin,
];

/// The posts that a visitor may give somebody.
fn given_by(site: &Site, session: &Session) -> Vec<Role> {
    let (giver, rules) = (session.caller.role(), site.app.rules());
    POSTS.into_iter().filter(|role| may_give(giver, *role, &rules)).collect()
}

fn role_choice(lang: Lang, role: Role) -> Choice {
    Choice::new(role.code(), lang.code_of("role", role.code()))
}

/// `市城市照明中心·承办人`
fn post_words(lang: Lang, post: &bihuan_app::queries::admin::PostLine) -> String {
    format!("{}·{}", lang.pick(&post.unit_name), lang.code_of("role", post.role.code()))
}
