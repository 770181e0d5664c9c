//! One county on a temporary database, and browsers that keep cookies.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use bihuan_app::commands::{Filed, NewPerson, NewPost, NewReport, Reporter};
use bihuan_app::context::Outside;
use bihuan_app::keys::Keys;
use bihuan_app::ports::{Blobs, Clock, Entropy, PortFault, PortFuture};
use bihuan_app::{App, Caller, Composer, Sender};
use bihuan_domain::access::Role;
use bihuan_domain::ids::{
    CommandId, CountyCode, GridCode, ItemCode, PersonId, RegimeCode, UnitCode,
};
use bihuan_domain::instant::Instant;
use bihuan_domain::matter::{Command, Source as From, Urgency};
use bihuan_domain::playbook::Source;
use bihuan_testkit::clock::SteppedClock;
use bihuan_testkit::engines;
use bihuan_web::{WebOptions, router};
use tower::ServiceExt;

pub(crate) const PASSWORD: &str = "a long enough password";

pub(crate) struct House {
    pub(crate) app: App,
    pub(crate) router: Router,
    _folder: Box<dyn std::any::Any>,
}

#[derive(Default)]
pub(crate) struct Hand(pub SteppedClock);

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
            *byte = (next.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as u8;
        }
    }
}

#[derive(Default)]
struct Memory(Mutex<BTreeMap<String, Vec<u8>>>);

impl Blobs for Memory {
    fn put<'a>(&'a self, name: &'a str, bytes: Vec<u8>) -> PortFuture<'a, ()> {
        self.0.lock().unwrap().insert(name.to_owned(), bytes);
        Box::pin(async { Ok(()) })
    }

    fn get<'a>(&'a self, name: &'a str) -> PortFuture<'a, Vec<u8>> {
        let found = self.0.lock().unwrap().get(name).cloned();
        Box::pin(async move { found.ok_or_else(|| PortFault::NotFound(name.to_owned())) })
    }

    fn delete<'a>(&'a self, name: &'a str) -> PortFuture<'a, ()> {
        self.0.lock().unwrap().remove(name);
        Box::pin(async { Ok(()) })
    }
}

impl House {
    pub(crate) async fn open(now: Instant) -> Self {
        let (address, folder) = engines::sqlite_file();
        let store = engines::open(&address).await;
        let clock = Arc::new(Hand(SteppedClock::at(now)));
        let outside = Outside {
            clock,
            entropy: Arc::new(Counting::default()),
            blobs: Arc::new(Memory::default()),
            couriers: Vec::new(),
        };
        let keys = Keys::derive(&[7; 32]);
        let app = App::open(store, CountyCode::new("410182"), keys, outside).await.unwrap();
        let command = CommandId(app.new_id());
        let from = Some(now.plus_days(-1).date());
        let approver = PersonId(app.new_id());
        app.apply_playbook(&Caller::system(), command, &playbook(), from, approver).await.unwrap();
        let router = router(app.clone(), WebOptions::default());
        Self { app, router, _folder: Box::new(folder) }
    }

    pub(crate) async fn person(&self, login: &str, role: Role, unit: &str) -> PersonId {
        let posts = vec![NewPost { role, unit: UnitCode::new(unit), grid: None }];
        let person = NewPerson {
            login: login.to_owned(),
            name: format!("某{login}"),
            phone: None,
            password: Some(PASSWORD.to_owned()),
            must_change: false,
            posts,
        };
        let command = CommandId(self.app.new_id());
        self.app.add_people(&Caller::system(), command, vec![person]).await.unwrap()[0]
    }

    pub(crate) fn caller(&self, person: PersonId, role: Role, unit: &str) -> Caller {
        let unit = Some(UnitCode::new(unit));
        let actor = bihuan_domain::matter::Actor { role, person: Some(person), unit, grid: None };
        Caller { actor }
    }

    /// A dark street lamp, told to triage and accepted at once.
    pub(crate) async fn lamp_out(&self, triage: &Caller) -> Filed {
        let command = CommandId(self.app.new_id());
        let item = ItemCode::new("lamp-out");
        let report = NewReport {
            sender: Sender::new(command, ["lamp"]),
            caller: triage.clone(),
            regime: RegimeCode::new("grid-case"),
            source: From::Hotline,
            item: Some(item.clone()),
            words: "路灯不亮".to_owned(),
            grid: Some(GridCode::new("05")),
            place: None,
            position: None,
            address: "索河路12号".to_owned(),
            evidence: Vec::new(),
            reporter: Reporter {
                name: Some("王某".to_owned()),
                phone: Some("13800001234".to_owned()),
            },
            confidential: false,
            urgency: Urgency::Ordinary,
            claimed_at: None,
            composed: Composer::new(&self.app),
            then: vec![Command::Accept { item, urgency: Urgency::Ordinary }],
        };
        self.app.file_report(report).await.unwrap()
    }

    pub(crate) async fn browser(&self, login: &str) -> Browser {
        let mut browser = Browser { router: self.router.clone(), cookies: BTreeMap::new() };
        let page = browser.get("/sign-in").await;
        let fields = [("csrf", &*page.token()), ("name", login), ("password", PASSWORD)];
        let answer = browser.post_raw("/sign-in", &fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{login} cannot sign in");
        browser
    }
}

/// The playbook as it is shipped.
pub(crate) fn playbook() -> Source {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../playbooks/xingyang");
    let mut files = Vec::new();
    read(&folder, &folder, &mut files);
    Source::new(files)
}

fn read(root: &Path, folder: &Path, files: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read(root, &path, files);
        } else if path.extension().is_some_and(|kind| kind == "toml") {
            let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
            files.push((name, std::fs::read_to_string(&path).unwrap()));
        }
    }
}

pub(crate) struct Browser {
    router: Router,
    cookies: BTreeMap<String, String>,
}

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn token(&self) -> String {
        self.hidden("csrf")
    }

    /// The value of a hidden field.
    pub(crate) fn hidden(&self, name: &str) -> String {
        let start = format!("name=\"{name}\" value=\"");
        let at = self.body.find(&start).unwrap_or_else(|| panic!("no {name} in {}", self.body));
        let rest = &self.body[at + start.len()..];
        let value = &rest[..rest.find('"').unwrap()];
        value
            .replace("&#34;", "\"")
            .replace("&#39;", "'")
            .replace("&#60;", "<")
            .replace("&#62;", ">")
            .replace("&#38;", "&")
    }

    pub(crate) fn location(&self) -> &str {
        self.headers.get(header::LOCATION).map_or("", |value| value.to_str().unwrap())
    }

    #[track_caller]
    pub(crate) fn shows(&self, words: &str) {
        assert!(self.body.contains(words), "no “{words}” in ({}) {}", self.status, self.body);
    }
}

impl Browser {
    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        let request = Request::get(path).body(Body::empty()).unwrap();
        self.send(request).await
    }

    /// Opens `page` for its token and sends its form.
    pub(crate) async fn post(
        &mut self,
        page: &str,
        action: &str,
        fields: &[(&str, &str)],
    ) -> Answer {
        let token = self.get(page).await.token();
        let mut all = vec![("csrf", &*token)];
        all.extend_from_slice(fields);
        self.post_raw(action, &all).await
    }

    async fn post_raw(&mut self, action: &str, fields: &[(&str, &str)]) -> Answer {
        let body = serde_html_form::to_string(fields).unwrap();
        let request = Request::post(action)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .unwrap();
        self.send(request).await
    }

    /// A form in parts: fields, and files as (field, name, contents).
    pub(crate) async fn post_parts(
        &mut self,
        page: &str,
        action: &str,
        fields: &[(&str, &str)],
        files: &[(&str, &str, &str)],
    ) -> Answer {
        let token = self.get(page).await.token();
        let mut body = String::new();
        for (name, value) in [("csrf", &*token)].iter().chain(fields) {
            body += &format!(
                "--XX\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            );
        }
        for (field, name, contents) in files {
            body += &format!(
                "--XX\r\nContent-Disposition: form-data; name=\"{field}\"; \
                 filename=\"{name}\"\r\n\r\n{contents}\r\n"
            );
        }
        body += "--XX--\r\n";
        let request = Request::post(action)
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=XX")
            .body(Body::from(body))
            .unwrap();
        self.send(request).await
    }

    async fn send(&mut self, mut request: Request<Body>) -> Answer {
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let headers = request.headers_mut();
        headers.insert(header::COOKIE, cookies.join("; ").parse().unwrap());
        headers.insert(header::ACCEPT_LANGUAGE, "zh-CN".parse().unwrap());
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        let body = String::from_utf8_lossy(&bytes).into_owned();
        Answer { status: parts.status, headers: parts.headers, body }
    }
}
