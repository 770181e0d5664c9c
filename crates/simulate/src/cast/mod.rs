//! The people of the demo, all invented: 示例 is in every name.

mod staff;

use std::collections::BTreeMap;

use bihuan_app::access::is_entrusted;
use bihuan_app::commands::{NewPerson, NewPost};
use bihuan_app::{App, Caller, Rules};
use bihuan_domain::access::Role;
use bihuan_domain::ids::{CommandId, GridCode, PersonId, UnitCode};
use bihuan_domain::matter::Actor;
use bihuan_domain::playbook::Playbook;
use bihuan_domain::playbook::model::Unit;

use crate::script::Script;
use crate::{Result, SignIn};

/// One password for every account of the demo that can sign in; printed beside
/// each, and worth nothing outside it.
pub const PASSWORD: &str = "bihuan-demo-2026";

/// The unit of the three administrators.
const ADMINISTRATORS: &str = "gov-office";
const CENTRE: &str = "grid-centre";
/// Offices whose posts are desks.
const DESKS: [&str; 3] = ["county", "inspection", CENTRE];
const SURNAMES: &[&str] = &[
    "赵", "钱", "孙", "李", "周", "吴", "郑", "王", "冯", "陈", "沈", "韩", "杨", "朱", "秦", "许",
    "何", "吕", "张", "孔", "曹", "严", "华", "金", "魏", "姜", "谢", "邹", "柏", "苏",
];
const DIGITS: &[&str] = &["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];

/// Grids whose worker can sign in.
const OPEN_GRIDS: &[&str] = &["01-014-07", "01-001-02", "02-002-03"];
/// City communities besides those where a coded place is.
const MORE_GRIDS: &[&str] = &[
    "01-001-01",
    "01-005-01",
    "01-006-01",
    "01-007-01",
    "01-014-01",
    "01-014-02",
    "02-001-01",
    "02-003-01",
    "02-005-01",
    "02-012-01",
    "04-001-01",
    "04-003-01",
    "04-005-01",
    "03-001-01",
    "08-001-01",
    "12-001-01",
    "15",
];

/// Whose turn it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Who {
    Reporter,
    /// The task that signs at the limit.
    System,
    Triage(u32),
    Dispatcher,
    Supervisor,
    /// For what the first has passed before.
    SecondSupervisor,
    Leader,
    /// A leader who took no part yet.
    Reviewer,
    Handler(UnitCode),
    Head(UnitCode),
    Worker(GridCode),
    GridLeader(GridCode),
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Post {
    role: Role,
    unit: String,
    grid: Option<String>,
}

pub(crate) struct Cast {
    actors: BTreeMap<Post, Vec<Actor>>,
    /// Grids of the ordinary demo, each with a worker of its own.
    pub(crate) grids: Vec<GridCode>,
    pub(crate) sign_ins: Vec<SignIn>,
}

/// The three administrators: the county's first accounts.
pub(crate) struct Administrators {
    pub(crate) system: PersonId,
    pub(crate) security: PersonId,
    pub(crate) auditor: PersonId,
}

pub(crate) async fn administrators(app: &App) -> Result<Administrators> {
    let names = [("sysadmin", "系统示例"), ("secadmin", "安全示例"), ("auditor", "审计示例")];
    let people = names
        .iter()
        .map(|(login, name)| NewPerson {
            login: (*login).to_owned(),
            name: (*name).to_owned(),
            phone: None,
            password: Some(PASSWORD.to_owned()),
            must_change: false,
            posts: Vec::new(),
        })
        .collect();
    let added = app.add_people(&Caller::system(), CommandId(app.new_id()), people).await?;
    match added.as_slice() {
        [system, security, auditor] => {
            Ok(Administrators { system: *system, security: *security, auditor: *auditor })
        }
        _ => Err(crate::Error::Incomplete("administrators")),
    }
}

/// Gives the administrators their posts, once there are units.
pub(crate) async fn appoint(app: &App, administrators: &Administrators) -> Result<Vec<SignIn>> {
    let posts = [
        (administrators.system, Role::SystemAdmin, "系统示例", "sysadmin"),
        (administrators.security, Role::SecurityAdmin, "安全示例", "secadmin"),
        (administrators.auditor, Role::Auditor, "审计示例", "auditor"),
    ];
    let mut sign_ins = Vec::new();
    for (person, role, name, login) in posts {
        let post = NewPost { role, unit: UnitCode::new(ADMINISTRATORS), grid: None };
        let unit = app.rules().unit_name(ADMINISTRATORS).zh;
        app.grant_post(&Caller::system(), CommandId(app.new_id()), person, post).await?;
        sign_ins.push(sign_in(role, name, login, unit));
    }
    Ok(sign_ins)
}

impl Cast {
    /// Adds everybody else; the security administrator gives the posts that are
    /// entrusted.
    pub(crate) async fn hire(
        app: &App,
        playbook: &Playbook,
        administrators: &Administrators,
        script: &Script,
    ) -> Result<Self> {
        let mut hiring = Hiring { playbook, script, people: Vec::new(), made: 0 };
        hiring.desks();
        hiring.units();
        let grids = hiring.grids();
        let mut cast = Self { actors: BTreeMap::new(), grids, sign_ins: Vec::new() };
        cast.add(app, administrators, hiring.people).await?;
        Ok(cast)
    }

    /// Adds people, all or none, then gives the posts that are entrusted.
    async fn add(
        &mut self,
        app: &App,
        administrators: &Administrators,
        hired: Vec<Hired>,
    ) -> Result<()> {
        let rules = app.rules();
        let people: Vec<NewPerson> =
            hired.iter().map(|(_, person)| without_entrusted(person, &rules)).collect();
        let system = administrator(Role::SystemAdmin, administrators.system);
        let security = administrator(Role::SecurityAdmin, administrators.security);
        let ids = app.add_people(&system, CommandId(app.new_id()), people).await?;
        for ((_, person), id) in hired.iter().zip(&ids) {
            for post in person.posts.iter().filter(|post| is_entrusted(post.role, &rules)) {
                let command = CommandId(app.new_id());
                app.grant_post(&security, command, *id, post.clone()).await?;
            }
        }
        for ((post, person), id) in hired.into_iter().zip(ids) {
            if person.password.is_some() {
                let unit = rules.unit_name(&post.unit).zh;
                self.sign_ins.push(sign_in(post.role, &person.name, &person.login, unit));
            }
            let actor = Actor {
                role: post.role,
                person: Some(id),
                unit: Some(UnitCode::new(post.unit.clone())),
                grid: post.grid.clone().map(GridCode::new),
            };
            self.actors.entry(post).or_default().push(actor);
        }
        Ok(())
    }

    /// Every grid with a worker.
    pub(crate) fn worked(&self) -> Vec<GridCode> {
        let posts = self.actors.keys().filter(|post| post.role == Role::GridWorker);
        posts.filter_map(|post| post.grid.clone().map(GridCode::new)).collect()
    }

    pub(crate) fn count(&self) -> usize {
        self.actors.values().map(Vec::len).sum()
    }

    pub(crate) fn caller(&self, who: &Who) -> Result<Caller> {
        let (post, which) = match who {
            Who::Reporter => return Ok(Caller::reporter()),
            Who::System => return Ok(Caller::system()),
            Who::Triage(which) => (desk(Role::Triage, CENTRE), *which),
            Who::Dispatcher => (desk(Role::Dispatcher, CENTRE), 0),
            Who::Supervisor => (desk(Role::Supervisor, "inspection"), 0),
            Who::SecondSupervisor => (desk(Role::Supervisor, "inspection"), 1),
            Who::Leader => (desk(Role::Leader, "county"), 0),
            Who::Reviewer => (desk(Role::Leader, "county"), 1),
            Who::Handler(unit) => (desk(Role::Handler, unit.as_str()), 0),
            Who::Head(unit) => (desk(Role::UnitHead, unit.as_str()), 0),
            Who::Worker(grid) => (on_grid(Role::GridWorker, grid.as_str()), 0),
            Who::GridLeader(grid) => (on_grid(Role::GridLeader, village(grid.as_str())), 0),
        };
        let held = self.actors.get(&post).ok_or(crate::Error::Incomplete("a post of the demo"))?;
        let actor = held
            .get(which as usize % held.len().max(1))
            .ok_or(crate::Error::Incomplete("a person of the demo"))?;
        Ok(Caller { actor: actor.clone() })
    }
}

fn administrator(role: Role, person: PersonId) -> Caller {
    let unit = Some(UnitCode::new(ADMINISTRATORS));
    Caller { actor: Actor { role, person: Some(person), unit, grid: None } }
}

fn without_entrusted(person: &NewPerson, rules: &Rules) -> NewPerson {
    let mut person = person.clone();
    person.posts.retain(|post| !is_entrusted(post.role, rules));
    person
}

fn desk(role: Role, unit: &str) -> Post {
    Post { role, unit: unit.to_owned(), grid: None }
}

fn on_grid(role: Role, grid: &str) -> Post {
    let town = grid.split('-').next().unwrap_or(grid);
    Post { role, unit: format!("town-{town}"), grid: Some(grid.to_owned()) }
}

/// The second-level grid a grid lies in; a town without one stands for itself.
fn village(grid: &str) -> &str {
    match grid.match_indices('-').nth(1) {
        Some((at, _)) => &grid[..at],
        None => grid,
    }
}

fn sign_in(role: Role, name: &str, login: &str, unit: String) -> SignIn {
    SignIn {
        role: role.code().to_owned(),
        name: name.to_owned(),
        login: login.to_owned(),
        password: PASSWORD.to_owned(),
        unit,
    }
}

/// Somebody to be added, and the post they are added for.
type Hired = (Post, NewPerson);

fn new_person(post: &Post, login: String, name: String, password: Option<String>) -> NewPerson {
    NewPerson {
        login,
        name,
        phone: None,
        password,
        must_change: false,
        posts: vec![NewPost {
            role: post.role,
            unit: UnitCode::new(post.unit.clone()),
            grid: post.grid.clone().map(GridCode::new),
        }],
    }
}

struct Hiring<'a> {
    playbook: &'a Playbook,
    script: &'a Script,
    people: Vec<Hired>,
    made: usize,
}

impl Hiring<'_> {
    fn desks(&mut self) {
        if self.playbook.units.iter().any(|unit| unit.code.as_str() == CENTRE) {
            self.hire(desk(Role::Triage, CENTRE), Some("triage"));
            self.hire(desk(Role::Triage, CENTRE), Some("triage2"));
            self.hire(desk(Role::Dispatcher, CENTRE), Some("dispatcher"));
        }
        self.hire(desk(Role::Supervisor, "inspection"), Some("supervisor"));
        self.hire(desk(Role::Leader, "county"), Some("leader"));
        if !self.script.meetings.is_empty() {
            self.hire(desk(Role::Supervisor, "inspection"), Some("supervisor2"));
            self.hire(desk(Role::Leader, "county"), Some("leader2"));
        }
    }

    /// Whoever is responsible for an item, and every town; with meetings whose
    /// decisions become tasks, every unit.
    fn units(&mut self) {
        let mut units: Vec<String> =
            self.playbook.items.values().map(|item| item.unit.0.clone()).collect();
        let is_given = |unit: &&Unit| {
            unit.grid.is_some() || (!self.script.meetings.is_empty() && !unit.village)
        };
        let others = self.playbook.units.iter().filter(is_given);
        units.extend(others.map(|unit| unit.code.0.clone()));
        if !units.is_empty() && !self.playbook.items.is_empty() {
            units.push("urban-management".to_owned());
        }
        units.retain(|unit| !DESKS.contains(&unit.as_str()));
        units.sort();
        units.dedup();
        for unit in units {
            let is_open = self.script.open_units.contains(&unit.as_str());
            let login = |post: &str| format!("{unit}-{post}");
            let (handler, head) = (login("handler"), login("head"));
            self.hire(desk(Role::Handler, &unit), is_open.then_some(handler.as_str()));
            self.hire(desk(Role::UnitHead, &unit), is_open.then_some(head.as_str()));
        }
    }

    fn grids(&mut self) -> Vec<GridCode> {
        let places = self.playbook.places.iter().map(|place| place.grid.0.clone());
        let more = MORE_GRIDS.iter().map(|grid| (*grid).to_owned());
        let more = more.filter(|grid| self.playbook.grid(&GridCode::new(grid)).is_some());
        let mut grids: Vec<String> = places.chain(more).collect();
        grids.sort();
        grids.dedup();
        let mut villages: Vec<String> = grids.iter().map(|grid| village(grid).to_owned()).collect();
        villages.sort();
        villages.dedup();
        for grid in &grids {
            let login = format!("grid-{grid}");
            let is_open = OPEN_GRIDS.contains(&grid.as_str());
            self.hire(on_grid(Role::GridWorker, grid), is_open.then_some(login.as_str()));
        }
        for at in &villages {
            let login = format!("grid-leader-{at}");
            let is_open = OPEN_GRIDS.iter().any(|grid| village(grid) == at);
            self.hire(on_grid(Role::GridLeader, at), is_open.then_some(login.as_str()));
        }
        grids.into_iter().map(GridCode::new).collect()
    }

    fn hire(&mut self, post: Post, login: Option<&str>) {
        let surname = SURNAMES[self.made % SURNAMES.len()];
        let round = self.made / SURNAMES.len();
        let digit = DIGITS[round % DIGITS.len()];
        let name = format!("{surname}示例{digit}");
        self.made += 1;
        let password = login.map(|_| PASSWORD.to_owned());
        let login = login.map_or_else(|| format!("demo-{:03}", self.made), str::to_owned);
        let person = new_person(&post, login, name, password);
        self.people.push((post, person));
    }
}
