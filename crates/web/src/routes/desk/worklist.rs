//! `GET /worklist`: what a unit has to do; and signing several matters in one
//! go, asked for by `GET /worklist/sign` and done by `POST`.

use axum::Router;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use bihuan_app::Error;
use bihuan_app::commands::Session;
use bihuan_app::queries::worklist::{
    Group, Next, Signed, Stop, StopState, Tab, WorkLine, Worklist,
};
use serde::Deserialize;

use super::listed::Listed;
use crate::csrf::CsrfForm;
use crate::i18n::{Key, Lang};
use crate::pages::desk::worklist as show;
use crate::problem::Problem;
use crate::routes::page::Shown;
use crate::routes::site::{SignedIn, Site, command_id, problem};
use crate::shell::Shell;
use crate::view::lamp::{Lamp, Shape};
use crate::view::number::grouped;
use crate::view::state::Refused;
use crate::view::table::Pages;

pub(super) fn routes() -> Router<Site> {
    Router::new().route("/worklist", get(list)).route("/worklist/sign", get(ask_to_sign).post(sign))
}

#[derive(Clone, Debug, Default, Deserialize)]
struct Asking {
    #[serde(default)]
    tab: String,
    after: Option<String>,
    /// How many were just signed.
    signed: Option<u32>,
}

async fn list(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    Query(asking): Query<Asking>,
) -> Result<Response, Problem> {
    let done = asking
        .signed
        .filter(|signed| *signed > 0)
        .map(|signed| shell.lang().trn("work-signed", "n", signed));
    Ok(Shown(page(&site, &session, shell, &asking, done, None).await?).into_response())
}

async fn page(
    site: &Site,
    session: &Session,
    shell: Shell,
    asking: &Asking,
    done: Option<String>,
    refused: Option<Refused>,
) -> Result<show::Worklist, Problem> {
    let tab = Tab::from_code(&asking.tab).unwrap_or_default();
    let list = site.app.worklist(&session.caller, tab, asking.after.as_deref()).await;
    let list = list.map_err(problem)?;
    let lang = shell.lang();
    let fill = Fill { list: &list, lang, tab };
    let counts = &list.counts;
    let said = show::Counts {
        open: counts.open,
        late: counts.late,
        soon: counts.soon,
        on_track: counts.calm,
        to_sign: counts.to_sign,
        today: counts.today,
    };
    Ok(show::Worklist {
        say: show::sentence(lang, &said),
        tabs: fill.tabs(),
        groups: fill.groups(),
        pages: fill.pages(asking),
        signable: list.lines.iter().filter(|line| line.may_sign).count() as u64,
        done,
        refused,
        shell,
    })
}

struct Fill<'a> {
    list: &'a Worklist,
    lang: Lang,
    tab: Tab,
}

impl Fill<'_> {
    fn listed(&self) -> Listed<'_> {
        Listed { lang: self.lang, calendar: &self.list.calendar, now: self.list.now }
    }

    fn tabs(&self) -> Vec<crate::pages::desk::Tab> {
        let counts = &self.list.counts;
        let tabs = [
            (Tab::All, Key("work-tab-all"), counts.open),
            (Tab::Late, Key("work-tab-late"), counts.late),
            (Tab::Soon, Key("work-tab-soon"), counts.soon),
            (Tab::Sign, Key("work-tab-sign"), counts.to_sign),
            (Tab::Today, Key("work-tab-today"), counts.today),
        ];
        tabs.into_iter()
            .map(|(tab, label, count)| {
                let href = address(tab, None);
                let shown = crate::pages::desk::Tab::new(
                    self.lang.tr(label.0),
                    count.unsigned_abs(),
                    &href,
                );
                if tab == self.tab { shown.current() } else { shown }
            })
            .collect()
    }

    fn groups(&self) -> Vec<show::Group> {
        let groups = [Group::Late, Group::Soon, Group::ToSign, Group::Calm];
        groups.into_iter().filter_map(|group| self.group(group)).collect()
    }

    fn group(&self, group: Group) -> Option<show::Group> {
        let lines: Vec<show::Line> = self
            .list
            .lines
            .iter()
            .filter(|line| line.group == group)
            .map(|line| work_line(&self.listed(), line))
            .collect();
        if lines.is_empty() {
            return None;
        }
        let (shape, label) = match group {
            Group::Late => (Some(Shape::Overdue), Key("work-tab-late")),
            Group::Soon => (Some(Shape::DueSoon), Key("work-tab-soon")),
            Group::ToSign => (None, Key("work-tab-sign")),
            Group::Calm => (Some(Shape::OnTrack), Key("work-group-calm")),
        };
        let name = self.lang.tr(label.0).into_owned();
        let (all, listed) = (self.list.counts.of(group), lines.len() as i64);
        let count = if listed < all {
            self.lang.say("work-group-some").with("n", all).with("listed", listed).to_string()
        } else {
            self.lang.trn("work-group-all", "n", listed)
        };
        Some(show::Group { lamp: shape.map(|shape| Lamp::new(shape, &name)), name, count, lines })
    }

    fn pages(&self, asking: &Asking) -> Pages {
        let counts = &self.list.counts;
        let all = match self.tab {
            Tab::All => counts.open,
            Tab::Late => counts.late,
            Tab::Soon => counts.soon,
            Tab::Sign => counts.to_sign,
            Tab::Today => counts.today,
        };
        Pages {
            shown: self
                .lang
                .say("pages-shown")
                .with("listed", self.list.lines.len())
                .with("n", all)
                .to_string(),
            first: asking.after.is_some().then(|| address(self.tab, None)),
            next: self.list.next.as_deref().map(|next| address(self.tab, Some(next))),
        }
    }
}

fn address(tab: Tab, after: Option<&str>) -> String {
    let mut parts = Vec::new();
    if tab != Tab::All {
        parts.push(("tab", tab.code()));
    }
    parts.extend(after.map(|after| ("after", after)));
    if parts.is_empty() {
        return "/worklist".to_owned();
    }
    format!("/worklist?{}", serde_html_form::to_string(parts).unwrap_or_default())
}

fn work_line(listed: &Listed<'_>, work: &WorkLine) -> show::Line {
    let (line, lang) = (&work.line, listed.lang);
    let href = format!("/m/{}", line.number);
    let next = match work.next {
        Next::Mine(step) => show::Next::Step {
            label: lang.code_of("step", step.code()).into_owned(),
            href: format!("{href}/{}?from=worklist", step.code()),
        },
        Next::Others(_) | Next::None => {
            show::Next::Words(lang.code_of("stage", line.stage.code()).into_owned())
        }
    };
    let urgency = lang.code_of("urgency", line.urgency.code());
    show::Line {
        number: line.number.clone(),
        title: listed.title(line),
        kind: [lang.pick(&line.regime_name), urgency.as_ref()].join(&lang.tr("list-comma")),
        lamp: listed.running_lamp(line),
        due: listed.due(line),
        place: listed.place(line),
        stops: work.nodes.iter().map(|stop| stop_of(lang, stop)).collect(),
        next,
        may_sign: work.may_sign,
        is_late: work.group == Group::Late,
        is_picked: false,
        href,
    }
}

fn stop_of(lang: Lang, stop: &Stop) -> crate::pages::desk::Stop {
    let shape = match stop.state {
        StopState::NotBegun => Shape::NotBegun,
        StopState::Met => Shape::Done,
        StopState::Parked => Shape::Parked,
        StopState::Running(lamp) => Shape::from(lamp),
    };
    crate::pages::desk::Stop::new(shape, lang.pick(&stop.name))
}

async fn ask_to_sign(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    Query(fields): Query<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let numbers: Vec<String> = all(&fields, "pick").map(ToOwned::to_owned).collect();
    let lines = site.app.signable(&session.caller, &numbers).await.map_err(problem)?;
    let now = site.app.now();
    let rules = site.app.rules();
    let version = rules.in_force(now).map_err(problem)?;
    let listed = Listed { lang: shell.lang(), calendar: &version.calendar, now };
    let commands = lines.iter().map(|_| site.new_command()).collect();
    let lines = lines.iter().map(|line| work_line(&listed, line)).collect();
    Ok(Shown(show::SignMany { lines, commands, shell }).into_response())
}

fn all<'a>(fields: &'a [(String, String)], name: &str) -> impl Iterator<Item = &'a str> {
    let name = name.to_owned();
    fields.iter().filter(move |(field, _)| *field == name).map(|(_, value)| value.as_str())
}

/// Signs each picked matter by its own command. Those that could not be signed
/// are told one by one; the others are signed all the same.
async fn sign(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    form: CsrfForm<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let fields = form.into_inner();
    let picked = all(&fields, "pick").zip(all(&fields, "command"));
    let picked: Vec<_> = picked
        .map(|(number, command)| (number.to_owned(), command_id(&site.app, command)))
        .collect();
    let outcomes = site.app.sign_many(&session.caller, picked).await.map_err(problem)?;
    let signed = outcomes.iter().filter(|one| one.outcome.is_ok()).count();
    let Some(refused) = not_signed(shell.lang(), outcomes)? else {
        return Ok(Redirect::to(&format!("/worklist?signed={signed}")).into_response());
    };
    let done = (signed > 0).then(|| shell.lang().trn("work-signed", "n", signed));
    let asking = Asking::default();
    let page = page(&site, &session, shell, &asking, done, Some(refused)).await?;
    Ok((StatusCode::CONFLICT, Shown(page)).into_response())
}

/// A line for each matter that was refused; what is broken is a problem of its
/// own.
fn not_signed(lang: Lang, outcomes: Vec<Signed>) -> Result<Option<Refused>, Problem> {
    let mut lines = Vec::new();
    for one in outcomes {
        let why = match one.outcome {
            Ok(_) => continue,
            Err(Error::Refused(refusal)) => lang.refusal(&refusal),
            Err(Error::NotFound) => lang.tr("work-not-here").into_owned(),
            Err(fault) => return Err(problem(fault)),
        };
        let line = lang.say("work-not-signed-line").with("number", one.number).with("why", why);
        lines.push(line.to_string());
    }
    if lines.is_empty() {
        return Ok(None);
    }
    Ok(Some(Refused {
        title: lang.trn("work-not-signed", "n", grouped(lines.len() as i64)),
        next: lines.join(" "),
        link: None,
    }))
}
