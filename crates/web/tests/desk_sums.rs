//! The desk's figures through the router: each opens the list it counts, and
//! nobody sees more than their post reaches.
#![expect(clippy::expect_used, reason = "a test that cannot set itself up must stop")]

use std::fs;
use std::io::Cursor;
use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use bihuan_app::commands::{NewPerson, NewPost};
use bihuan_app::keys::Keys;
use bihuan_app::ports::{Blobs, Clock, Entropy, PortFault, PortFuture};
use bihuan_app::queries::ledger::{Asked, OpenLamp, Part, Standing, Wanted};
use bihuan_app::{App, Caller, context::Outside};
use bihuan_domain::access::Role;
use bihuan_domain::ids::{CommandId, PersonId, UnitCode};
use bihuan_domain::instant::Instant;
use bihuan_domain::matter::Actor;
use bihuan_domain::playbook::Source;
use bihuan_testkit::chance::Chance;
use bihuan_testkit::clock::SteppedClock;
use bihuan_testkit::county::County;
use bihuan_testkit::engines;
use bihuan_testkit::story::{Story, play};
use bihuan_web::{WebOptions, router};
use calamine::{Data, Reader, Xlsx};
use tempfile::TempDir;
use tower::ServiceExt;

const PASSWORD: &str = "correct-horse-1";
const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../playbooks/xingyang");

struct StandingClock(Arc<SteppedClock>);

impl Clock for StandingClock {
    fn now(&self) -> Instant {
        self.0.now()
    }
}

struct Seeded(std::sync::Mutex<Chance>);

impl Entropy for Seeded {
    fn fill(&self, bytes: &mut [u8]) {
        let mut chance = self.0.lock().expect("chance");
        for byte in bytes {
            *byte = chance.below(256) as u8;
        }
    }
}

struct NoBlobs;

impl Blobs for NoBlobs {
    fn put<'a>(&'a self, _: &'a str, _: Vec<u8>) -> PortFuture<'a, ()> {
        Box::pin(async { Ok(()) })
    }

    fn get<'a>(&'a self, name: &'a str) -> PortFuture<'a, Vec<u8>> {
        Box::pin(async move { Err(PortFault::NotFound(name.to_owned())) })
    }

    fn delete<'a>(&'a self, _: &'a str) -> PortFuture<'a, ()> {
        Box::pin(async { Ok(()) })
    }
}

struct House {
    app: App,
    site: Router,
    _folder: TempDir,
}

fn read_folder(folder: &Path, files: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).expect("playbook").flatten() {
        let path = entry.path();
        if path.is_dir() {
            read_folder(&path, files);
        } else if path.extension().is_some_and(|kind| kind == "toml") {
            let name = path.strip_prefix(FOLDER).expect("inside");
            let text = fs::read_to_string(&path).expect("text");
            files.push((name.to_string_lossy().replace('\\', "/"), text));
        }
    }
}

async fn house() -> House {
    let (address, folder) = engines::sqlite_file();
    let store = engines::open(&address).await;
    let clock = Arc::new(SteppedClock::default());
    let county = County::xingyang();
    let outside = Outside {
        clock: Arc::new(StandingClock(Arc::clone(&clock))),
        entropy: Arc::new(Seeded(std::sync::Mutex::new(Chance::seeded(7)))),
        blobs: Arc::new(NoBlobs),
        couriers: Vec::new(),
    };
    let keys = Keys::derive(&[7; 32]);
    let app = App::open(store.clone(), county.code.clone(), keys, outside).await.expect("app");
    let mut files = Vec::new();
    read_folder(Path::new(FOLDER), &mut files);
    let approver = PersonId(app.new_id());
    let command = CommandId(app.new_id());
    app.apply_playbook(&Caller::system(), command, &Source::new(files), None, approver)
        .await
        .expect("playbook");
    let people = [
        ("leader", Role::Leader, "county"),
        ("handler", Role::Handler, "lighting"),
        ("auditor", Role::Auditor, "county"),
    ]
    .map(|(login, role, unit)| NewPerson {
        login: login.to_owned(),
        name: login.to_owned(),
        phone: None,
        password: Some(PASSWORD.to_owned()),
        must_change: false,
        posts: vec![NewPost { role, unit: UnitCode::new(unit), grid: None }],
    });
    let command = CommandId(app.new_id());
    app.add_people(&Caller::system(), command, people.into()).await.expect("people");
    let mut story = Story::new(county, 3, clock.now());
    play(&store, &mut story, 260).await;
    clock.step_days(25);
    let site = router(app.clone(), WebOptions::default());
    House { app, site, _folder: folder }
}

impl House {
    async fn get(&self, who: Option<&str>, path: &str) -> (StatusCode, Vec<u8>) {
        let answer = self.answer(who, path).await;
        let status = answer.status();
        let body = to_bytes(answer.into_body(), usize::MAX).await.expect("body");
        (status, body.to_vec())
    }

    /// What a file is to be called, as its header says.
    async fn file_name(&self, path: &str) -> String {
        let answer = self.answer(Some("leader"), path).await;
        let name = answer.headers().get(header::CONTENT_DISPOSITION).expect("a name");
        name.to_str().expect("text").to_owned()
    }

    async fn answer(&self, who: Option<&str>, path: &str) -> axum::response::Response {
        let mut request = Request::get(path).header(header::ACCEPT_LANGUAGE, "en");
        if let Some(login) = who {
            let session =
                self.app.sign_in(login, PASSWORD, "test", "test").await.expect("signed in");
            request = request.header(header::COOKIE, format!("bihuan_session={}", session.token));
        }
        let request = request.body(Body::empty()).expect("request");
        self.site.clone().oneshot(request).await.expect("answer")
    }

    async fn page(&self, who: &str, path: &str) -> String {
        let (status, body) = self.get(Some(who), path).await;
        let text = String::from_utf8(body).expect("text");
        assert_eq!(status, StatusCode::OK, "{path}: {text}");
        text
    }

    /// Rows of the whole list behind an address, as its file has them.
    async fn rows(&self, who: &str, path: &str) -> usize {
        let path = path.replacen("/ledger", "/ledger.csv", 1);
        self.page(who, &path).await.trim_end().lines().count() - 1
    }
}

/// Figures of a page with the lists they open.
fn drills(page: &str) -> Vec<(String, usize)> {
    page.split("<a class=\"drill")
        .skip(1)
        .filter_map(|part| {
            let href = part.split("href=\"").nth(1)?.split('"').next()?;
            let text = part.split_once('>')?.1.split("</a>").next()?;
            let mut figure = String::new();
            let mut inside = false;
            for letter in text.chars() {
                match letter {
                    '<' => inside = true,
                    '>' => inside = false,
                    _ if !inside && letter.is_ascii_digit() => figure.push(letter),
                    _ => {}
                }
            }
            let href = href.replace("&#38;", "&").replace("&amp;", "&");
            Some((href, figure.parse().ok()?))
        })
        .collect()
}

fn leader() -> Caller {
    let unit = Some(UnitCode::new("county"));
    Caller { actor: Actor { role: Role::Leader, unit, ..Actor::system() } }
}

#[tokio::test]
async fn every_figure_of_the_overview_opens_a_list_of_as_many_matters() {
    let house = house().await;
    let drills = drills(&house.page("leader", "/cockpit").await);
    assert!(drills.len() > 10, "{drills:?}");
    for (href, figure) in drills {
        assert_eq!(house.rows("leader", &href).await, figure, "{href}");
    }
}

#[tokio::test]
async fn every_figure_of_the_rates_opens_a_list_of_as_many_matters() {
    let house = house().await;
    let page = house.page("leader", "/rates").await;
    let drills = drills(&page);
    assert!(drills.iter().any(|(href, _)| href.contains("late=0")), "{page}");
    for (href, figure) in drills {
        assert_eq!(house.rows("leader", &href).await, figure, "{href}");
    }
}

#[tokio::test]
async fn the_lamps_add_up_to_all_that_is_open() {
    let house = house().await;
    let overview = house.app.overview(&leader()).await.expect("overview");
    assert!(overview.open > 0 && overview.lamps.overdue > 0);
    assert_eq!(overview.lamps.all(), overview.open);
    for parts in [&overview.towns, &overview.classes] {
        assert_eq!(parts.iter().map(|part| part.lamps.all()).sum::<i64>(), overview.open);
    }
}

#[tokio::test]
async fn what_was_filed_is_closed_went_elsewhere_or_is_open() {
    let house = house().await;
    let far = Instant::from_micros(i64::MAX);
    let asked = Asked { filed: Some((Instant::from_micros(0), far)), ..Asked::default() };
    let ledger =
        house.app.ledger(&leader(), &asked, Wanted::default(), None, 5).await.expect("ledger");
    let sum = ledger.sum.expect("a sum");
    assert!(sum.closed > 0 && sum.open > 0, "{sum:?}");
    assert_eq!(sum.filed, sum.closed + sum.elsewhere + sum.open);
}

#[tokio::test]
async fn two_filters_that_exclude_each_other_list_nothing() {
    let house = house().await;
    let asked = Asked {
        standing: Some(Standing::Closed),
        lamp: Some(OpenLamp::Overdue),
        ..Asked::default()
    };
    assert_eq!(
        house
            .app
            .ledger(&leader(), &asked, Wanted::default(), None, 5)
            .await
            .expect("ledger")
            .count,
        0
    );
}

#[tokio::test]
async fn pages_of_a_ledger_hold_each_matter_once() {
    let house = house().await;
    let asked = Asked::default();
    let mut seen = std::collections::BTreeSet::new();
    let mut after = None;
    loop {
        let page = house
            .app
            .ledger(&leader(), &asked, Wanted::default(), after.as_deref(), 7)
            .await
            .expect("page");
        for line in page.lines {
            assert!(seen.insert(line.line.number.clone()), "{} twice", line.line.number);
        }
        after = page.next;
        if after.is_none() {
            assert_eq!(seen.len() as i64, page.count);
            break;
        }
    }
}

#[tokio::test]
async fn an_officer_lists_and_rates_only_the_own_units_matters() {
    let house = house().await;
    let actor =
        Actor { role: Role::Handler, unit: Some(UnitCode::new("lighting")), ..Actor::system() };
    let caller = Caller { actor };
    let (from, to) = (Instant::from_micros(0), Instant::from_micros(i64::MAX));
    let rates = house.app.unit_rates(&caller, from, to, None).await.expect("rates");
    assert!(rates.units.iter().all(|unit| unit.unit.as_deref() == Some("lighting")));
    let all = house.app.unit_rates(&leader(), from, to, None).await.expect("rates");
    let mut codes = all.units.into_iter().filter_map(|unit| unit.unit);
    let other = codes.rfind(|unit| unit != "lighting").expect("another unit");
    let others = Asked { unit: Some(Part::Is(other)), ..Asked::default() };
    let theirs = house
        .app
        .ledger(&caller, &others, Wanted::default(), None, 50)
        .await
        .expect("ledger")
        .count;
    let all = house
        .app
        .ledger(&leader(), &others, Wanted::default(), None, 50)
        .await
        .expect("ledger")
        .count;
    assert!(theirs < all, "{theirs} of {all}");
}

#[tokio::test]
async fn posts_without_the_right_get_no_figures() {
    let house = house().await;
    for path in [
        "/cockpit",
        "/rates",
        "/rates.xlsx",
        "/rates.csv",
        "/ledger",
        "/ledger.csv",
        "/map",
        "/map.json",
    ] {
        let (status, _) = house.get(Some("auditor"), path).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{path}");
    }
    assert_eq!(house.get(Some("handler"), "/cockpit").await.0, StatusCode::FORBIDDEN);
    // Whoever is not signed in is asked to.
    assert_eq!(house.get(None, "/ledger").await.0, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn an_address_nobody_of_ours_wrote_is_refused() {
    let house = house().await;
    for path in [
        "/ledger?lamp=red",
        "/ledger?person=7",
        "/ledger.xlsx?column=phone",
        "/rates?by=person",
        "/rates?from=x",
        "/rates.xlsx?from=x",
    ] {
        let (status, _) = house.get(Some("leader"), path).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{path}");
    }
}

#[tokio::test]
async fn the_workbook_holds_the_rows_of_the_ledger_and_typed_dates() {
    let house = house().await;
    let path = "/ledger.xlsx?state=open&column=matter&column=filed&column=returns";
    let (status, bytes) = house.get(Some("leader"), path).await;
    assert_eq!(status, StatusCode::OK);
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let sheet = book.worksheet_range_at(0).expect("a sheet").expect("cells");
    let rows: Vec<_> = sheet
        .rows()
        .filter(|row| row[0].to_string().starts_with("XY-"))
        .map(<[Data]>::to_vec)
        .collect();
    let listed = house.rows("leader", "/ledger?state=open").await;
    assert!(listed > 0);
    assert_eq!(rows.len(), listed);
    assert!(rows.iter().all(|row| matches!(row[2], Data::DateTime(_))), "{:?}", rows[0]);
}

#[tokio::test]
async fn a_file_of_a_ledger_holds_the_first_rows_only_where_there_are_more() {
    let house = house().await;
    let asked = Asked::default();
    let all = house
        .app
        .ledger_rows(&leader(), &asked, Wanted::default(), 5_000)
        .await
        .expect("all")
        .lines;
    let cut = house.app.ledger_rows(&leader(), &asked, Wanted::default(), 7).await.expect("some");
    assert!(all.len() > 7 && cut.count == all.len() as i64, "{} of {}", cut.count, all.len());
    let numbers = |lines: &[bihuan_app::queries::ledger::LedgerLine]| {
        lines.iter().map(|line| line.line.number.clone()).collect::<Vec<_>>()
    };
    assert_eq!(numbers(&cut.lines), numbers(&all[..7]));
}

/// Text of the cells of a page's table, row by row, the sum last.
fn table(page: &str) -> Vec<Vec<String>> {
    let table = page.split("<table").nth(1).and_then(|rest| rest.split("</table>").next());
    let rows = table.expect("a table").split("<tr").skip(2);
    rows.map(|row| row.split("<t").skip(1).map(|cell| words(&format!("<t{cell}"))).collect())
        .collect()
}

fn words(markup: &str) -> String {
    let mut text = String::new();
    for part in markup.split('<') {
        text.push_str(part.split_once('>').map_or("", |(_, words)| words));
        text.push(' ');
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

const RATES: &str = "from=2026-09-01&to=2026-12-31";

/// The rows of the rates' workbook below its head.
async fn rates_book(house: &House, query: &str) -> Vec<Vec<Data>> {
    let (status, bytes) = house.get(Some("leader"), &format!("/rates.xlsx?{query}")).await;
    assert_eq!(status, StatusCode::OK);
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let sheet = book.worksheet_range_at(0).expect("a sheet").expect("cells");
    sheet.rows().skip(1).map(<[Data]>::to_vec).collect()
}

#[tokio::test]
async fn the_workbook_of_the_rates_holds_the_pages_rows_in_its_order_and_its_sum() {
    let house = house().await;
    let page = house.page("leader", &format!("/rates?{RATES}")).await;
    assert!(page.contains("/rates.xlsx?from=2026-09-01&#38;to=2026-12-31"), "{page}");
    let shown = table(&page);
    let rows = rates_book(&house, RATES).await;
    assert!(rows.len() > 2, "units and a sum");
    assert_eq!(rows.len(), shown.len());
    let mut is_rate_there = false;
    let mut is_dash_there = false;
    for (row, shown) in rows.iter().zip(&shown) {
        assert_eq!(row[0].to_string(), shown[0]);
        for (at, cell) in [(1, 1), (2, 2)] {
            assert!(matches!(row[at], Data::Float(_) | Data::Int(_)), "{row:?}");
            assert!(shown[cell] == row[at].to_string() || is_zero(&row[at]), "{shown:?}");
        }
        // On the page a bar stands after the first rate.
        for (at, cell) in [(3, 3), (6, 5), (9, 6)] {
            let (part, whole, rate) = (&row[at], &row[at + 1], row[at + 2].to_string());
            assert!(matches!(part, Data::Float(_) | Data::Int(_)), "{row:?}");
            assert!(matches!(whole, Data::Float(_) | Data::Int(_)), "{row:?}");
            let printed =
                if rate == "—" { rate.clone() } else { format!("{part} / {whole} = {rate}") };
            assert_eq!(shown[cell].replace(' ', ""), printed.replace(' ', ""), "{row:?}");
            is_rate_there |= rate != "—";
            is_dash_there |= rate == "—" && is_zero(whole);
        }
    }
    assert!(is_rate_there && is_dash_there, "{rows:?}");
    let sum = rows.last().expect("a sum");
    for at in [1, 2, 3, 4, 6, 7, 9, 10] {
        let number = |row: &Vec<Data>| row[at].to_string().parse::<i64>().expect("a number");
        let units: i64 = rows[..rows.len() - 1].iter().map(number).sum();
        assert_eq!(units, number(sum), "column {at}");
    }
}

#[tokio::test]
async fn the_file_of_the_rates_is_narrowed_as_the_page_is_and_says_to_what() {
    let house = house().await;
    let all = rates_book(&house, RATES).await;
    let query = format!("{RATES}&class=facilities");
    let narrowed = rates_book(&house, &query).await;
    let page = house.page("leader", &format!("/rates?{query}")).await;
    assert!(narrowed != all);
    assert_eq!(narrowed.len(), table(&page).len());
    let csv = house.page("leader", &format!("/rates.csv?{query}")).await;
    assert_eq!(csv.trim_end().lines().count() - 1, narrowed.len());
    assert!(csv.contains("Closed within the limit") && csv.contains("\r\nTotal,"), "{csv}");
    let name = house.file_name(&format!("/rates.csv?{query}")).await;
    assert!(name.contains("rates-2026-09-01-2026-12-31-facilities.csv"), "{name}");
    // A class nobody knows has no rows, and no name in a header.
    let query = format!("{RATES}&class=%22%0d%0ax");
    let name = house.file_name(&format!("/rates.csv?{query}")).await;
    assert!(name.ends_with("\"rates-2026-09-01-2026-12-31.csv\""), "{name}");
    assert!(rates_book(&house, &query).await.is_empty());
}

#[tokio::test]
async fn points_of_the_map_lead_to_matters_and_tell_nothing_else() {
    let house = house().await;
    let text = house.page("leader", "/map.json").await;
    let map: serde_json::Value = serde_json::from_str(&text).expect("GeoJSON");
    let features = map["features"].as_array().expect("features");
    assert!(features.len() <= 500);
    for feature in features {
        let properties = feature["properties"].as_object().expect("properties");
        let names: Vec<&String> = properties.keys().collect();
        assert_eq!(names, ["href", "lamp"]);
    }
}

fn is_zero(cell: &Data) -> bool {
    matches!(cell, Data::Float(n) if *n == 0.0) || matches!(cell, Data::Int(0))
}
