//! What one version of a playbook changes in another, in words: read before it
//! is approved, and kept with the approval.

mod words;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Time;

use super::limit::limit_words;
use super::model::{
    About, AnswerWording, Duty, Grid, Item, NodeRule, PaperTemplate, Playbook, Regime, StepRule,
    Text,
};
use crate::calendar::Limit;
use crate::ids::{NodeCode, UnitCode};
use crate::matter::{Burden, Source, Step};
use words::{
    counting, ends, evidence, fields, limits, list, node_limit, none, official, only, periods,
    roles, same, slips, text, unit_name, yes_no,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ChangeKind {
    Added,
    Removed,
    Changed,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub kind: ChangeKind,
    pub text: Text,
}

/// Every difference that can change what happens to a matter or what a page
/// says, in the order: head, regimes, catalogue, channels, answers, papers, units,
/// grids, places.
pub fn diff(old: &Playbook, new: &Playbook) -> Vec<Change> {
    let mut changes = Changes(Vec::new());
    changes.head(old, new);
    changes.regimes(old, new);
    changes.classes(old, new);
    changes.items(old, new);
    changes.channels(old, new);
    changes.answers(old, new);
    changes.papers(old, new);
    changes.burdens(old, new);
    changes.units(old, new);
    changes.grids(old, new);
    changes.places(old, new);
    changes.0
}

/// What to call a part: `事项“路灯不亮”` and `item “Street lamps out”`.
struct Named {
    zh: String,
    en: String,
}

fn named(zh: &str, en: &str, name: &Text) -> Named {
    Named { zh: format!("{zh}“{}”", name.zh), en: format!("{en} “{}”", name.en) }
}

struct Changes(Vec<Change>);

impl Changes {
    fn added(&mut self, what: &Named) {
        let text = text(format!("新增{}", what.zh), format!("Added {}", what.en));
        self.0.push(Change { kind: ChangeKind::Added, text });
    }

    fn removed(&mut self, what: &Named) {
        let text = text(format!("删去{}", what.zh), format!("Removed {}", what.en));
        self.0.push(Change { kind: ChangeKind::Removed, text });
    }

    fn changed(&mut self, what: &Named, part: (&str, &str), old: &Text, new: &Text) {
        if old == new {
            return;
        }
        let text = text(
            format!("{}的{}：{} → {}", what.zh, part.0, old.zh, new.zh),
            format!("{}, {}: {} → {}", what.en, part.1, old.en, new.en),
        );
        self.0.push(Change { kind: ChangeKind::Changed, text });
    }

    /// Reports what only one side has and answers what both have.
    fn pairs<'a, K: Ord, V>(
        &mut self,
        old: impl IntoIterator<Item = (K, &'a V)>,
        new: impl IntoIterator<Item = (K, &'a V)>,
        name: impl Fn(&V) -> Named,
    ) -> Vec<(&'a V, &'a V)> {
        let old: BTreeMap<K, &V> = old.into_iter().collect();
        let new: BTreeMap<K, &V> = new.into_iter().collect();
        for (key, gone) in &old {
            if !new.contains_key(key) {
                self.removed(&name(gone));
            }
        }
        let mut both = Vec::new();
        for (key, here) in new {
            match old.get(&key) {
                Some(before) => both.push((*before, here)),
                None => self.added(&name(here)),
            }
        }
        both
    }

    fn head(&mut self, old: &Playbook, new: &Playbook) {
        let what = Named { zh: "规则册".to_owned(), en: "Playbook".to_owned() };
        let same = |value: &str| text(value, value);
        self.changed(&what, ("名称", "name"), &old.name, &new.name);
        self.changed(&what, ("版本", "version"), &same(&old.version), &same(&new.version));
        let (before, after) = (same(&old.number_prefix), same(&new.number_prefix));
        self.changed(&what, ("编号前缀", "number prefix"), &before, &after);
        let (before, after) = (periods(&old.work), periods(&new.work));
        self.changed(&what, ("工作时段", "work periods"), &before, &after);
        let (before, after) = (official(old.official), official(new.official));
        self.changed(&what, ("性质", "standing"), &before, &after);
    }

    fn burdens(&mut self, old: &Playbook, new: &Playbook) {
        let what = Named { zh: "减负".to_owned(), en: "burden".to_owned() };
        for burden in Burden::ALL {
            let budget = |playbook: &Playbook| match playbook.burdens.budget(*burden) {
                None => none(),
                Some(budget) => {
                    let regimes = list(budget.regimes.iter().map(|regime| regime.as_str()));
                    let of = |regimes: &str| format!("{} {regimes}", budget.yearly);
                    text(of(&regimes.zh), of(&regimes.en))
                }
            };
            let (before, after) = (budget(old), budget(new));
            self.changed(&what, (burden.code(), burden.code()), &before, &after);
        }
        let key = |duty: &Duty| duty.code.clone();
        let name = |duty: &Duty| named("村级职责", "duty of villages", &duty.name);
        let before = old.burdens.duties.iter().map(|duty| (key(duty), duty));
        let after = new.burdens.duties.iter().map(|duty| (key(duty), duty));
        for (before, after) in self.pairs(before, after, name) {
            self.changed(&name(after), ("名称", "name"), &before.name, &after.name);
        }
    }

    fn regimes(&mut self, old: &Playbook, new: &Playbook) {
        let name = |regime: &Regime| named("办理制度", "regime", &regime.name);
        for (before, after) in self.pairs(&old.regimes, &new.regimes, name) {
            let what = name(after);
            self.changed(&what, ("名称", "name"), &before.name, &after.name);
            self.settings(&what, before, after);
            self.steps(&what, before, after);
            self.nodes(&what, before, after);
        }
    }

    fn settings(&mut self, what: &Named, old: &Regime, new: &Regime) {
        let number = |value: u32| text(value.to_string(), value.to_string());
        let numbers = [
            (("退回次数", "returns"), old.returns, new.returns),
            (("延期次数", "extensions"), old.extensions, new.extensions),
            (
                ("延期上限（%）", "extension limit (%)"),
                old.extension_percent,
                new.extension_percent,
            ),
            (("评价天数", "days for rating"), old.rating_days, new.rating_days),
        ];
        for (part, before, after) in numbers {
            self.changed(what, part, &number(before), &number(after));
        }
        let flags = [
            (("核查通过即办结", "closing on check"), old.close_on_check, new.close_on_check),
            (("答复须审定", "approval of answers"), old.answer_approval, new.answer_approval),
            (("分事项目录", "by the catalogue"), old.catalogue, new.catalogue),
            (("立项须审批", "approval before filing"), old.approve_filing, new.approve_filing),
            (("签收即办结", "closing on signing"), old.close_on_sign, new.close_on_sign),
            (("办结须评价", "grading"), old.grades, new.grades),
            (("核查须写意见", "a note with each check"), old.check_note, new.check_note),
            (("举一反三", "looking for the same elsewhere"), old.alike, new.alike),
        ];
        for (part, before, after) in flags {
            self.changed(what, part, &yes_no(before), &yes_no(after));
        }
        let days = |days: Option<u32>| days.map_or_else(none, number);
        let counts = [
            (("回头看天数", "days to look back"), old.look_back_days, new.look_back_days),
            (("申请复核天数", "days to object"), old.objection_days, new.objection_days),
            (("同一单位间隔天数", "days apart for a unit"), old.apart_days, new.apart_days),
        ];
        for (part, before, after) in counts {
            self.changed(what, part, &days(before), &days(after));
        }
        let limit = |limit: Option<Limit>| limit.map_or_else(none, limit_words);
        let (before, after) = (limit(old.publicity), limit(new.publicity));
        self.changed(what, ("公示期", "publicity"), &before, &after);
        let time = |time: Option<Time>| {
            time.map_or_else(none, |time| same(time.strftime("%H:%M").to_string()))
        };
        let (before, after) = (time(old.extension_until), time(new.extension_until));
        let part = ("末日申请延期截止", "extensions asked for on the last day until");
        self.changed(what, part, &before, &after);
        let kinds = |of: &Regime| list(of.kinds.iter().map(|kind| kind.code()));
        self.changed(what, ("类别", "kinds"), &kinds(old), &kinds(new));
        let (before, after) = (evidence(old.evidence), evidence(new.evidence));
        self.changed(what, ("佐证", "evidence"), &before, &after);
        self.changed(what, ("督办单", "slips"), &slips(old), &slips(new));
        let sources = |of: &BTreeSet<Source>| list(of.iter().map(|from| from.code()));
        let (before, after) = (sources(&old.verify_first), sources(&new.verify_first));
        self.changed(what, ("先核实的来源", "sources verified first"), &before, &after);
        let (before, after) =
            (sources(&old.answer_before_closing), sources(&new.answer_before_closing));
        self.changed(
            what,
            ("办结前须答复的来源", "sources answered before closing"),
            &before,
            &after,
        );
    }

    fn steps(&mut self, what: &Named, old: &Regime, new: &Regime) {
        let none = StepRule { by: BTreeSet::new() };
        let steps: BTreeSet<Step> = old.steps.keys().chain(new.steps.keys()).copied().collect();
        for step in steps {
            let before = roles(old.steps.get(&step).unwrap_or(&none));
            let after = roles(new.steps.get(&step).unwrap_or(&none));
            let (zh, en) = (format!("环节{}", step.code()), format!("step {}", step.code()));
            self.changed(what, (&zh, &en), &before, &after);
        }
    }

    fn nodes(&mut self, what: &Named, old: &Regime, new: &Regime) {
        let key = |node: &NodeRule| -> NodeCode { node.code.clone() };
        let name = |node: &NodeRule| {
            let node = named("时限节点", "node", &node.name);
            Named {
                zh: format!("{}的{}", what.zh, node.zh),
                en: format!("{}, {}", what.en, node.en),
            }
        };
        let before = old.nodes.iter().map(|node| (key(node), node));
        let after = new.nodes.iter().map(|node| (key(node), node));
        for (before, after) in self.pairs(before, after, name) {
            let what = name(after);
            self.changed(&what, ("时限", "limit"), &node_limit(before), &node_limit(after));
            self.changed(&what, ("起止", "start and end"), &ends(before), &ends(after));
            self.changed(&what, ("计法", "counting"), &counting(before), &counting(after));
            self.changed(&what, ("适用", "for"), &only(before), &only(after));
            let auto = |node: &NodeRule| yes_no(node.at_limit.is_some());
            self.changed(
                &what,
                ("到时自动签收", "signs at its limit"),
                &auto(before),
                &auto(after),
            );
            let flags = [
                (("可挂账", "pausable"), before.pausable, after.pausable),
                (("可延期", "extendable"), before.extendable, after.extendable),
                (
                    ("给定日期时不计", "not where a date was given"),
                    before.unless_given,
                    after.unless_given,
                ),
                (("申请办结前必报", "needed before the result"), before.mandatory, after.mandatory),
                (("重复", "repeats"), before.repeats, after.repeats),
            ];
            for (part, old, new) in flags {
                self.changed(&what, part, &yes_no(old), &yes_no(new));
            }
            let content = |node: &NodeRule| node.content.clone().unwrap_or_else(none);
            self.changed(&what, ("内容", "content"), &content(before), &content(after));
        }
    }

    fn classes(&mut self, old: &Playbook, new: &Playbook) {
        let before = old.classes.iter().map(|class| (&class.code, class));
        let after = new.classes.iter().map(|class| (&class.code, class));
        for (before, after) in
            self.pairs(before, after, |class| named("大类", "class", &class.name))
        {
            let what = named("大类", "class", &after.name);
            self.changed(&what, ("名称", "name"), &before.name, &after.name);
            let (old, new) = (yes_no(before.public), yes_no(after.public));
            self.changed(&what, ("对外公开", "shown to residents"), &old, &new);
        }
    }

    fn items(&mut self, old: &Playbook, new: &Playbook) {
        let name = |item: &Item| named("事项", "item", &item.name);
        for (before, after) in self.pairs(&old.items, &new.items, name) {
            let what = name(after);
            let class = |playbook: &Playbook, item: &Item| {
                let class = playbook.classes.iter().find(|class| class.code == item.class);
                class.map_or_else(|| text("", ""), |class| class.name.clone())
            };
            self.changed(&what, ("名称", "name"), &before.name, &after.name);
            if before.class != after.class {
                let (one, other) = (class(old, before), class(new, after));
                self.changed(&what, ("大类", "class"), &one, &other);
            }
            self.changed(&what, ("时限", "limits"), &limits(before), &limits(after));
            self.changed(&what, ("立案条件", "filing condition"), &before.filing, &after.filing);
            self.changed(&what, ("结案条件", "closing condition"), &before.closing, &after.closing);
            let (one, other) = (evidence(before.evidence), evidence(after.evidence));
            self.changed(&what, ("佐证", "evidence"), &one, &other);
            // A renamed unit is told once, not again for each of its items.
            if before.unit != after.unit {
                let (one, other) = (unit_name(old, &before.unit), unit_name(new, &after.unit));
                self.changed(&what, ("责任单位", "unit responsible"), &one, &other);
            }
            let (one, other) = (yes_no(before.on_spot), yes_no(after.on_spot));
            self.changed(&what, ("可当场办结", "settled on the spot"), &one, &other);
            let words = |item: &Item| list(item.words.iter().map(String::as_str));
            self.changed(&what, ("关键词", "words"), &words(before), &words(after));
        }
    }

    fn answers(&mut self, old: &Playbook, new: &Playbook) {
        let key = |answer: &AnswerWording| match &answer.about {
            About::Item(item) => (2, item.to_string()),
            About::Class(class) => (1, class.to_string()),
            About::Everything => (0, String::new()),
        };
        let name = |answer: &AnswerWording| {
            let about = match &answer.about {
                About::Item(item) => item.as_str(),
                About::Class(class) => class.as_str(),
                About::Everything => "*",
            };
            named("答复参考文字", "suggested answer", &text(about, about))
        };
        let old = old.answers.iter().map(|answer| (key(answer), answer));
        let new = new.answers.iter().map(|answer| (key(answer), answer));
        for (before, after) in self.pairs(old, new, name) {
            self.changed(&name(after), ("文字", "words"), &before.text(), &after.text());
        }
    }

    fn papers(&mut self, old: &Playbook, new: &Playbook) {
        let name = |paper: &PaperTemplate| named("文书模板", "paper template", &paper.name);
        let same = |value: &str| text(value, value);
        let before = old.papers.iter().map(|paper| (&paper.code, paper));
        let after = new.papers.iter().map(|paper| (&paper.code, paper));
        for (before, after) in self.pairs(before, after, name) {
            let what = name(after);
            self.changed(&what, ("名称", "name"), &before.name, &after.name);
            let (one, other) = (same(before.kind.code()), same(after.kind.code()));
            self.changed(&what, ("文种", "kind"), &one, &other);
            let (one, other) = (same(before.layout.code()), same(after.layout.code()));
            self.changed(&what, ("版式", "layout"), &one, &other);
            self.changed(
                &what,
                ("机关代字", "document code"),
                &same(&before.word),
                &same(&after.word),
            );
            self.changed(&what, ("发文机关标志", "mark"), &same(&before.mark), &same(&after.mark));
            let most = |paper: &PaperTemplate| same(&paper.most_characters.to_string());
            self.changed(&what, ("字数上限", "most characters"), &most(before), &most(after));
            let (one, other) = (fields(before), fields(after));
            self.changed(&what, ("填写项", "fields"), &one, &other);
            // A whole body in a list of changes would hide the other changes.
            if before.written() != after.written() {
                let text =
                    text(format!("{}的文字变了", what.zh), format!("{}: words changed", what.en));
                self.0.push(Change { kind: ChangeKind::Changed, text });
            }
        }
    }

    fn channels(&mut self, old: &Playbook, new: &Playbook) {
        for (before, after) in self
            .pairs(&old.channels, &new.channels, |channel| named("渠道", "channel", &channel.name))
        {
            let what = named("渠道", "channel", &after.name);
            let same = |value: &str| text(value, value);
            self.changed(&what, ("名称", "name"), &before.name, &after.name);
            let (one, other) = (same(before.ground.code()), same(after.ground.code()));
            self.changed(&what, ("理由", "ground"), &one, &other);
            self.changed(&what, ("告知内容", "advice"), &before.advice, &after.advice);
            self.changed(&what, ("依据", "basis"), &same(&before.basis), &same(&after.basis));
        }
    }

    fn units(&mut self, old: &Playbook, new: &Playbook) {
        let before = old.units.iter().map(|unit| (&unit.code, unit));
        let after = new.units.iter().map(|unit| (&unit.code, unit));
        for (before, after) in self.pairs(before, after, |unit| named("单位", "unit", &unit.name))
        {
            let what = named("单位", "unit", &after.name);
            self.changed(&what, ("名称", "name"), &before.name, &after.name);
            let above = |playbook: &Playbook, above: &Option<UnitCode>| match above {
                Some(unit) => unit_name(playbook, unit),
                None => text("无", "none"),
            };
            if before.above != after.above {
                let (one, other) = (above(old, &before.above), above(new, &after.above));
                self.changed(&what, ("上级", "unit above"), &one, &other);
            }
            let grid =
                |grid: Option<String>| grid.map_or_else(|| text("无", "none"), |g| text(&g, &g));
            let one = grid(before.grid.as_ref().map(ToString::to_string));
            let other = grid(after.grid.as_ref().map(ToString::to_string));
            self.changed(&what, ("网格", "grid"), &one, &other);
            let (one, other) = (yes_no(before.village), yes_no(after.village));
            self.changed(&what, ("村（社区）", "a village"), &one, &other);
        }
    }

    /// Towns and villages by name; grids of the third level, of which there are
    /// thousands, by how many come and go.
    fn grids(&mut self, old: &Playbook, new: &Playbook) {
        let named_grids = |playbook: &'_ Playbook| -> Vec<Grid> {
            playbook.grids.iter().filter(|grid| grid.level < 3).cloned().collect()
        };
        let (before, after) = (named_grids(old), named_grids(new));
        let before = before.iter().map(|grid| (&grid.code, grid));
        let after = after.iter().map(|grid| (&grid.code, grid));
        for (before, after) in self.pairs(before, after, |grid| named("网格", "grid", &grid.name))
        {
            let what = named("网格", "grid", &after.name);
            self.changed(&what, ("名称", "name"), &before.name, &after.name);
        }
        let third = |playbook: &'_ Playbook| -> BTreeSet<String> {
            let grids = playbook.grids.iter().filter(|grid| grid.level == 3);
            grids.map(|grid| grid.code.to_string()).collect()
        };
        let (before, after) = (third(old), third(new));
        if before != after {
            let (come, gone) =
                (after.difference(&before).count(), before.difference(&after).count());
            let text = text(
                format!("三级网格：{} → {}，新增{come}个，减少{gone}个", before.len(), after.len()),
                format!(
                    "Third-level grids: {} → {}, {come} added, {gone} removed",
                    before.len(),
                    after.len()
                ),
            );
            self.0.push(Change { kind: ChangeKind::Changed, text });
        }
    }

    fn places(&mut self, old: &Playbook, new: &Playbook) {
        let before = old.places.iter().map(|place| (&place.id, place));
        let after = new.places.iter().map(|place| (&place.id, place));
        for (before, after) in
            self.pairs(before, after, |place| named("点位", "place", &place.name))
        {
            let what = named("点位", "place", &after.name);
            let same = |value: String| text(value.clone(), value);
            self.changed(&what, ("名称", "name"), &before.name, &after.name);
            let (one, other) = (same(before.grid.to_string()), same(after.grid.to_string()));
            self.changed(&what, ("网格", "grid"), &one, &other);
            if before.position != after.position {
                let text = text(format!("{}的位置变了", what.zh), format!("{}: moved", what.en));
                self.0.push(Change { kind: ChangeKind::Changed, text });
            }
        }
    }
}
