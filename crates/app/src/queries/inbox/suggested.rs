//! What the record suggests: an item by the words of the catalogue, a unit by
//! the catalogue and by where the like went, a date by the rule it would follow.

use bihuan_domain::clock::{Due, Node, why};
use bihuan_domain::ids::{ItemCode, UnitCode};
use bihuan_domain::instant::Instant;
use bihuan_domain::matter::{Urgency, item_limit};
use bihuan_domain::playbook::model::{NodeLimit, Text};
use bihuan_domain::playbook::suggest;

use super::risk_words;
use crate::context::App;
use crate::error::Result;
use crate::queries::MatterView;

const SAID_DAYS: i64 = 90;
const SENT_DAYS: i64 = 365;
/// Suggestions whose counts are looked up.
const COUNTED: usize = 3;
/// Units beside the catalogue's own.
const OTHER_UNITS: usize = 2;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemSuggestion {
    pub item: ItemCode,
    pub name: Text,
    pub class_name: Text,
    /// The catalogue's words found in the report.
    pub words: Vec<String>,
    /// Of the last 90 days' matters that say the first of those words, how many
    /// there are and how many were filed under this item.
    pub said: i64,
    pub filed_here: i64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeadSuggestion {
    pub unit: UnitCode,
    pub name: Text,
    /// The catalogue names it for the item.
    pub is_listed: bool,
    /// Of the last year's matters of the item: all, those it was given, and how
    /// often it returned one.
    pub of_item: i64,
    pub given: i64,
    pub returned: i64,
}

#[derive(Clone, Debug, PartialEq)]
pub struct UrgencyOutlook {
    pub urgency: Urgency,
    pub is_suggested: bool,
    /// Words that speak of danger.
    pub because: Vec<&'static str>,
    /// If it were signed now.
    pub due: Option<Due>,
    pub counted: Option<Text>,
}

impl App {
    pub(super) async fn suggested_items(
        &self,
        view: &MatterView,
        now: Instant,
    ) -> Result<Vec<ItemSuggestion>> {
        let since = now.plus_days(-SAID_DAYS);
        let mut found = Vec::new();
        for (at, suggestion) in suggest(&view.playbook, view.words()).into_iter().enumerate() {
            let Some(item) = view.playbook.items.get(&suggestion.item) else { continue };
            let class = view.playbook.classes.iter().find(|class| class.code == item.class);
            let filed = match suggestion.words.first() {
                Some(word) if at < COUNTED => {
                    self.store().items_of_words(self.county(), word, since).await?
                }
                _ => Vec::new(),
            };
            found.push(ItemSuggestion {
                name: item.name.clone(),
                class_name: class.map_or_else(|| item.name.clone(), |class| class.name.clone()),
                said: filed.iter().map(|(_, count)| count).sum(),
                filed_here: filed
                    .iter()
                    .find(|(code, _)| *code == item.code.as_str())
                    .map_or(0, |(_, count)| *count),
                item: suggestion.item,
                words: suggestion.words,
            });
        }
        Ok(found)
    }

    pub(super) async fn suggested_leads(
        &self,
        view: &MatterView,
        item: Option<&ItemCode>,
        now: Instant,
    ) -> Result<Vec<LeadSuggestion>> {
        let Some(item) = item.and_then(|code| view.playbook.items.get(code)) else {
            return Ok(Vec::new());
        };
        let since = now.plus_days(-SENT_DAYS);
        let sent = self
            .store()
            .item_units(self.county(), item.class.as_str(), item.code.as_str(), since)
            .await?;
        let of_item = sent.iter().map(|(_, given, _)| given).sum();
        let rules = self.rules();
        let suggestion = |unit: &str, is_listed| {
            let past = sent.iter().find(|(code, _, _)| code == unit);
            LeadSuggestion {
                unit: UnitCode::new(unit),
                name: rules.unit_name(unit),
                is_listed,
                of_item,
                given: past.map_or(0, |(_, given, _)| *given),
                returned: past.map_or(0, |(_, _, returned)| *returned),
            }
        };
        let mut leads = vec![suggestion(item.unit.as_str(), true)];
        let others = sent.iter().filter(|(code, _, _)| code != item.unit.as_str());
        leads.extend(others.take(OTHER_UNITS).map(|(code, _, _)| suggestion(code, false)));
        // The unit a report is about is not given it, and one that is gone
        // cannot be.
        leads.retain(|lead| {
            view.matter.object_unit.as_ref() != Some(&lead.unit)
                && rules.unit_tree.contains(&lead.unit)
        });
        Ok(leads)
    }
}

/// Each urgency the item has a limit for, with the date that would follow.
pub(super) fn urgencies(
    view: &MatterView,
    item: Option<&ItemCode>,
    now: Instant,
) -> Vec<UrgencyOutlook> {
    let item = item.and_then(|code| view.playbook.items.get(code));
    let risks = risk_words(view.words());
    let has = |urgency: Urgency| {
        urgency == Urgency::Ordinary || item.is_none_or(|item| item.limits.contains_key(&urgency))
    };
    let suggested =
        if !risks.is_empty() && has(Urgency::Urgent) { Urgency::Urgent } else { Urgency::Ordinary };
    Urgency::ALL
        .iter()
        .copied()
        .filter(|urgency| has(*urgency))
        .map(|urgency| {
            let outlook = item.and_then(|_| outlook(view, item, urgency, now));
            UrgencyOutlook {
                urgency,
                is_suggested: urgency == suggested,
                because: if urgency == Urgency::Urgent { risks.clone() } else { Vec::new() },
                due: outlook.as_ref().map(|(due, _)| *due),
                counted: outlook.map(|(_, counted)| counted),
            }
        })
        .collect()
}

/// The date of the first node whose limit is the item's, were it to start now.
fn outlook(
    view: &MatterView,
    item: Option<&bihuan_domain::playbook::model::Item>,
    urgency: Urgency,
    now: Instant,
) -> Option<(Due, Text)> {
    let regime = view.playbook.regimes.get(&view.matter.regime)?;
    let rule =
        regime.nodes.iter().find(|node| node.limit == NodeLimit::Item && node.applies(urgency))?;
    let counting = rule.counting.of(item_limit(item?, urgency)?);
    let due = view.calendar.due(&counting, now);
    let name = format!("{}.{}", regime.code, rule.code);
    let node = Node::started(rule.code.clone(), &name, counting, now, now, due);
    Some((due, why(&node, &view.calendar, now).sentence))
}
