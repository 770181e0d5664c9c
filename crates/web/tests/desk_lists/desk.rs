//! A small county with its people and a few reports.

use bihuan_app::commands::{Acted, Filed, NewReport, Reporter, Submission};
use bihuan_app::{Caller, Composer, Sender};
use bihuan_domain::access::Role;
use bihuan_domain::ids::{GridCode, ItemCode, PlaceId, RegimeCode, UnitCode};
use bihuan_domain::matter::{Command, ContentTag, Source, Urgency};
use bihuan_testkit::app::Running;
use bihuan_testkit::county;

use crate::browser::Browser;

pub(crate) const LAMP: &str = "LD-0417";
pub(crate) const GRID: &str = "01-014-07";
pub(crate) const PHONE: &str = "13800138000";

pub(crate) struct Desk {
    pub(crate) running: Running,
    /// The centre's triage officer.
    pub(crate) sorter: Caller,
}

impl Desk {
    pub(crate) async fn open() -> Self {
        let running = Running::start().await;
        let sorter = running.person("sorter", Role::Triage, "grid-centre", None).await;
        Self { running, sorter }
    }

    /// Around each coded place lies its grid's area, around all of them the
    /// county's.
    pub(crate) async fn open_with_blocks() -> Self {
        let mut desk = Self::open().await;
        let rules = desk.running.app.rules();
        let version = rules.in_force(desk.running.app.now());
        let version = version.unwrap_or_else(|fault| panic!("no playbook: {fault}"));
        let areas = county::around_places(&version.playbook);
        desk.running.app = desk.running.app.with_outlines(areas);
        desk
    }

    pub(crate) async fn browser(&self, login: &str) -> Browser {
        Browser::signed_in(&self.running, login).await
    }

    pub(crate) async fn joined_by(&self, login: &str, role: Role, unit: &str) -> (Caller, Browser) {
        let caller = self.running.person(login, role, unit, None).await;
        (caller, self.browser(login).await)
    }

    /// A resident's report, a minute after the one before.
    pub(crate) async fn reported(&self, words: &str, place: Option<&str>) -> String {
        self.filed(words, place, Reporter::default()).await.number
    }

    pub(crate) async fn filed(
        &self,
        words: &str,
        place: Option<&str>,
        reporter: Reporter,
    ) -> Filed {
        self.sent(words, place, reporter, false).await
    }

    /// A report whose reporter asked not to be known.
    pub(crate) async fn confided(&self, words: &str) -> String {
        let reporter = Reporter { name: None, phone: Some(PHONE.to_owned()) };
        self.sent(words, None, reporter, true).await.number
    }

    async fn sent(
        &self,
        words: &str,
        place: Option<&str>,
        reporter: Reporter,
        confidential: bool,
    ) -> Filed {
        self.running.clock.step_minutes(1);
        let app = &self.running.app;
        let filed = app
            .file_report(NewReport {
                sender: Sender::new(self.running.command(), [words]),
                caller: Caller::reporter(),
                regime: RegimeCode::new("grid-case"),
                source: Source::Snapshot,
                item: None,
                words: words.to_owned(),
                grid: Some(GridCode::new(GRID)),
                place: place.map(PlaceId::new),
                position: None,
                address: String::new(),
                evidence: Vec::new(),
                reporter,
                confidential,
                urgency: Urgency::Ordinary,
                claimed_at: None,
                composed: Composer::new(app),
                then: Vec::new(),
            })
            .await
            .unwrap_or_else(|fault| panic!("not filed: {fault}"));
        self.running.rest().await;
        filed
    }

    /// Accepted as a dark lamp and given to a unit.
    pub(crate) async fn dispatched(&self, number: &str, unit: &str) {
        let item = ItemCode::new("lamp-out");
        self.done(number, Command::Accept { item, urgency: Urgency::Ordinary }).await;
        let dispatch = Command::Dispatch { lead: UnitCode::new(unit), co: Vec::new(), note: None };
        self.done(number, dispatch).await;
    }

    /// Something the triage officer does.
    pub(crate) async fn done(&self, number: &str, command: Command) -> Acted {
        self.done_by(&self.sorter, number, command).await
    }

    pub(crate) async fn done_by(&self, caller: &Caller, number: &str, command: Command) -> Acted {
        let app = &self.running.app;
        let matter = app.matter(caller, number).await;
        let matter = matter.unwrap_or_else(|fault| panic!("{number}: {fault}")).matter.id;
        let mut composed = Composer::new(app);
        composed.push(command);
        let sender = Sender::new(self.running.command(), [number]);
        app.act(Submission { sender, caller: caller.clone(), matter, seen: None, composed })
            .await
            .unwrap_or_else(|fault| panic!("{number}: {fault}"))
    }

    /// A report of progress in these words.
    pub(crate) async fn noted(&self, caller: &Caller, number: &str, words: &str) {
        let app = &self.running.app;
        let matter = app.matter(caller, number).await;
        let matter = matter.unwrap_or_else(|fault| panic!("{number}: {fault}")).matter.id;
        let mut composed = Composer::new(app);
        let note = composed.words(ContentTag::Note, words);
        let note = note.unwrap_or_else(|fault| panic!("{words}: {fault}"));
        composed.push(Command::Act { note, evidence: Vec::new() });
        let sender = Sender::new(self.running.command(), [number, words]);
        app.act(Submission { sender, caller: caller.clone(), matter, seen: None, composed })
            .await
            .unwrap_or_else(|fault| panic!("{number}: {fault}"));
    }

    pub(crate) async fn stage(&self, number: &str) -> &'static str {
        self.matter(number).await.stage.code()
    }

    pub(crate) async fn matter(&self, number: &str) -> bihuan_domain::matter::Matter {
        let view = self.running.app.matter(&self.sorter, number).await;
        view.unwrap_or_else(|fault| panic!("{number}: {fault}")).matter
    }
}
