//! Writing down what somebody else says. Beside the form stands what the same
//! caller and the same place already have open, so that one thing is not
//! registered twice.

use std::sync::Arc;

use bihuan_domain::access::may_take_in;
use bihuan_domain::calendar::Calendar;
use bihuan_domain::ids::{CommandId, GridCode, ItemCode, PlaceId, RegimeCode};
use bihuan_domain::instant::Instant;
use bihuan_domain::matter::{Command, Source, Step, Urgency};
use bihuan_domain::place::Position;
use bihuan_domain::playbook::model::{Playbook, Text};
use bihuan_domain::refusal::Reason;
use bihuan_store::read::{Filter, Order};

use super::line::Line;
use crate::access::Admin;
use crate::commands::{Filed, NewReport, Reporter};
use crate::compose::Composer;
use crate::context::{App, Caller, Sender};
use crate::error::Result;

/// Matters shown beside the form, of each kind.
const BESIDE: u32 = 8;

/// What an officer wrote down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    pub source: Source,
    pub phone: Option<String>,
    pub name: Option<String>,
    pub confidential: bool,
    pub words: String,
    /// A place's code, or an address in words.
    pub place: String,
    pub grid: Option<GridCode>,
    pub position: Option<Position>,
    pub item: Option<ItemCode>,
    pub urgency: Urgency,
    /// Accept at once; needs an item.
    pub accept: bool,
}

/// What the form chooses among.
pub struct Offered {
    /// Items by class.
    pub items: Vec<(Text, Vec<(ItemCode, Text)>)>,
}

/// What is already here.
pub struct Beside {
    /// None: no phone was asked for.
    pub caller: Option<Vec<Line>>,
    pub place: Vec<Line>,
    pub calendar: Arc<Calendar>,
    pub now: Instant,
}

impl App {
    pub fn register_offered(&self, caller: &Caller) -> Result<Offered> {
        self.require(caller, Admin::RegisterForCaller)?;
        let rules = self.rules();
        let version = rules.in_force(self.now())?;
        Ok(Offered { items: items_by_class(&version.playbook) })
    }

    /// Open matters of the same caller and at the same place. A search by phone
    /// is recorded like any other.
    pub async fn beside_call(
        &self,
        caller: &Caller,
        command: CommandId,
        phone: Option<&str>,
        place: &str,
    ) -> Result<Beside> {
        self.require(caller, Admin::RegisterForCaller)?;
        let of_phone = match phone {
            Some(phone) => {
                let mut lines = self.matters_of_phone(caller, command, phone).await?;
                lines.sort_by_key(|line| !line.is_open);
                lines.truncate(BESIDE as usize);
                Some(lines)
            }
            None => None,
        };
        let now = self.now();
        let calendar = Arc::clone(&self.rules().in_force(now)?.calendar);
        let place = self.open_at(caller, place).await?;
        Ok(Beside { caller: of_phone, place, calendar, now })
    }

    async fn open_at(&self, caller: &Caller, place: &str) -> Result<Vec<Line>> {
        let words = place.trim();
        if words.is_empty() {
            return Ok(Vec::new());
        }
        let open = Filter { open: Some(true), ..self.not_own(caller) };
        let filter = match self.store().place(self.county(), words).await? {
            Some(place) => Filter { place: Some(place.id), ..open },
            None => {
                let ids = self.store().search_words(self.county(), words).await?;
                Filter { matters: Some(ids), ..open }
            }
        };
        let reach = self.reach(caller);
        let page = self
            .store()
            .matters(self.county(), &reach, &filter, Order::Filed, None, BESIDE)
            .await?;
        self.lines(caller, page.rows)
    }

    /// Files what a caller said; the same command id files it once.
    pub async fn register(&self, caller: &Caller, command: CommandId, call: Call) -> Result<Filed> {
        self.require(caller, Admin::RegisterForCaller)?;
        let rules = self.rules();
        let version = rules.in_force(self.now())?;
        let regime = regime_of(&version.playbook, caller)?;
        let then = match (&call.item, call.accept) {
            (Some(item), true) => {
                vec![Command::Accept { item: item.clone(), urgency: call.urgency }]
            }
            (None, true) => return Err(Reason::ItemNeeded.into()),
            (_, false) => Vec::new(),
        };
        let sender = Sender::new(command, said(&call).iter().map(String::as_str));
        let place = self.store().place(self.county(), call.place.trim()).await?;
        let grid = place.as_ref().map(|row| GridCode::new(&row.grid)).or(call.grid);
        let address = if place.is_some() { String::new() } else { call.place };
        self.file_report(NewReport {
            sender,
            caller: caller.clone(),
            regime,
            source: call.source,
            item: call.item,
            words: call.words,
            grid,
            place: place.map(|row| PlaceId::new(row.id)),
            position: call.position,
            address,
            evidence: Vec::new(),
            reporter: Reporter { name: call.name, phone: call.phone },
            confidential: call.confidential,
            urgency: call.urgency,
            claimed_at: None,
            composed: Composer::new(self),
            then,
        })
        .await
    }
}

fn items_by_class(playbook: &Playbook) -> Vec<(Text, Vec<(ItemCode, Text)>)> {
    playbook
        .classes
        .iter()
        .map(|class| {
            let items = playbook.items.values().filter(|item| item.class == class.code);
            let items = items.map(|item| (item.code.clone(), item.name.clone())).collect();
            (class.name.clone(), items)
        })
        .collect()
}

/// The first regime under which this post may file.
fn regime_of(playbook: &Playbook, caller: &Caller) -> Result<RegimeCode> {
    let mut regimes = playbook.regimes.values();
    let found = regimes.find(|regime| may_take_in(caller.role(), Step::File, regime).is_ok());
    found.map(|regime| regime.code.clone()).ok_or_else(|| Reason::UnknownRegime.into())
}

/// Everything that makes it the same call when it is sent again.
fn said(call: &Call) -> Vec<String> {
    let code = |code: Option<&str>| code.unwrap_or_default().to_owned();
    vec![
        call.source.code().to_owned(),
        code(call.phone.as_deref()),
        code(call.name.as_deref()),
        call.confidential.to_string(),
        call.words.clone(),
        call.place.clone(),
        code(call.grid.as_ref().map(GridCode::as_str)),
        call.position.map(|at| format!("{},{}", at.lat_e6, at.lon_e6)).unwrap_or_default(),
        code(call.item.as_ref().map(ItemCode::as_str)),
        call.urgency.code().to_owned(),
        call.accept.to_string(),
    ]
}
