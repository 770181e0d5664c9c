//! A meeting's decision and an inspector's finding, from the first word to being
//! struck off and looked back at, through the pages of everyone who has a part.

use axum::http::StatusCode;
use bihuan_app::commands::{NewMatter, Registration, Submission};
use bihuan_app::compose::File;
use bihuan_app::{Caller, Composer, Sender};
use bihuan_domain::access::Role;
use bihuan_domain::ids::{MatterId, RegimeCode, UnitCode};
use bihuan_domain::matter::{
    Alike, Brief, Command, ContentTag, Criticism, EvidenceKind, Grade, Link, SlipColour, Source,
    Stage, Urgency,
};
use jiff::civil::Date;

use crate::browser::{Answer, Browser};
use crate::desk::Desk;

const MINUTES_A_DAY: i64 = 24 * 60;

/// Everyone who has a part, each at a desk of their own.
struct Week {
    desk: Desk,
    supervisor: Caller,
    handler: Caller,
    office: Browser,
    second: Browser,
    mayor: Browser,
    head: Browser,
}

impl Week {
    async fn open(unit: &str) -> Self {
        let desk = Desk::open().await;
        let (supervisor, office) = desk.joined_by("office", Role::Supervisor, "inspection").await;
        let (_, second) = desk.joined_by("second", Role::Supervisor, "inspection").await;
        let (_, mayor) = desk.joined_by("mayor", Role::Leader, "county").await;
        let (_, head) = desk.joined_by("head", Role::UnitHead, unit).await;
        let handler = desk.running.person("hand", Role::Handler, unit, None).await;
        Self { desk, supervisor, handler, office, second, mayor, head }
    }

    async fn file(&self, regime: &str, urgency: Urgency, words: &str, brief: Brief) -> String {
        let app = &self.desk.running.app;
        let mut composed = Composer::new(app);
        let words = composed.words(ContentTag::Words, words).expect("words");
        let registration = Registration {
            sender: Sender::new(self.desk.running.command(), ["file"]),
            caller: self.supervisor.clone(),
            matters: vec![NewMatter {
                id: app.new_matter_id(),
                regime: RegimeCode::new(regime),
                source: Source::Meeting,
                urgency,
                words,
                brief,
                evidence: Vec::new(),
                composed,
                then: Vec::new(),
            }],
        };
        let registered = app.file_matters(registration).await.expect("filed");
        registered.matters[0].1.clone()
    }

    /// Handed in with the proof the regime asks for.
    async fn submit(&self, number: &str, alike: Option<Alike>) {
        let app = &self.desk.running.app;
        let mut composed = Composer::new(app);
        let file = File {
            bytes: b"%PDF-1.7 report".to_vec(),
            thumb: None,
            kind: "application/pdf".to_owned(),
            name: "report.pdf".to_owned(),
            taken_at: None,
            width: None,
            height: None,
        };
        let evidence =
            vec![composed.attach(EvidenceKind::Document, file).await.expect("a document")];
        let note = composed.words(ContentTag::Note, "已经办好，报告附后").expect("a note");
        composed.push(Command::Submit { note, evidence, alike });
        let submission = Submission {
            sender: Sender::new(self.desk.running.command(), [number]),
            caller: self.handler.clone(),
            matter: self.id(number).await,
            seen: None,
            composed,
        };
        app.act(submission).await.expect("handed in");
    }

    async fn id(&self, number: &str) -> MatterId {
        let view = self.desk.running.app.matter(&self.supervisor, number).await;
        view.expect("the matter").matter.id
    }

    async fn state(&self, number: &str) -> bihuan_domain::matter::Matter {
        let view = self.desk.running.app.matter(&self.supervisor, number).await;
        view.expect("the matter").matter
    }

    /// Days go by, the tasks run in the night, and everyone signs in again.
    async fn days(&mut self, days: i64) {
        for _ in 0..days {
            self.desk.running.clock.step_minutes(MINUTES_A_DAY);
            self.desk.running.rest().await;
        }
        self.office = self.desk.browser("office").await;
        self.second = self.desk.browser("second").await;
        self.mayor = self.desk.browser("mayor").await;
        self.head = self.desk.browser("head").await;
    }

    fn today(&self) -> Date {
        self.desk.running.app.now().date()
    }
}

/// Takes a step the way its page says.
pub(crate) async fn take(
    who: &mut Browser,
    number: &str,
    step: &str,
    fields: &[(&str, &str)],
) -> Answer {
    let page = who.get(&format!("/m/{number}/{step}")).await;
    assert_eq!(page.status, StatusCode::OK, "{step}");
    who.submit(&page, fields).await
}

#[track_caller]
pub(crate) fn taken(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.page);
}

#[track_caller]
pub(crate) fn refused(answer: &Answer, words: &str) {
    assert!(answer.status.is_client_error(), "{}", answer.status);
    assert!(answer.has(words), "{}", answer.page);
}

#[tokio::test]
async fn a_meetings_decision_is_chased_to_its_end_with_a_return_more_time_slips_and_a_review() {
    let mut week = Week::open("municipal-works").await;
    let brief_lead = Some(UnitCode::new("lighting"));
    let brief = Brief { lead: brief_lead.clone(), ..Brief::default() };
    let task = week.file("supervised-task", Urgency::Ordinary, "主干道夜景亮灯检修", brief).await;

    // Approved by another, sent to the wrong unit, returned once, decided.
    let own = take(&mut week.office, &task, "approve-filing", &[("approve", "yes")]).await;
    assert!(own.status.is_client_error(), "the drafter does not approve");
    taken(&take(&mut week.mayor, &task, "approve-filing", &[("approve", "yes")]).await);
    let (_, mut lighting) = week.desk.joined_by("lamps", Role::UnitHead, "lighting").await;
    let given = week.state(&task).await.lead.map(|lead| lead.unit);
    assert_eq!(given, brief_lead, "approving gives it to the unit the draft names");
    let back = [("reason", "主干道路灯归市政养护中心"), ("suggested", "municipal-works")];
    taken(&take(&mut lighting, &task, "return", &back).await);
    taken(&take(&mut week.office, &task, "adjudicate", &[("lead", "municipal-works")]).await);
    let again = take(&mut week.head, &task, "return", &[("reason", "不归我们")]).await;
    assert!(again.status.is_client_error(), "what was decided is not returned again");
    taken(&take(&mut week.head, &task, "sign", &[]).await);

    // Day 1 and day 3 are reported, then more time is asked for and given.
    taken(&take(&mut week.head, &task, "act", &[("note", "已派工程一班，今晚进场")]).await);
    week.days(2).await;
    taken(&take(&mut week.head, &task, "act", &[("note", "已检修一半")]).await);
    let until = week.today().saturating_add(jiff::Span::new().days(7)).to_string();
    let more = [("node", "d7"), ("until", until.as_str()), ("reason", "配件未到")];
    taken(&take(&mut week.head, &task, "request-extension", &more).await);
    taken(&take(&mut week.office, &task, "extend", &[("approve", "yes")]).await);
    let due = week.state(&task).await.nodes[&bihuan_domain::ids::NodeCode::new("d7")].due.due_at;
    assert_eq!(due.date().to_string(), until);

    // The new date passes too: blue at once, orange and red as the ladder says.
    week.days(8).await;
    let slips = |matter: &bihuan_domain::matter::Matter| -> Vec<SlipColour> {
        matter.slips.iter().map(|slip| slip.colour).collect()
    };
    assert_eq!(slips(&week.state(&task).await), [SlipColour::Blue]);
    let late = week.office.get("/supervision?tab=late").await;
    assert!(late.has("主干道夜景亮灯检修") && late.has("已发蓝单"), "{}", late.page);
    assert!(late.has(&format!("/m/{task}/slips/latest.pdf")), "the tree leads to its paper");
    let sign = week.head.get(&format!("/m/{task}/sign-slip")).await;
    assert!(sign.has("荥政督单〔2026〕1号") && sign.has("slips/1.docx"), "{}", sign.page);
    for file in ["1.docx", "latest.docx"] {
        let paper = week.head.get(&format!("/m/{task}/slips/{file}")).await;
        assert_eq!(paper.status, StatusCode::OK, "{file}");
    }
    for file in ["2.docx", "0.docx", "x.docx", "1.txt", "1"] {
        let none = week.head.get(&format!("/m/{task}/slips/{file}")).await;
        assert_eq!(none.status, StatusCode::NOT_FOUND, "{file}");
    }
    week.days(8).await;
    let matter = week.state(&task).await;
    assert_eq!(slips(&matter), [SlipColour::Blue, SlipColour::Orange, SlipColour::Red]);
    assert!(matter.criticism.is_proposed(), "the red slip proposes, it does not decide");
    taken(&take(&mut week.head, &task, "sign-slip", &[]).await);
    taken(&take(&mut week.mayor, &task, "criticise", &[("approve", "yes")]).await);

    // The unit objects; whoever took part may not review.
    taken(&take(&mut week.head, &task, "object", &[("reason", "配件停产，已书面报告")]).await);
    let fields = [("upheld", "yes"), ("reason", "情况属实")];
    refused(&take(&mut week.office, &task, "review", &fields).await, "回避");
    taken(&take(&mut week.second, &task, "review", &fields).await);
    assert!(matches!(week.state(&task).await.criticism, Criticism::Withdrawn(_)));

    // Result, check, grade, struck off.
    week.submit(&task, None).await;
    taken(&take(&mut week.office, &task, "check", &[("holds", "yes")]).await);
    refused(&take(&mut week.office, &task, "close", &[]).await, "评价等次");
    taken(&take(&mut week.office, &task, "close", &[("grade", "pass")]).await);
    taken(&take(&mut week.office, &task, "strike-off", &[]).await);
    let matter = week.state(&task).await;
    assert_eq!((matter.stage, matter.grade), (Stage::StruckOff, Some(Grade::Pass)));
    let done = week.office.get("/supervision?tab=done").await;
    assert!(done.has("主干道夜景亮灯检修") && done.has("合格"), "{}", done.page);
    let page = week.office.get(&format!("/m/{task}")).await;
    assert!(page.has("复核后撤销"), "{}", page.page);
}

#[tokio::test]
async fn a_finding_goes_from_an_inspection_over_a_plan_and_publicity_to_the_look_back() {
    let mut week = Week::open("sanitation").await;
    let (from, to) = (week.today(), week.today().saturating_add(jiff::Span::new().days(3)));
    let (from, to) = (from.to_string(), to.to_string());

    // Planned with its units and days, approved by a leader.
    let form = week.office.get("/rectification/inspection").await;
    let command = form.hidden("command");
    let fields = [
        ("command", command.as_str()),
        ("type", "special"),
        ("method", "visit"),
        ("words", "检查垃圾中转站"),
        ("units", "sanitation"),
        ("from_on", from.as_str()),
        ("due_on", to.as_str()),
    ];
    let planned = week.office.post("/rectification/inspection", &fields).await;
    taken(&planned);
    let inspection = number_of(&planned);
    taken(&take(&mut week.mayor, &inspection, "approve-filing", &[("approve", "yes")]).await);

    // A second one of the same unit within the month needs a leader's reason.
    let form = week.office.get("/rectification/inspection").await;
    let command = form.hidden("command");
    let mut fields = fields;
    fields[0].1 = command.as_str();
    let weighed = week.office.post("/rectification/inspection/weigh", &fields).await;
    let overlap = format!("市环境卫生服务中心前后30天内已有检查{inspection}");
    assert!(weighed.has(&overlap), "the overlap is shown beforehand: {}", weighed.page);
    let dateless: Vec<_> = fields.iter().copied().filter(|(name, _)| *name != "due_on").collect();
    let undated = week.office.post("/rectification/inspection/weigh", &dateless).await;
    refused(&undated, "（结束日期）");
    let second = number_of(&week.office.post("/rectification/inspection", &fields).await);
    let bare = take(&mut week.mayor, &second, "approve-filing", &[("approve", "yes")]).await;
    refused(&bare, &inspection);
    let why = [("approve", "yes"), ("reason", "群众反映强烈，需要复查")];
    taken(&take(&mut week.mayor, &second, "approve-filing", &why).await);

    // What was found, with its date.
    let form = week.office.get(&format!("/rectification/finding?inspection={inspection}")).await;
    let command = form.hidden("command");
    let due = week.today().saturating_add(jiff::Span::new().days(20)).to_string();
    let found = [
        ("command", command.as_str()),
        ("words", "中转站渗滤液外溢"),
        ("kind", "by-date"),
        ("lead", "sanitation"),
        ("goal", "修好导排沟，建立巡查记录"),
        ("due_on", due.as_str()),
        ("inspection", inspection.as_str()),
    ];
    let filed = week.office.post("/rectification/finding", &found).await;
    taken(&filed);
    let finding = number_of(&filed);
    let page = week.office.get(&format!("/m/{finding}")).await;
    assert!(page.has("检查垃圾中转站") && page.has("修好导排沟"), "{}", page.page);

    // Given, signed, planned before anything is handed in.
    taken(&take(&mut week.office, &finding, "dispatch", &[("lead", "sanitation")]).await);
    taken(&take(&mut week.head, &finding, "sign", &[]).await);
    let stages = week.today().saturating_add(jiff::Span::new().days(10)).to_string();
    let plan = [("note", "清淤、修沟、登记"), ("stages", stages.as_str())];
    taken(&take(&mut week.head, &finding, "plan", &plan).await);
    week.days(1).await;
    week.submit(&finding, Some(Alike { looked_at: 6, found: 1, mended: 1 })).await;

    // Whoever accepts on site signs with what they saw.
    let blank = take(&mut week.office, &finding, "check", &[("note", "看过")]).await;
    refused(&blank, "（现场情况）");
    let silent = take(&mut week.office, &finding, "check", &[("holds", "yes")]).await;
    refused(&silent, "谁验收谁负责");
    let seen = [("holds", "yes"), ("note", "现场看过，沟已修好，无外溢")];
    taken(&take(&mut week.office, &finding, "check", &seen).await);
    taken(&take(&mut week.office, &finding, "close", &[]).await);
    refused(&take(&mut week.office, &finding, "strike-off", &[]).await, "先公示");
    let public = [("words", "中转站渗滤液外溢已整改")];
    taken(&take(&mut week.office, &finding, "publicise", &public).await);
    refused(&take(&mut week.office, &finding, "strike-off", &[]).await, "期满再销号");
    week.days(16).await;
    taken(&take(&mut week.office, &finding, "strike-off", &[]).await);

    // Looked back at: it has come back, and another checks it now.
    week.days(60).await;
    let rebound = [("holds", "no"), ("note", "沟又堵了")];
    taken(&take(&mut week.second, &finding, "look-back", &rebound).await);
    let matter = week.state(&finding).await;
    assert_eq!((matter.stage, matter.reopened), (Stage::Handling, 1));
    assert!(matter.linked(Link::FoundBy).count() == 1);
    let board = week.office.get("/rectification").await;
    assert!(board.has("中转站渗滤液外溢"), "{}", board.page);
}

#[tokio::test]
async fn a_task_says_its_own_date_who_registered_it_and_how_late_it_is() {
    let mut week = Week::open("lighting").await;
    let due_on = week.today().saturating_add(jiff::Span::new().days(3));
    let lead = Some(UnitCode::new("lighting"));
    let brief = Brief { lead, due_on: Some(due_on), ..Brief::default() };
    let task = week.file("supervised-task", Urgency::Ordinary, "夜景亮灯检修", brief).await;
    taken(&take(&mut week.mayor, &task, "approve-filing", &[("approve", "yes")]).await);
    taken(&take(&mut week.head, &task, "sign", &[]).await);
    let page = week.head.get(&format!("/m/{task}")).await;
    let facts = page.page.split_once("办结时限").expect("the date's heading").1;
    let facts = facts.split("</section>").next().unwrap_or_default();
    let day = format!("{}月{}日", due_on.month(), due_on.day());
    assert!(squeezed(facts).contains(&day), "{facts}");
    assert!(facts.contains("督查") && !facts.contains("反映"), "{facts}");
    week.days(5).await;
    let late = week.office.get("/supervision?tab=late").await;
    assert!(late.has("夜景亮灯检修") && late.has("逾期"), "{}", late.page);
    let row = late.page.split_once("class=\"due8\"").expect("the date's cell").1;
    let cell = row.split("</td>").next().unwrap_or_default();
    assert!(cell.contains("lamp-late"), "{cell}");
    let page = week.office.get(&format!("/m/{task}")).await;
    assert!(page.has("发督办单·蓝单") && page.has("审批·同意"), "{}", page.page);
}

/// Without tags and spaces.
fn squeezed(html: &str) -> String {
    let parts = html.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text));
    parts.flat_map(str::chars).filter(|c| !c.is_whitespace()).collect()
}

#[tokio::test]
async fn several_are_urged_at_once_and_what_cannot_be_is_told_one_by_one() {
    let mut week = Week::open("lighting").await;
    let brief = || Brief { lead: Some(UnitCode::new("lighting")), ..Brief::default() };
    let mut numbers = Vec::new();
    for words in ["修灯", "修井盖"] {
        numbers.push(week.file("supervised-task", Urgency::Ordinary, words, brief()).await);
    }
    let picks: String = numbers.iter().map(|number| format!("&pick={number}")).collect();
    let page = week.mayor.get(&format!("/supervision/batch?step=approve-filing{picks}")).await;
    let commands = week.desk.running.command().to_string();
    let other = week.desk.running.command().to_string();
    assert!(page.has("可以办"), "{}", page.page);
    let fields = [
        ("step", "approve-filing"),
        ("pick", numbers[0].as_str()),
        ("command", commands.as_str()),
        ("pick", numbers[1].as_str()),
        ("command", other.as_str()),
    ];
    let done = week.mayor.post("/supervision/batch", &fields).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.page);
    assert!(done.has("办好2件"), "{}", done.page);
    assert_eq!(week.state(&numbers[1]).await.stage, Stage::Dispatched);
    // Asked again under new ids, each says why not and nothing is done twice.
    let (first, second) =
        (week.desk.running.command().to_string(), week.desk.running.command().to_string());
    let mut fields = fields;
    (fields[2].1, fields[4].1) = (first.as_str(), second.as_str());
    let again = week.mayor.post("/supervision/batch", &fields).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert!(again.has("办好0件"), "{}", again.page);
}

#[tokio::test]
async fn a_link_shows_a_unit_no_words_it_may_not_read() {
    let mut week = Week::open("lighting").await;
    let report = week.desk.reported("邻居半夜砸墙，请不要告诉照明中心", None).await;
    let brief = Brief { lead: Some(UnitCode::new("lighting")), ..Brief::default() };
    let task = week.file("supervised-task", Urgency::Ordinary, "夜间施工整治", brief).await;
    for link in ["came-of", "child"] {
        let fields = [("link", link), ("into", report.as_str())];
        taken(&take(&mut week.office, &task, "link", &fields).await);
    }
    taken(&take(&mut week.mayor, &task, "approve-filing", &[("approve", "yes")]).await);
    for path in [format!("/m/{task}"), format!("/supervision/{task}")] {
        let theirs = week.head.get(&path).await;
        assert_eq!(theirs.status, StatusCode::OK, "{path}");
        assert!(theirs.has(&report), "the number is no secret: {}", theirs.page);
        assert!(!theirs.has("砸墙"), "{}", theirs.page);
        assert!(week.office.get(&path).await.has("砸墙"), "{path}");
    }
}

#[tokio::test]
async fn who_does_not_chase_sees_neither_desk() {
    let mut week = Week::open("sanitation").await;
    for path in ["/supervision", "/rectification", "/rectification/finding"] {
        assert_eq!(week.head.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
}

pub(crate) fn number_of(answer: &Answer) -> String {
    let number = answer.to.strip_prefix("/m/").unwrap_or_default();
    number.split('?').next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn whoever_gives_a_village_more_sees_it_before_and_only_a_leader_lets_it_pass() {
    const VILLAGE: &str = "village-13-001";
    let mut week = Week::open("municipal-works").await;
    let lead = Some(UnitCode::new(VILLAGE));
    let brief = Brief { lead, ..Brief::default() };
    let task = week.file("supervised-task", Urgency::Ordinary, "完成招商引资任务", brief).await;

    let asked = week.mayor.get(&format!("/m/{task}/approve-filing")).await;
    assert!(asked.has("本年已接任务0项，预算12项，下达后为1项"), "{}", asked.page);
    let yes = [("approve", "yes")];
    let answer = take(&mut week.mayor, &task, "approve-filing", &yes).await;
    refused(&answer, "不在村级职责清单内");
    assert!(answer.has("高村乡高村村民委员会"), "the unit's name, not its code: {}", answer.page);
    let passed = [("approve", "yes"), ("reason", "全县统一部署，一次性")];
    taken(&take(&mut week.mayor, &task, "approve-filing", &passed).await);
    assert_eq!(week.state(&task).await.stage, Stage::Dispatched);

    let matter = week.office.get(&format!("/m/{task}")).await;
    assert!(matter.has("准予例外") && matter.has("全县统一部署，一次性"), "{}", matter.page);
    let burden = week.office.get("/burden").await;
    assert!(burden.has("高村乡高村村民委员会") && burden.has("1 / 12"), "{}", burden.page);
    assert_eq!(week.head.get("/burden").await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_meeting_is_told_what_it_adds_to_each_unit_before_it_is_written_down() {
    let mut week = Week::open("municipal-works").await;
    let lead = Some(UnitCode::new("municipal-works"));
    let brief = Brief { lead, ..Brief::default() };
    let task = week.file("supervised-task", Urgency::Ordinary, "主干道检修", brief).await;
    taken(&take(&mut week.mayor, &task, "approve-filing", &[("approve", "yes")]).await);
    taken(&take(&mut week.head, &task, "sign", &[]).await);
    let asked = week.office.get(&format!("/m/{task}/confer")).await;
    assert!(asked.has("本年已参会0次，预算36次，加上这次为1次"), "{}", asked.page);
    let held = [("units", "lighting"), ("note", "路灯先修")];
    taken(&week.office.submit(&asked, &held).await);
    let asked = week.office.get(&format!("/m/{task}/confer")).await;
    assert!(asked.has("本年已参会1次，预算36次，加上这次为2次"), "{}", asked.page);
}
