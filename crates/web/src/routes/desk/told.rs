//! From a matter and its record to the words and parts pages show. Nothing here
//! asks the database.

use bihuan_app::App;
use bihuan_app::queries::{MatterView, Recorded, is_told};
use bihuan_domain::clock::{Node, why};
use bihuan_domain::ids::NodeCode;
use bihuan_domain::instant::Instant;
use bihuan_domain::matter::{Actor, ContentTag, Event, Evidence, Step};
use bihuan_domain::playbook::limit_words;
use bihuan_domain::playbook::model::{Regime, Text};
use bihuan_domain::refusal::Refusal;

use crate::i18n::{Key, Lang};
use crate::routes::site::refusal_words;
use crate::view::day::{self, Day};
use crate::view::lamp::{Lamp, Shape};
use crate::view::timeline::{Entry, Shot};
use crate::view::why::{MoveBy, OtherClock, WhyView, day_at};

/// Characters of a title; the first words of the report stand for it.
const TITLE: usize = 28;

/// One matter with the language it is told in.
pub(crate) struct Told<'a> {
    pub(crate) app: &'a App,
    pub(crate) view: &'a MatterView,
    pub(crate) lang: Lang,
}

impl Told<'_> {
    pub(crate) fn title(&self) -> String {
        title(self.view.words()).unwrap_or_else(|| self.item_name().unwrap_or_default())
    }

    pub(crate) fn item_name(&self) -> Option<String> {
        let item = self.view.playbook.items.get(self.view.matter.item.as_ref()?)?;
        Some(self.pick(&item.name))
    }

    /// Class and item: `市政设施 / 道路照明`.
    pub(crate) fn item_path(&self) -> Option<String> {
        let item = self.view.playbook.items.get(self.view.matter.item.as_ref()?)?;
        let class = self.view.playbook.classes.iter().find(|class| class.code == item.class);
        let class = class.map(|class| self.pick(&class.name)).unwrap_or_default();
        Some(format!("{class} / {}", self.pick(&item.name)))
    }

    pub(crate) fn grid_path(&self) -> Option<String> {
        let code = self.view.matter.whereabouts.grid.as_ref()?;
        let mut names = Vec::new();
        for (at, _) in code.as_str().match_indices('-') {
            names.extend(self.grid_name(&code.as_str()[..at]));
        }
        names.extend(self.grid_name(code.as_str()));
        Some(names.join(" "))
    }

    fn grid_name(&self, code: &str) -> Option<String> {
        let grid = self.view.playbook.grid(&bihuan_domain::ids::GridCode::new(code))?;
        Some(self.pick(&grid.name))
    }

    pub(crate) fn stage(&self) -> String {
        self.lang.code_of("stage", self.view.matter.stage.code()).into_owned()
    }

    pub(crate) fn unit(&self, code: &str) -> String {
        self.pick(&self.app.rules().unit_name(code))
    }

    pub(crate) fn pick(&self, text: &Text) -> String {
        self.lang.pick(text).to_owned()
    }

    pub(crate) fn day(&self, at: bihuan_domain::instant::Instant) -> Day {
        day_at(&self.view.calendar, at)
    }

    pub(crate) fn regime(&self) -> Option<&Regime> {
        self.view.playbook.regimes.get(&self.view.matter.regime)
    }

    pub(crate) fn node_name(&self, code: &NodeCode) -> String {
        let rule = self.regime().and_then(|regime| regime.node(code));
        rule.map_or_else(|| code.to_string(), |rule| self.pick(&rule.name))
    }

    fn date(&self, at: Instant) -> String {
        day::date_words(self.lang, at.date(), self.view.now.date().year())
    }

    /// A refusal in words, with units, deadlines and fields by their names.
    pub(crate) fn refusal(
        &self,
        refusal: &Refusal,
        label: impl Fn(&str) -> Option<String>,
    ) -> String {
        let mut named = field_named(refusal, label);
        if let Some(node) = named.facts.get_mut("node") {
            *node = self.node_name(&NodeCode::new(node.as_str()));
        }
        refusal_words(self.app, self.lang, &named)
    }

    pub(crate) fn lamp_of(&self, node: &Node) -> Lamp {
        if node.is_paused() {
            return Lamp::new(Shape::Parked, self.lang.tr("lamp-suspended"));
        }
        Lamp::of_due(self.lang, &node.due, self.view.now, &self.view.calendar)
    }

    /// The matter's lamp; the stage in words where nothing is waited for.
    pub(crate) fn lamp(&self) -> Lamp {
        match self.view.matter.next_node().filter(|_| !self.view.matter.stage.is_over()) {
            Some(node) => self.lamp_of(node),
            None if self.view.matter.stage.is_over() => Lamp::new(Shape::Done, self.stage()),
            None => Lamp::new(Shape::NotBegun, self.stage()),
        }
    }

    /// The node whose date is the promise: handling, else what is next.
    pub(crate) fn promise(&self) -> Option<&Node> {
        let matter = &self.view.matter;
        let promised = self.regime().and_then(|regime| matter.promised(regime));
        promised.or_else(|| matter.next_node())
    }

    pub(crate) fn why(&self) -> Option<WhyView> {
        let node = self.promise()?;
        let told = why(node, &self.view.calendar, self.view.now);
        let by = told.moves.iter().map(|line| self.mover(line.at, &line.rule)).collect();
        let mut picture = WhyView::of(self.lang, &told, &self.view.calendar, by);
        picture.also = self.other_clocks(&node.code);
        Some(picture)
    }

    /// Who moved a date: the one who acted at that moment, else the playbook.
    fn mover(&self, at: Instant, rule: &str) -> MoveBy {
        let code = rule.rsplit('.').next().unwrap_or(rule);
        let name = self.node_name(&NodeCode::new(code));
        let acted = self.view.recorded.iter().find(|entry| {
            entry.at == at
                && matches!(
                    entry.event,
                    Event::Suspended { .. }
                        | Event::Resumed { .. }
                        | Event::ExtensionDecided { .. }
                        | Event::ClassAmended { .. }
                )
        });
        let who = acted.map_or_else(
            || self.lang.trn("matter-by-playbook", "version", self.view.playbook.version.as_str()),
            |entry| self.who(&entry.actor),
        );
        MoveBy { rule: name, who }
    }

    fn other_clocks(&self, except: &NodeCode) -> Vec<OtherClock> {
        let others = self.view.matter.nodes.values().filter(|node| node.code != *except);
        others
            .map(|node| OtherClock {
                name: self.node_name(&node.code),
                lamp: if node.is_open() {
                    self.lamp_of(node)
                } else {
                    Lamp::new(Shape::Done, self.lang.tr("lamp-met"))
                },
                due: Some(self.day(node.due.due_at)),
            })
            .collect()
    }

    /// Unit·post; a person's name only where the reader's post may see names.
    pub(crate) fn who(&self, actor: &Actor) -> String {
        let role = self.lang.code_of("role", actor.role.code());
        match &actor.unit {
            Some(unit) => format!("{}·{role}", self.unit(unit.as_str())),
            None => role.into_owned(),
        }
    }

    /// What happened, oldest first.
    pub(crate) fn entries(&self) -> Vec<Entry> {
        let told = self.view.recorded.iter().filter(|entry| is_told(&entry.event));
        told.map(|entry| self.entry(entry)).collect()
    }

    fn entry(&self, recorded: &Recorded) -> Entry {
        let mut entry = Entry::new(self.day(recorded.at), self.verb(&recorded.event))
            .by(self.who(&recorded.actor));
        if is_turning_point(&recorded.event) {
            entry = entry.key();
        }
        for (tag, text) in self.texts(&recorded.event) {
            if tag == ContentTag::Words.code() {
                entry.quote = Some(text);
            } else {
                entry.words.push(text);
            }
        }
        entry.words.extend(self.particulars(&recorded.event));
        entry.shots = evidence(&recorded.event).iter().filter_map(|one| self.shot(one)).collect();
        entry
    }

    fn verb(&self, event: &Event) -> String {
        let Some(step) = event.step() else { return String::new() };
        let name = self.lang.code_of("step", step.code());
        let outcome = match event {
            // A task or a finding is not a broken thing that was fixed.
            Event::Checked { holds, .. } | Event::LookedBack { holds, .. }
                if self.view.matter.brief.is_some() =>
            {
                Some(if *holds { Key("outcome-passed") } else { Key("outcome-not-passed") })
            }
            Event::Checked { holds, .. } | Event::LookedBack { holds, .. } => {
                Some(if *holds { Key("outcome-holds") } else { Key("outcome-holds-not") })
            }
            Event::Verified { holds, .. } => {
                Some(if *holds { Key("outcome-true") } else { Key("outcome-not-true") })
            }
            Event::TransferDecided { approved, .. }
            | Event::ExtensionDecided { approved, .. }
            | Event::FilingDecided { approved, .. }
            | Event::CriticismDecided { approved, .. } => {
                Some(if *approved { Key("outcome-approved") } else { Key("outcome-not-approved") })
            }
            Event::Reviewed { upheld, .. } => {
                Some(if *upheld { Key("field-upheld-yes") } else { Key("field-upheld-no") })
            }
            Event::SlipIssued { colour, .. } => {
                return format!("{name}·{}", self.lang.code_of("slip", colour.code()));
            }
            Event::Signed { automatic: true, .. } => Some(Key("outcome-automatic")),
            _ => None,
        };
        match outcome {
            Some(key) => format!("{name}·{}", self.lang.tr(key.0)),
            None => name.into_owned(),
        }
    }

    /// Facts of an event that are codes, in words.
    fn particulars(&self, event: &Event) -> Vec<String> {
        match event {
            Event::Dispatched { lead, co, .. } => {
                let mut lines =
                    vec![self.lang.trn("matter-lead", "unit", self.unit(lead.as_str()))];
                for unit in co {
                    lines.push(self.lang.trn("matter-co", "unit", self.unit(unit.as_str())));
                }
                lines
            }
            Event::PassedOver { units, .. } | Event::Conferred { units, .. } => {
                units.iter().map(|unit| self.unit(unit.as_str())).collect()
            }
            Event::CoHandlerInvited { unit, .. } => {
                vec![self.lang.trn("matter-co", "unit", self.unit(unit.as_str()))]
            }
            Event::Accepted { item, .. } | Event::ClassAmended { item: Some(item), .. } => self
                .view
                .playbook
                .items
                .get(item)
                .map(|item| self.pick(&item.name))
                .into_iter()
                .collect(),
            Event::Declined { ground, channel, .. } => {
                let mut lines = vec![self.lang.code_of("ground", ground.code()).into_owned()];
                lines.extend(
                    self.view.playbook.channels.get(channel).map(|found| self.pick(&found.advice)),
                );
                lines
            }
            Event::Rated { rating, .. } => {
                vec![self.lang.code_of("rating", rating.code()).into_owned()]
            }
            Event::ExtensionRequested { by, .. } => {
                vec![self.pick(&limit_words(*by))]
            }
            Event::Returned { suggested: Some(unit), .. } => {
                vec![self.lang.trn("matter-suggested", "unit", self.unit(unit.as_str()))]
            }
            Event::TransferRequested { suggested, .. } => {
                vec![self.lang.trn("matter-suggested", "unit", self.unit(suggested.as_str()))]
            }
            Event::SlipIssued { node, due_at, .. } => {
                vec![format!("{} {}", self.node_name(node), self.date(*due_at))]
            }
            Event::Closed { grade: Some(grade), .. }
            | Event::Reviewed { grade: Some(grade), .. } => {
                vec![self.lang.code_of("grade", grade.code()).into_owned()]
            }
            _ => Vec::new(),
        }
    }

    /// The texts an event commits to, with what each is.
    fn texts(&self, event: &Event) -> Vec<(String, String)> {
        let Ok(serde_json::Value::Object(fields)) = serde_json::to_value(event) else {
            return Vec::new();
        };
        let texts = [ContentTag::Words, ContentTag::Note, ContentTag::Answer, ContentTag::Imported];
        fields
            .values()
            .filter_map(serde_json::Value::as_str)
            .filter_map(|text| text.parse().ok())
            .filter_map(|commitment| self.view.contents.get(&commitment))
            .filter(|content| texts.iter().any(|tag| tag.code() == content.tag))
            .map(|content| (content.tag.clone(), content.body.clone()))
            .collect()
    }

    pub(crate) fn shot(&self, evidence: &Evidence) -> Option<Shot> {
        let facts = self.view.attachment(evidence.content)?;
        let kind = self.lang.code_of("evidence", evidence.kind.code());
        let print = format!("{}…{}", &facts.sha256[..4], &facts.sha256[facts.sha256.len() - 4..]);
        let mut caption = vec![kind.to_string()];
        caption.extend(facts.taken_at.as_deref().map(ToOwned::to_owned));
        caption.push(self.lang.trn("matter-print", "print", print));
        let href = format!("/attachments/{}", facts.id);
        Some(Shot {
            thumb: facts.kind.starts_with("image/").then(|| format!("{href}/thumb")),
            href,
            alt: kind.into_owned(),
            caption: caption.join(self.lang.tr("list-comma").as_ref()),
        })
    }
}

/// A missing field by the name its reader knows it by; one without a name stays
/// as it is.
pub(crate) fn field_named(refusal: &Refusal, label: impl Fn(&str) -> Option<String>) -> Refusal {
    let mut named = refusal.clone();
    if let Some(field) = named.facts.get_mut("field")
        && let Some(label) = label(field)
    {
        *field = label;
    }
    named
}

/// The first sentence of a report; a long one ends where a clause does.
pub(crate) fn title(words: &str) -> Option<String> {
    let first = words.split(['。', '\n', '！', '？']).flat_map(|part| part.split(". "));
    let first = first.map(str::trim).find(|part| !part.is_empty())?;
    if first.chars().count() <= TITLE {
        return Some(first.trim_end_matches('.').to_owned());
    }
    let cut: String = first.chars().take(TITLE).collect();
    let clause = cut.rfind(['，', '；', '：', ',', ';']);
    let end = clause.filter(|end| cut[..*end].chars().count() >= TITLE / 3);
    Some(format!("{}…", cut[..end.unwrap_or(cut.len())].trim_end()))
}

fn is_turning_point(event: &Event) -> bool {
    matches!(
        event.step(),
        Some(
            Step::File
                | Step::Sign
                | Step::Submit
                | Step::SettleOnSpot
                | Step::Close
                | Step::Reopen
                | Step::StrikeOff
        )
    ) || matches!(event, Event::ExtensionDecided { approved: true, .. })
}

fn evidence(event: &Event) -> &[Evidence] {
    match event {
        Event::Filed { evidence, .. }
        | Event::Verified { evidence, .. }
        | Event::Acted { evidence, .. }
        | Event::Submitted { evidence, .. }
        | Event::Checked { evidence, .. }
        | Event::LookedBack { evidence, .. }
        | Event::Supplemented { evidence, .. } => evidence,
        _ => &[],
    }
}
