//! What every route is given: the application, the frame, and whoever is signed
//! in. The one place where an application's error becomes a problem.

use std::sync::{Arc, RwLock};

use axum::extract::{FromRef, FromRequestParts};
use axum::http::Method;
use axum::http::request::Parts;
use axum_extra::extract::CookieJar;
use bihuan_app::commands::Session;
use bihuan_app::queries::Waits;
use bihuan_app::{App, Error};
use bihuan_domain::access::Role;
use bihuan_domain::ids::CommandId;
use bihuan_domain::instant::Instant;
use bihuan_domain::playbook::model::Text;
use bihuan_domain::refusal::Refusal;
use tokio::sync::Semaphore;

use crate::crowd::Crowd;
use crate::csrf::{FormKey, SESSION_COOKIE};
use crate::frame::{ANSWER_LIMIT, About, Frame, Surroundings};
use crate::i18n::{Key, Lang};
use crate::pace::Pace;
use crate::problem::Problem;
use crate::ready::Readiness;
use crate::router::WebOptions;
use crate::shell::{Checkpoint, NavEntry, Officer, Shell};
use crate::view::why::day_at;

/// Photos decoded at the same time; each may need hundreds of megabytes.
const DECODED_AT_ONCE: usize = 2;
/// Papers set at the same time; each takes a processor for tens of milliseconds.
const SET_AT_ONCE: usize = 2;
/// How long the last checkpoint is shown before it is looked up again.
const CHECKPOINT_MINUTES: i64 = 1;

#[derive(Clone)]
pub(crate) struct Site {
    pub(crate) app: App,
    pub(crate) frame: Frame,
    pub(crate) options: Arc<WebOptions>,
    pub(crate) decoding: Arc<Semaphore>,
    pub(crate) setting: Arc<Semaphore>,
    pub(crate) crowd: Crowd,
    pub(crate) readiness: Readiness,
}

impl Site {
    pub(crate) fn new(app: App, options: WebOptions) -> Self {
        let surroundings = County { app: app.clone(), demo: options.demo, last: Arc::default() };
        let frame = Frame {
            surroundings: Arc::new(surroundings),
            form_key: FormKey::new(app.keys().form()),
            policy: options.policy.clone(),
            secure: options.secure,
            answer_limit: ANSWER_LIMIT,
            pace: Pace::default(),
        };
        let crowd = Crowd::new(options.most);
        Self {
            app,
            frame,
            options: Arc::new(options),
            decoding: Arc::new(Semaphore::new(DECODED_AT_ONCE)),
            setting: Arc::new(Semaphore::new(SET_AT_ONCE)),
            crowd,
            readiness: Readiness::default(),
        }
    }

    /// An id for a form that is about to be filled.
    pub(crate) fn new_command(&self) -> String {
        self.app.new_id().to_string()
    }
}

impl FromRef<Site> for FormKey {
    fn from_ref(site: &Site) -> Self {
        site.frame.form_key.clone()
    }
}

impl FromRef<Site> for App {
    fn from_ref(site: &Site) -> Self {
        site.app.clone()
    }
}

/// The id a form was made with; a client that sends none gets one of its own,
/// and only loses exactly-once.
pub(crate) fn command_id(app: &App, sent: &str) -> CommandId {
    sent.parse().unwrap_or_else(|_| CommandId(app.new_id()))
}

/// What pages say about the county. The last checkpoint is looked up beside the
/// answer, at most once a minute: no page waits for it.
struct County {
    app: App,
    demo: bool,
    last: Arc<RwLock<Seen>>,
}

#[derive(Clone, Default)]
struct Seen {
    looked_at: Option<Instant>,
    checkpoint: Option<(Instant, Checkpoint)>,
}

impl County {
    fn checkpoint(&self) -> Option<Checkpoint> {
        let now = self.app.now();
        let mut last = self.last.write().ok()?;
        // A clock that was set back would make it fresh for as long.
        let is_fresh =
            last.looked_at.is_some_and(|at| now.minutes_since(at).abs() < CHECKPOINT_MINUTES);
        if !is_fresh {
            last.looked_at = Some(now);
            tokio::spawn(look_up(self.app.clone(), Arc::clone(&self.last)));
        }
        let (at, checkpoint) = last.checkpoint.clone()?;
        Some(Checkpoint { is_ahead: at > now, ..checkpoint })
    }
}

async fn look_up(app: App, last: Arc<RwLock<Seen>>) {
    let Ok(Some(state)) = app.sealed_state().await else { return };
    let rules = app.rules();
    let Ok(version) = rules.in_force(app.now()) else { return };
    let at = day_at(&version.calendar, state.at);
    let checkpoint = Checkpoint { at, entries: state.entries, is_ahead: false };
    if let Ok(mut last) = last.write() {
        last.checkpoint = Some((state.at, checkpoint));
    }
}

impl Surroundings for County {
    fn about(&self) -> About {
        let now = self.app.now();
        let rules = self.app.rules();
        let version = rules.in_force(now).ok();
        let nameless = Text { zh: "本县".to_owned(), en: "This county".to_owned() };
        About {
            county: version.map_or(nameless, |version| version.playbook.name.clone()),
            playbook: version.map(|v| v.playbook.version.clone()).unwrap_or_default(),
            checkpoint: self.checkpoint(),
            today: match version {
                Some(version) => day_at(&version.calendar, now).without_time(),
                None => crate::view::day::Day::on(now.date(), crate::view::day::Mark::Plain),
            },
            demo: self.demo,
        }
    }

    fn random(&self) -> [u8; 16] {
        self.app.random()
    }
}

/// Whoever is signed in. Without a session the person is asked to sign in and
/// comes back here.
pub(crate) struct SignedIn(pub(crate) Session);

impl FromRequestParts<Site> for SignedIn {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Problem> {
        let back = parts.uri.path_and_query().map_or("/", |path| path.as_str()).to_owned();
        let is_password_page = parts.uri.path().starts_with("/me");
        let session = session_of(parts, site).await?;
        let session =
            session.ok_or_else(|| Problem::SignInNeeded { back: back.clone(), kept: None })?;
        if session.must_change && !is_password_page {
            return Err(Problem::PasswordFirst);
        }
        if let Some(shell) = parts.extensions.get_mut::<Shell>() {
            let waits = match parts.method {
                Method::GET => site.app.waits(&session.caller).await.map_err(problem)?,
                // Where a form is sent to, another page follows.
                _ => Waits::default(),
            };
            dress(shell, site, &session, parts.uri.path(), waits);
        }
        Ok(Self(session))
    }
}

async fn session_of(parts: &Parts, site: &Site) -> Result<Option<Session>, Problem> {
    let jar = CookieJar::from_headers(&parts.headers);
    let Some(cookie) = jar.get(SESSION_COOKIE) else { return Ok(None) };
    site.app.session(cookie.value()).await.map_err(problem)
}

/// Puts the person's post and ways on the page. Handlers take `SignedIn` before
/// `Shell`, so that the shell they get is dressed.
fn dress(shell: &mut Shell, site: &Site, session: &Session, path: &str, waits: Waits) {
    let lang = shell.lang();
    let unit = session.caller.actor.unit.as_ref();
    shell.officer = Some(Officer {
        unit: unit
            .map(|unit| lang.pick(&site.app.rules().unit_name(unit.as_str())).to_owned())
            .unwrap_or_default(),
        post: lang.code_of("role", session.caller.role().code()).into_owned(),
    });
    shell.nav = ways(session.caller.role())
        .iter()
        .map(|(label, href)| NavEntry {
            label: *label,
            href: (*href).to_owned(),
            count: waiting_at(href, waits),
            current: path.starts_with(href),
        })
        .collect();
}

/// A count stands only where something waits for whoever reads.
fn waiting_at(href: &str, waits: Waits) -> Option<u64> {
    let waiting = match href {
        "/inbox" => waits.inbox,
        "/worklist" => waits.worklist,
        "/worker" => waits.day,
        _ => 0,
    };
    u64::try_from(waiting).ok().filter(|waiting| *waiting > 0)
}

const INBOX: (Key, &str) = (Key("nav-inbox"), "/inbox");
const REGISTER: (Key, &str) = (Key("register-title"), "/register");
const WORKLIST: (Key, &str) = (Key("nav-worklist"), "/worklist");
const MATTERS: (Key, &str) = (Key("nav-matters"), "/search");
const SUPERVISION: (Key, &str) = (Key("nav-supervision"), "/supervision");
const RECTIFICATION: (Key, &str) = (Key("nav-rectification"), "/rectification");
const PAPERS: (Key, &str) = (Key("nav-papers"), "/papers");
const LEDGERS: (Key, &str) = (Key("nav-ledgers"), "/ledger");
const OVERVIEW: (Key, &str) = (Key("nav-overview"), "/cockpit");
const RATES: (Key, &str) = (Key("nav-rates"), "/rates");
const BURDEN: (Key, &str) = (Key("nav-burden"), "/burden");
const ADMIN: (Key, &str) = (Key("nav-admin"), "/admin");
const JOURNAL: (Key, &str) = (Key("nav-journal"), "/admin/journal");
const WORKER: (Key, &str) = (Key("nav-worker"), "/worker");

/// Where each post works; the first is where it begins.
pub(crate) const fn ways(role: Role) -> &'static [(Key, &'static str)] {
    match role {
        Role::Triage => &[INBOX, REGISTER, MATTERS, LEDGERS, OVERVIEW, RATES],
        Role::Dispatcher => &[INBOX, MATTERS, LEDGERS, OVERVIEW, RATES],
        Role::Handler | Role::UnitHead => &[WORKLIST, MATTERS, LEDGERS, RATES],
        Role::Supervisor => &[
            OVERVIEW,
            SUPERVISION,
            RECTIFICATION,
            PAPERS,
            WORKLIST,
            MATTERS,
            LEDGERS,
            RATES,
            BURDEN,
            JOURNAL,
        ],
        Role::Leader => &[
            OVERVIEW,
            SUPERVISION,
            RECTIFICATION,
            PAPERS,
            MATTERS,
            LEDGERS,
            RATES,
            BURDEN,
            JOURNAL,
        ],
        Role::GridWorker | Role::GridLeader => &[WORKER],
        Role::Auditor => &[JOURNAL],
        Role::SecurityAdmin | Role::SystemAdmin => &[ADMIN],
        Role::Reporter | Role::System => &[],
    }
}

/// A refusal in words, with the units it names by their names.
pub(crate) fn refusal_words(app: &App, lang: Lang, refusal: &Refusal) -> String {
    let mut named = refusal.clone();
    if let Some(unit) = named.facts.get_mut("unit") {
        *unit = lang.pick(&app.rules().unit_name(unit)).to_owned();
    }
    lang.refusal(&named)
}

/// The one place where an application's error gets a status.
pub(crate) fn problem(error: Error) -> Problem {
    match error {
        Error::NotFound => Problem::NotFound,
        Error::Forbidden => Problem::Forbidden,
        Error::Refused(refusal) => Problem::Refused(refusal),
        Error::TooMany { seconds } => Problem::TooMany { retry_after_seconds: seconds },
        Error::Unavailable(fault) => {
            tracing::warn!(%fault, "unavailable");
            Problem::Unavailable
        }
        Error::CannotKeep(fault) => {
            tracing::error!(%fault, "nothing can be kept: bihuan doctor says why");
            Problem::CannotKeep
        }
        Error::FileMissing(name) => {
            tracing::error!(name, "a file is missing: bihuan doctor says what to do");
            Problem::FileMissing
        }
        Error::Damaged(fault) => {
            let operation = uuid_like(&fault);
            tracing::error!(%fault, operation, "stored data are damaged: bihuan doctor");
            Problem::Damaged { operation }
        }
        Error::Internal(fault) => {
            let operation = uuid_like(&fault);
            tracing::error!(%fault, operation, "something is broken");
            Problem::Internal { operation }
        }
    }
}

/// Short and the same for the same fault, so that reports of it can be matched.
fn uuid_like(fault: &str) -> String {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hash = DefaultHasher::new();
    fault.hash(&mut hash);
    format!("{:08x}", hash.finish() as u32)
}
