//! Who looks at which pages, and how long the server takes for each.

use std::time::Instant as Stopwatch;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use bihuan_app::App;
use bihuan_app::commands::{NewMatter, Registration};
use bihuan_app::{Caller, Composer, Sender};
use bihuan_domain::access::Role;
use bihuan_domain::ids::{CommandId, PersonId, RegimeCode, UnitCode};
use bihuan_domain::matter::{Actor, Brief, ContentTag, Source, Urgency};
use bihuan_store::read::{Filter, Order, Reach};
use bihuan_web::router::{WebOptions, router};
use tower::ServiceExt;

/// The demo's, of which the grown county's people are.
const PASSWORD: &str = "bihuan-demo-2026";
const WARM_UP: usize = 3;
const VISITS: usize = 40;
const REGISTERED: usize = 50;
const LONGEST: usize = 64 << 20;

/// One screen with the addresses to ask for in turn.
pub(crate) struct Screen {
    pub(crate) name: &'static str,
    login: &'static str,
    addresses: Vec<String>,
    /// Milliseconds of the 95th percentile.
    pub(crate) budget: f64,
    visits: usize,
}

/// Milliseconds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Taken {
    pub(crate) p50: f64,
    pub(crate) p95: f64,
    pub(crate) bytes: usize,
}

const PAGE: f64 = 20.0;

pub(crate) async fn screens(app: &App) -> Vec<Screen> {
    let matters = numbers(app, Filter::default(), Order::Filed, 20).await;
    let long_ago = numbers(app, Filter::default(), Order::Oldest, 20).await;
    let trees = roots(app).await;
    let tracks = tracked(app).await;
    let page = |name, login, addresses: Vec<String>| Screen {
        name,
        login,
        addresses,
        budget: PAGE,
        visits: VISITS,
    };
    let one = |address: &str| vec![address.to_owned()];
    let matter = |number: &String| format!("/m/{number}");
    let words = ["路灯", "井盖", "垃圾 路口", "不存在的词"];
    let words = words.map(|words| format!("/search?q={}", escaped(words)));
    vec![
        page("inbox", "triage", one("/inbox")),
        page("worklist of a unit", "lighting-handler", one("/worklist")),
        page("inbox of the dispatcher", "dispatcher", one("/inbox")),
        page("cockpit", "leader", one("/cockpit")),
        page("matter", "leader", matters.iter().chain(&long_ago).map(matter).collect()),
        page("track", "", tracks),
        page("ledger", "supervisor", one("/ledger")),
        page(
            "ledger of a unit",
            "supervisor",
            ["lighting", "sanitation", "urban-enforcement"]
                .map(|u| format!("/ledger?unit={u}"))
                .to_vec(),
        ),
        page("ledger of tasks", "supervisor", one("/ledger?regime=supervised-task")),
        page("ledger of findings", "supervisor", one("/ledger?regime=rectification")),
        page("map", "leader", one("/map")),
        page("points of the map", "leader", one("/map.json")),
        page("search by words", "leader", words.to_vec()),
        page(
            "search by number",
            "leader",
            matters.iter().map(|number| format!("/search?q={number}")).collect(),
        ),
        page("supervision", "supervisor", one("/supervision")),
        page(
            "tree of a meeting",
            "supervisor",
            trees.iter().map(|number| format!("/supervision/{number}")).collect(),
        ),
        page("rectification", "supervisor", one("/rectification")),
        page("papers", "supervisor", one("/papers")),
        page(
            "notice being written",
            "supervisor",
            one("/papers/new?template=rectification-notice"),
        ),
        page("bulletin being written", "supervisor", one("/bulletins/new?template=bulletin")),
        page("bulletins", "", one("/bulletins")),
        page("public figures", "", one("/figures")),
        page("rates", "supervisor", one("/rates")),
        page("burden", "leader", one("/burden")),
        page("calendar of inspections", "supervisor", one("/rectification/calendar")),
        page("worker's day", "grid-01-014-07", one("/worker")),
        Screen {
            name: "ledger to XLSX, 5,000 rows",
            login: "supervisor",
            addresses: one("/ledger.xlsx?unit=sanitation"),
            budget: 1000.0,
            visits: 5,
        },
    ]
}

async fn numbers(app: &App, filter: Filter, order: Order, count: u32) -> Vec<String> {
    let page = app.store().matters(app.county(), &Reach::County, &filter, order, None, count);
    page.await.unwrap().rows.into_iter().map(|row| row.number).collect()
}

/// Meetings with their parts.
async fn roots(app: &App) -> Vec<String> {
    let filter =
        Filter { regime: Some("supervised-task".to_owned()), is_root: true, ..Filter::default() };
    numbers(app, filter, Order::Oldest, 20).await
}

/// Reports that residents made lately, by the codes on their receipts.
async fn tracked(app: &App) -> Vec<String> {
    let filter = Filter { source: Some("snapshot".to_owned()), ..Filter::default() };
    let order = Order::Filed;
    let page = app.store().matters(app.county(), &Reach::County, &filter, order, None, 20);
    let mut addresses = Vec::new();
    for row in page.await.unwrap().rows {
        let texts = app.store().entry_texts(app.county(), &row.matter).await.unwrap();
        let first: serde_json::Value = serde_json::from_str(&texts[0]).unwrap();
        let code = app.keys().report_code(first["command"].as_str().unwrap());
        addresses.push(format!("/t/{code}"));
    }
    addresses
}

fn escaped(words: &str) -> String {
    words.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// None where this version has no such page.
pub(crate) async fn visit(app: &App, screen: &Screen) -> Option<Taken> {
    if screen.addresses.is_empty() {
        return None;
    }
    let router = router(app.clone(), WebOptions::default());
    let cookie = cookie(app, screen.login).await;
    let mut times = Vec::new();
    let mut bytes = 0;
    for turn in 0..WARM_UP + screen.visits {
        let address = &screen.addresses[turn % screen.addresses.len()];
        let watch = Stopwatch::now();
        let (status, length) = get(&router, address, &cookie).await;
        let took = watch.elapsed().as_secs_f64() * 1000.0;
        if status == StatusCode::NOT_FOUND {
            return None;
        }
        assert_eq!(status, StatusCode::OK, "{}: {address}", screen.name);
        if turn >= WARM_UP {
            times.push(took);
            bytes = bytes.max(length);
        }
    }
    Some(taken(times, bytes))
}

/// One visit; what is to be seen of it begins after signing in.
pub(crate) async fn once(app: &App, screen: &Screen, begin: impl FnOnce()) {
    let router = router(app.clone(), WebOptions::default());
    let cookie = cookie(app, screen.login).await;
    begin();
    get(&router, &screen.addresses[0], &cookie).await;
}

async fn cookie(app: &App, login: &str) -> String {
    let view = "bihuan_view=zh.system.normal";
    if login.is_empty() {
        return view.to_owned();
    }
    let signed_in = app.sign_in(login, PASSWORD, "bench", "bench").await.unwrap();
    format!("{view}; bihuan_session={}", signed_in.token)
}

fn taken(mut times: Vec<f64>, bytes: usize) -> Taken {
    times.sort_by(f64::total_cmp);
    let at = |percent: usize| times[(times.len() * percent / 100).min(times.len() - 1)];
    Taken { p50: at(50), p95: at(95), bytes }
}

async fn get(router: &Router, address: &str, cookie: &str) -> (StatusCode, usize) {
    let request = Request::builder().uri(address).header(header::COOKIE, cookie);
    let request = request.body(Body::empty()).unwrap();
    let response = router.clone().oneshot(request).await.unwrap();
    let status = response.status();
    (status, to_bytes(response.into_body(), LONGEST).await.unwrap().len())
}

/// Fifty tasks registered in one act, as from a table.
pub(crate) async fn register(app: &App) -> Taken {
    let mut times = Vec::new();
    for _ in 0..10 {
        let registration = registration(app);
        let watch = Stopwatch::now();
        app.file_matters(registration).await.unwrap();
        times.push(watch.elapsed().as_secs_f64() * 1000.0);
    }
    taken(times, 0)
}

fn registration(app: &App) -> Registration {
    let actor = Actor {
        role: Role::Supervisor,
        person: Some(PersonId(app.new_id())),
        unit: Some(UnitCode::new("inspection")),
        grid: None,
    };
    let ids = app.new_matter_ids(REGISTERED);
    let due = bihuan_domain::instant::Instant::date(app.now().plus_days(20));
    let matters = ids.into_iter().enumerate().map(|(at, id)| {
        let mut composed = Composer::new(app);
        let words = format!("第{at}项：对背街小巷路面破损逐一登记，月底前修复。");
        let words = composed.words(ContentTag::Words, &words).unwrap();
        let goal = composed.optional(ContentTag::Note, "路面平整，无积水").unwrap();
        let brief = Brief {
            goal,
            lead: Some(UnitCode::new("municipal-works")),
            due_on: Some(due),
            ..Brief::default()
        };
        NewMatter {
            id,
            regime: RegimeCode::new("supervised-task"),
            source: Source::Meeting,
            urgency: Urgency::Ordinary,
            words,
            brief,
            evidence: Vec::new(),
            composed,
            then: Vec::new(),
        }
    });
    Registration {
        sender: Sender::new(CommandId(app.new_id()), ["bench"]),
        caller: Caller { actor },
        matters: matters.collect(),
    }
}
