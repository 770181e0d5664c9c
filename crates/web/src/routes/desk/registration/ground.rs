//! What tasks are read against: the county's units by name, its calendar, today.

use std::sync::Arc;

use bihuan_app::Rules;
use bihuan_documents::draft::{Against, KnownUnit, UnitNames};
use bihuan_domain::calendar::Calendar;
use bihuan_domain::ids::{RegimeCode, UnitCode};
use bihuan_domain::matter::Urgency;
use jiff::civil::Date;

use super::super::burden;
use super::REGIME;
use crate::i18n::Lang;
use crate::pages::desk::registration::trouble::say;
use crate::problem::Problem;
use crate::routes::site::{Site, problem};
use crate::view::day::{Day, Mark};
use crate::view::field::Choice;

pub(super) struct Ground {
    rules: Arc<Rules>,
    calendar: Arc<Calendar>,
    names: UnitNames,
    pub(super) today: Date,
    pub(super) kinds: Vec<Urgency>,
    pub(super) duties: Vec<Choice>,
    pub(super) lang: Lang,
}

impl Ground {
    pub(super) fn of(site: &Site, lang: Lang) -> Result<Self, Problem> {
        let rules = site.app.rules();
        let now = site.app.now();
        let version = rules.in_force(now).map_err(problem)?;
        let regime = version.playbook.regimes.get(&RegimeCode::new(REGIME));
        let kinds = regime.map(|regime| regime.kinds.iter().copied().collect());
        let calendar = Arc::clone(&version.calendar);
        let names = UnitNames::new(known(&rules, lang), &version.playbook.name.zh);
        let today = now.date();
        Ok(Self {
            kinds: kinds.ok_or(Problem::NotFound)?,
            duties: burden::duties(lang, &version.playbook, &RegimeCode::new(REGIME)),
            calendar,
            names,
            today,
            lang,
            rules: Arc::clone(&rules),
        })
    }

    pub(super) fn against(&self) -> Against<'_> {
        Against { today: self.today, calendar: &self.calendar, units: &self.names }
    }

    pub(super) fn names(&self) -> &UnitNames {
        &self.names
    }

    pub(super) fn unit(&self, code: &UnitCode) -> String {
        self.lang.pick(&self.rules.unit_name(code.as_str())).to_owned()
    }

    pub(super) fn units<'a>(&self, codes: impl IntoIterator<Item = &'a UnitCode>) -> String {
        let names: Vec<String> = codes.into_iter().map(|code| self.unit(code)).collect();
        names.join(&self.lang.tr("registration-and"))
    }

    /// One unit as it is typed, or why it is none.
    pub(super) fn typed_unit(&self, typed: &str) -> (Option<UnitCode>, Option<String>) {
        let (units, troubles) = self.names.read(typed, "");
        let wrong = troubles.first().map(|(_, trouble)| say(self.lang, trouble));
        (units.lead, wrong)
    }

    pub(super) fn day(&self, date: Date) -> Day {
        Day::on(date, Mark::from(self.calendar.day(date)))
    }

    pub(super) fn unit_choices(&self) -> Vec<Choice> {
        let standing = self.rules.units.values().filter(|unit| !unit.is_gone);
        let below = standing.filter(|unit| unit.above.is_some());
        below.map(|unit| Choice::new(unit.code.as_str(), self.lang.pick(&unit.name))).collect()
    }
}

/// The first name is the one offered, so it is in the reader's language.
fn known(rules: &Rules, lang: Lang) -> Vec<KnownUnit> {
    let standing = rules.units.values().filter(|unit| !unit.is_gone);
    let names = |unit: &bihuan_app::UnitName| {
        let shown = lang.pick(&unit.name).to_owned();
        let mut names = vec![shown, unit.name.zh.clone(), unit.name.en.clone()];
        names.retain(|name| !name.is_empty());
        names.dedup();
        names
    };
    standing.map(|unit| KnownUnit { code: unit.code.clone(), names: names(unit) }).collect()
}
