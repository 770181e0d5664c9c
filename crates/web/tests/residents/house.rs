//! A small county on a temporary database, a clock set by hand, and a browser
//! that keeps its cookies.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Request, StatusCode, header};
use bihuan_app::commands::{NewPerson, NewPost};
use bihuan_app::context::Outside;
use bihuan_app::keys::Keys;
use bihuan_app::ports::{Blobs, Clock, Entropy, PortFault, PortFuture};
use bihuan_app::queries::MatterView;
use bihuan_app::{App, Caller};
use bihuan_domain::access::Role;
use bihuan_domain::ids::{CommandId, CountyCode, GridCode, PersonId, UnitCode};
use bihuan_domain::instant::Instant;
use bihuan_domain::matter::Actor;
use bihuan_domain::place::{Outline, Outlines, Polygon, Position};
use bihuan_domain::playbook::{Source, template};
use bihuan_testkit::chance::Chance;
use bihuan_testkit::clock::SteppedClock;
use bihuan_testkit::engines;
use bihuan_web::{Most, WebOptions, router};
use tower::ServiceExt;

pub(crate) const PASSWORD: &str = "a long enough password";
pub(crate) const COUNTY: &str = "410182";
/// The reverse proxy in front of the county.
pub(crate) const PROXY: &str = "10.0.0.1";
pub(crate) const GRID: &str = "01-001-01";

struct Hand(Arc<SteppedClock>);

impl Clock for Hand {
    fn now(&self) -> Instant {
        self.0.now()
    }
}

/// Never the same twice, always the same in the next run.
#[derive(Default)]
struct Counting(AtomicU64);

impl Entropy for Counting {
    fn fill(&self, bytes: &mut [u8]) {
        for byte in bytes {
            let next = self.0.fetch_add(1, Ordering::Relaxed);
            *byte = Chance::seeded(next).number() as u8;
        }
    }
}

#[derive(Default)]
struct Memory(Mutex<BTreeMap<String, Vec<u8>>>);

impl Blobs for Memory {
    fn put<'a>(&'a self, name: &'a str, bytes: Vec<u8>) -> PortFuture<'a, ()> {
        self.0.lock().expect("blobs").insert(name.to_owned(), bytes);
        Box::pin(async { Ok(()) })
    }

    fn get<'a>(&'a self, name: &'a str) -> PortFuture<'a, Vec<u8>> {
        let found = self.0.lock().expect("blobs").get(name).cloned();
        Box::pin(async move { found.ok_or_else(|| PortFault::NotFound(name.to_owned())) })
    }

    fn delete<'a>(&'a self, name: &'a str) -> PortFuture<'a, ()> {
        self.0.lock().expect("blobs").remove(name);
        Box::pin(async { Ok(()) })
    }
}

pub(crate) struct House {
    pub(crate) app: App,
    pub(crate) clock: Arc<SteppedClock>,
    site: Router,
    files: Arc<Memory>,
    _folder: tempfile::TempDir,
}

impl House {
    pub(crate) async fn open() -> Self {
        Self::with_room_for(Most { together: 1024, of_one_address: 512 }).await
    }

    /// A county that works on so many requests at once.
    pub(crate) async fn with_room_for(most: Most) -> Self {
        let (address, folder) = engines::sqlite_file();
        let clock = Arc::new(SteppedClock::default());
        let files = Arc::new(Memory::default());
        let outside = Outside {
            clock: Arc::new(Hand(Arc::clone(&clock))),
            entropy: Arc::new(Counting::default()),
            blobs: files.clone(),
            couriers: Vec::new(),
        };
        let store = engines::open(&address).await;
        let keys = Keys::derive(&[7; 32]);
        let app = App::open(store, CountyCode::new(COUNTY), keys, outside).await.expect("county");
        let app = app.with_outlines(outlines());
        let playbook = Source::new(template(COUNTY, "荥阳市"));
        let approver = PersonId(app.new_id());
        let command = CommandId(app.new_id());
        let from = Some(clock.now().plus_days(-1).date());
        app.apply_playbook(&Caller::system(), command, &playbook, from, approver)
            .await
            .expect("playbook");
        let options = WebOptions {
            base_url: "https://bihuan.example".to_owned(),
            trusted_proxies: PROXY.parse().expect("a proxy"),
            most,
            ..WebOptions::default()
        };
        Self { site: router(app.clone(), options), app, clock, files, _folder: folder }
    }

    /// How many photos and files there are, whatever they belong to.
    pub(crate) fn files_kept(&self) -> usize {
        self.files.0.lock().expect("blobs").len()
    }

    pub(crate) fn site(&self) -> Router {
        self.site.clone()
    }

    pub(crate) fn browser(&self) -> Browser {
        Browser {
            site: self.site.clone(),
            cookies: BTreeMap::new(),
            lang: "zh-CN",
            peer: Ipv4Addr::LOCALHOST.into(),
            forwarded: None,
        }
    }

    /// A browser whose connection comes from there.
    pub(crate) fn browser_at(&self, address: &str) -> Browser {
        Browser { peer: address.parse().expect("an address"), ..self.browser() }
    }

    /// A browser behind the trusted proxy, which hands on this header.
    pub(crate) fn browser_behind(&self, forwarded: &str) -> Browser {
        Browser { forwarded: Some(forwarded.to_owned()), ..self.browser_at(PROXY) }
    }

    /// Adds a person with one post and returns who they are when they act.
    pub(crate) async fn person(
        &self,
        login: &str,
        role: Role,
        unit: &str,
        grid: Option<&str>,
    ) -> Caller {
        let unit = UnitCode::new(unit);
        let grid = grid.map(GridCode::new);
        let post = NewPost { role, unit: unit.clone(), grid: grid.clone() };
        let person = NewPerson {
            login: login.to_owned(),
            name: format!("某{login}"),
            phone: None,
            password: Some(PASSWORD.to_owned()),
            must_change: login.starts_with("new"),
            posts: vec![post],
        };
        let command = CommandId(self.app.new_id());
        let added = self.app.add_people(&Caller::system(), command, vec![person]).await;
        let person = added.expect("a person")[0];
        Caller { actor: Actor { role, person: Some(person), unit: Some(unit), grid } }
    }

    pub(crate) async fn worker(&self) -> Browser {
        self.person("worker", Role::GridWorker, "town-01", Some(GRID)).await;
        let mut browser = self.browser();
        browser.sign_in("worker").await;
        browser
    }

    /// Entries the county has written so far, sealed or not.
    pub(crate) async fn entries(&self) -> u64 {
        let (sealed, waiting) =
            self.app.store().entry_counts(self.app.county()).await.expect("counts");
        sealed + waiting
    }

    /// A report as it was filed, by its number.
    pub(crate) async fn report(&self, number: &str) -> MatterView {
        self.app.matter(&Caller::system(), number).await.expect("a report")
    }

    pub(crate) async fn sign(&self) -> String {
        let place = self.app.store().place(self.app.county(), "LD-0001").await.expect("place");
        self.app.place_code(&place.expect("the template's place"))
    }
}

/// The county lies between 34 and 35 degrees north, 113 and 114 east; the grid
/// fills its south-western tenth of a degree.
fn outlines() -> Outlines {
    let grids = BTreeMap::from([(GridCode::new(GRID), square(1))]);
    Outlines::new(Some(square(10)), grids)
}

fn square(tenths: i32) -> Outline {
    let (south, west) = (34_000_000, 113_000_000);
    let (north, east) = (south + tenths * 100_000, west + tenths * 100_000);
    let at = |lat_e6: i32, lon_e6: i32| Position { lat_e6, lon_e6 };
    let corners = vec![at(south, west), at(south, east), at(north, east), at(north, west)];
    Outline::new(vec![Polygon::new(corners, Vec::new()).expect("polygon")]).expect("outline")
}

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Vec<u8>,
}

impl Answer {
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub(crate) fn to(&self) -> String {
        let to = self.headers.get(header::LOCATION).expect("a redirect");
        to.to_str().expect("an address").to_owned()
    }

    pub(crate) fn has(&self, words: &str) -> bool {
        self.text().contains(words)
    }

    /// The value of a form's field on this page.
    pub(crate) fn value(&self, name: &str) -> String {
        let text = self.text();
        let field = format!("name=\"{name}\"");
        let from = text.find(&field).unwrap_or_else(|| panic!("no field {name}: {text}"));
        let rest = &text[from..];
        let tag = &rest[..rest.find('>').expect("a tag")];
        let value = tag.split("value=\"").nth(1).and_then(|value| value.split('"').next());
        value.unwrap_or_default().to_owned()
    }
}

#[derive(Clone)]
pub(crate) struct Browser {
    site: Router,
    pub(crate) cookies: BTreeMap<String, String>,
    pub(crate) lang: &'static str,
    pub(crate) peer: IpAddr,
    /// What `X-Forwarded-For` says.
    pub(crate) forwarded: Option<String>,
}

impl Browser {
    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        self.ask(Request::get(path), Body::empty()).await
    }

    /// Sends a form with the page's token.
    pub(crate) async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let token = self.token().await;
        let mut all = vec![("csrf", token.as_str())];
        all.extend_from_slice(fields);
        self.post_plain(path, &all).await
    }

    /// Sends just these fields.
    pub(crate) async fn post_plain(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = serde_html_form::to_string(fields).expect("a form");
        let request =
            Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.ask(request, Body::from(body)).await
    }

    /// Sends a form with photos: each a name and its bytes.
    pub(crate) async fn upload(
        &mut self,
        path: &str,
        fields: &[(&str, &str)],
        photos: &[(&str, &[u8])],
    ) -> Answer {
        let field = |name: &str, value: &str| {
            format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        };
        let mut body = field("csrf", &self.token().await).into_bytes();
        for (name, bytes) in photos {
            let head = format!(
                "--edge\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"{name}\"\r\n\
                 Content-Type: image/jpeg\r\n\r\n"
            );
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        }
        // Words come after the photos, as on the page.
        for (name, value) in fields {
            body.extend_from_slice(field(name, value).as_bytes());
        }
        body.extend_from_slice(b"--edge--\r\n");
        let request =
            Request::post(path).header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge");
        self.ask(request, Body::from(body)).await
    }

    pub(crate) async fn sign_in(&mut self, login: &str) -> Answer {
        self.post("/sign-in", &[("name", login), ("password", PASSWORD)]).await
    }

    /// Tries a wrong password.
    pub(crate) async fn guess(&mut self, login: &str) -> StatusCode {
        let sent = [("name", login), ("password", "not the password")];
        self.post("/sign-in", &sent).await.status
    }

    async fn token(&mut self) -> String {
        self.get("/privacy").await;
        self.cookies["bihuan_form"].clone()
    }

    async fn ask(&mut self, request: axum::http::request::Builder, body: Body) -> Answer {
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = match &self.forwarded {
            Some(forwarded) => request.header("x-forwarded-for", forwarded),
            None => request,
        };
        let request = request
            .extension(ConnectInfo(SocketAddr::new(self.peer, 4711)))
            .header(header::COOKIE, cookies.join("; "))
            .header(header::ACCEPT_LANGUAGE, self.lang)
            .body(body)
            .expect("a request");
        let answer = self.site.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = answer.into_parts();
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            let pair = cookie.to_str().expect("a cookie").split(';').next().expect("a pair");
            let (name, value) = pair.split_once('=').expect("a cookie");
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        let bytes = to_bytes(body, 64 << 20).await.expect("a body").to_vec();
        Answer { status: parts.status, headers: parts.headers, bytes }
    }
}

/// A photo of one pixel.
pub(crate) fn photo() -> Vec<u8> {
    let text = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJ\
                RU5ErkJggg==";
    data_encoding::BASE64.decode(text.as_bytes()).expect("a photo")
}

pub(crate) fn command(last: u8) -> String {
    format!("0199a1b2-0000-7000-8000-0000000000{last:02x}")
}
