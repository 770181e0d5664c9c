//! What a desk's list and a tree show, from what the query answered.

use bihuan_app::queries::cockpit::Lamps;
use bihuan_app::queries::slips::SlipAt;
use bihuan_app::queries::tasks::{NodeAt, NodeState, Standing, TaskLine, TaskTab, TaskTree};
use bihuan_domain::access::Role;
use bihuan_domain::calendar::Calendar;
use bihuan_domain::ids::NodeCode;
use bihuan_domain::instant::Instant;
use bihuan_domain::matter::{Stage, Step};
use bihuan_domain::playbook::model::Regime;

use super::super::batch;
use super::super::told::title;
use super::Desk;
use crate::i18n::{Key, Lang};
use crate::pages::desk::{Tab, tasks as show};
use crate::shell::Shell;
use crate::view::day;
use crate::view::equation::{Equation, Term};
use crate::view::lamp::{Lamp, Shape};
use crate::view::number::grouped;
use crate::view::rate::Rate;
use crate::view::why::day_at;

/// How a node stands, or stood when it was met; none where it was dropped.
pub(in crate::routes::desk) fn node_lamp(
    lang: Lang,
    calendar: &Calendar,
    now: Instant,
    node: &NodeAt,
) -> Option<Lamp> {
    Some(match node.state {
        NodeState::Open => Lamp::of_due(lang, &node.due, now, calendar),
        NodeState::Paused => Lamp::new(Shape::Parked, Shape::Parked.name(lang)),
        NodeState::Met(_) if node.was_late() => Lamp::new(Shape::Done, lang.tr("node-met-late")),
        NodeState::Met(_) => Lamp::new(Shape::Done, lang.tr("lamp-met")),
        NodeState::Dropped => return None,
    })
}

/// When it was met, or when it is due.
pub(in crate::routes::desk) const fn node_day(node: &NodeAt) -> Instant {
    match node.state {
        NodeState::Met(at) => at,
        _ => node.due.due_at,
    }
}

pub(super) struct Fill<'a> {
    pub(super) lang: Lang,
    pub(super) desk: &'a Desk,
    pub(super) regime: &'a Regime,
    pub(super) calendar: &'a Calendar,
    pub(super) now: Instant,
    /// Lines may be picked for a batch.
    pub(super) picks: bool,
}

impl Fill<'_> {
    pub(super) fn begin(&self, role: Role) -> Vec<show::Begin> {
        let files = self.regime.steps.get(&Step::File);
        if !files.is_some_and(|rule| rule.by.contains(&role)) {
            return Vec::new();
        }
        let begin = self.desk.begin.iter();
        begin
            .map(|(label, href)| (self.lang.tr(label.0).into_owned(), (*href).to_owned()))
            .collect()
    }

    pub(super) fn views(&self) -> Vec<show::Begin> {
        let views = self.desk.views.iter();
        views
            .map(|(label, href)| (self.lang.tr(label.0).into_owned(), (*href).to_owned()))
            .collect()
    }

    pub(super) fn slips(&self, slips: &[SlipAt]) -> Vec<show::SlipSaid> {
        let day = |at: Instant| day_at(self.calendar, at).without_time();
        let said = |slip: &SlipAt| show::SlipSaid {
            title: title(&slip.words).unwrap_or_else(|| slip.number.clone()),
            href: format!("/m/{}", slip.number),
            slip: self.lang.code_of("slip", slip.colour.code()).into_owned(),
            node: self.node_name(&slip.node),
            issued: day(slip.issued_at),
            signed: slip.signed_at.map(day),
            papers: {
                let own = slip.own.iter().map(|(document, nth)| {
                    (document.clone(), format!("/m/{}/slips/{nth}.pdf", slip.number))
                });
                let about = slip.papers.iter();
                let about = about
                    .map(|(document, number)| (document.clone(), format!("/m/{number}/paper.pdf")));
                own.chain(about).collect()
            },
        };
        slips.iter().map(said).collect()
    }

    fn node_name(&self, code: &NodeCode) -> String {
        let rule = self.regime.nodes.iter().find(|rule| rule.code == *code);
        rule.map_or_else(|| code.to_string(), |rule| self.lang.pick(&rule.name).to_owned())
    }

    /// What stands at the head of a sheet: whose, what, and as of when.
    pub(super) fn printed(&self, shell: &Shell, what: &str) -> String {
        shell.print_head(what, self.now)
    }

    /// What the post may do to several at once.
    pub(super) fn batch(&self, role: Role) -> Vec<(String, &'static str)> {
        let may =
            |step: &Step| self.regime.steps.get(step).is_some_and(|rule| rule.by.contains(&role));
        let steps = batch::STEPS.into_iter().filter(may);
        steps
            .map(|step| {
                let name = self.lang.code_of("step", step.code()).into_owned();
                (self.lang.trn("batch-step", "step", name), step.code())
            })
            .collect()
    }

    pub(super) fn tabs(&self, current: TaskTab, counts: &[(TaskTab, i64)]) -> Vec<Tab> {
        let label = |tab| match tab {
            TaskTab::Roots => Key("task-tab-roots"),
            TaskTab::Open => Key("task-tab-open"),
            TaskTab::Today => Key("task-tab-today"),
            TaskTab::Unsigned => Key("task-tab-unsigned"),
            TaskTab::Late => Key("task-tab-late"),
            TaskTab::Review => Key("task-tab-review"),
            TaskTab::Done => Key("task-tab-done"),
        };
        counts
            .iter()
            .map(|(tab, count)| {
                let href = format!("{}?tab={}", self.desk.href, tab.code());
                let shown = Tab::new(self.lang.tr(label(*tab).0), count.unsigned_abs(), &href);
                if *tab == current { shown.current() } else { shown }
            })
            .collect()
    }

    pub(super) fn sum(&self, heading: String, of: &Standing) -> show::Sum {
        let term = |count: i64, key: Key, tab: TaskTab| {
            let href = format!("{}?tab={}", self.desk.href, tab.code());
            Term::new(count.unsigned_abs(), self.lang.tr(key.0), href)
        };
        let mut parts = vec![
            term(of.done(), Key("task-sum-done"), TaskTab::Done),
            term(of.open, Key("task-sum-open"), TaskTab::Open),
        ];
        if of.elsewhere > 0 {
            parts.push(term(of.elsewhere, Key("task-sum-elsewhere"), TaskTab::Roots));
        }
        show::Sum {
            heading,
            equation: Equation::new(term(of.filed, Key("task-sum-filed"), TaskTab::Roots), parts),
            lamps: self.lamps(&of.lamps),
        }
    }

    /// Those that there are, with their counts.
    fn lamps(&self, of: &Lamps) -> Vec<Lamp> {
        let lamps = [
            (Shape::Overdue, of.overdue),
            (Shape::DueSoon, of.due_soon),
            (Shape::OnTrack, of.on_track),
            (Shape::Parked, of.parked),
        ];
        let there = lamps.into_iter().filter(|(_, count)| *count > 0);
        there
            .map(|(shape, count)| {
                Lamp::new(shape, format!("{}{}", shape.name(self.lang), grouped(count)))
            })
            .collect()
    }

    pub(super) fn columns(&self) -> Vec<(&'static str, show::NodeColumn)> {
        let columns = self.desk.columns.iter().filter_map(|(code, digit)| {
            let rule = self.regime.nodes.iter().find(|rule| rule.code.as_str() == *code)?;
            let name = self.lang.pick(&rule.name);
            // The digit says the number; the name need not say it again.
            let said = digit.and_then(|digit| name.strip_prefix(digit)).unwrap_or(name);
            Some((*code, show::NodeColumn { digit: *digit, name: said.to_owned() }))
        });
        columns.collect()
    }

    pub(super) fn table(&self, lines: Vec<(usize, &TaskLine)>, caption: String) -> show::TaskTable {
        let columns = self.columns();
        let codes: Vec<&str> = columns.iter().map(|(code, _)| *code).collect();
        let rows = lines.iter().enumerate().map(|(at, (depth, line))| {
            let next = lines.get(at + 1).map(|(depth, _)| *depth);
            self.row(*depth, next.is_none_or(|next| next < *depth), line, &codes, &lines)
        });
        show::TaskTable {
            rows: rows.collect(),
            columns: columns.into_iter().map(|(_, column)| column).collect(),
            caption,
            nothing: (
                self.lang.tr("task-none").into_owned(),
                self.lang.tr("task-none-how").into_owned(),
            ),
            picks: self.picks,
        }
    }

    fn row(
        &self,
        depth: usize,
        is_last: bool,
        line: &TaskLine,
        codes: &[&str],
        all: &[(usize, &TaskLine)],
    ) -> show::TaskRow {
        let lang = self.lang;
        let number = line.line.number.clone();
        let href =
            if line.is_leaf() { format!("/m/{number}") } else { format!("/supervision/{number}") };
        let promised = line.promised.map(|(now, _)| now);
        show::TaskRow {
            depth,
            is_last,
            title: title(&line.line.words).unwrap_or_else(|| number.clone()),
            href,
            note: self.note(line),
            slip_href: line.slip.map(|_| format!("/m/{number}/slips/latest.pdf")),
            unit: line
                .line
                .lead_name
                .as_ref()
                .map(|name| lang.pick(name).to_owned())
                .unwrap_or_default(),
            kind: lang.code_of("urgency", line.line.urgency.code()).into_owned(),
            nodes: codes.iter().map(|code| self.cell(line, code)).collect(),
            due: promised
                .or(line.line.due.map(|due| due.due_at))
                .map(|at| day_at(self.calendar, at).without_time()),
            due_lamp: self.due_lamp(line, codes),
            grade: line
                .grade
                .map(|grade| lang.code_of("grade", grade.code()).into_owned())
                .unwrap_or_default(),
            parts: (!line.is_leaf()).then(|| self.parts(line, all)),
            pick: self.picks,
            number,
        }
    }

    /// A date that the meeting gave has no column of its own.
    fn due_lamp(&self, line: &TaskLine, codes: &[&str]) -> Option<Lamp> {
        let (at, _) = line.promised?;
        let node = line.nodes.iter().find(|node| node.due.due_at == at)?;
        if node.state != NodeState::Open || codes.contains(&node.code.as_str()) {
            return None;
        }
        let lamp = Lamp::of_due(self.lang, &node.due, self.now, self.calendar);
        matches!(lamp.shape, Shape::Overdue | Shape::DueSoon).then_some(lamp)
    }

    /// What a supervisor would say of it in a breath.
    fn note(&self, line: &TaskLine) -> Option<String> {
        let lang = self.lang;
        let mut said = Vec::new();
        if line.line.stage == Stage::Drafted || line.line.stage == Stage::Dispatched {
            said.push(lang.code_of("stage", line.line.stage.code()).into_owned());
        }
        if let Some(document) = &line.document {
            said.push(document.clone());
        }
        if line.returns > 0 {
            said.push(lang.trn("task-returned", "n", line.returns));
        }
        if let Some((now, _)) = line.promised.filter(|_| line.extensions > 0) {
            let to = day::date_words(lang, now.date(), self.now.date().year());
            said.push(
                lang.say("task-extended").with("n", line.extensions).with("to", to).to_string(),
            );
        }
        if let Some(slip) = line.slip {
            said.push(lang.trn("task-slipped", "slip", lang.code_of("slip", slip.code())));
        }
        if line.is_criticised {
            said.push(lang.tr("task-criticised").into_owned());
        }
        (!said.is_empty()).then(|| said.join(&lang.tr("list-semicolon")))
    }

    fn parts(&self, whole: &TaskLine, all: &[(usize, &TaskLine)]) -> show::PartsSaid {
        let mut lamps = Lamps::default();
        let mut done = 0;
        let mut under = vec![whole.line.matter];
        for (_, line) in all {
            if !line.parent.is_some_and(|parent| under.contains(&parent)) {
                continue;
            }
            under.push(line.line.matter);
            if !line.is_leaf() {
                continue;
            }
            if line.line.is_open {
                lamps.count(line.line.due.map(|due| due.lamp(self.now)));
            } else {
                done += 1;
            }
        }
        let mut said = self.lamps(&lamps);
        if done > 0 {
            let word = format!("{}{}", Shape::Done.name(self.lang), grouped(done));
            said.push(Lamp::new(Shape::Done, word));
        }
        show::PartsSaid { count: self.lang.trn("task-parts", "n", whole.parts), lamps: said }
    }

    /// Struck off is still to come for whatever is open.
    fn cell(&self, line: &TaskLine, code: &str) -> Option<show::NodeCell> {
        let Some(node) = line.node(code) else {
            let rule = self.regime.nodes.iter().find(|rule| rule.code.as_str() == code)?;
            let to_come =
                line.line.is_open && rule.applies(line.line.urgency) && !rule.unless_given;
            return to_come.then(|| show::NodeCell {
                shape: Shape::NotBegun,
                day: String::new(),
                words: Shape::NotBegun.name(self.lang),
                is_next: false,
            });
        };
        let Lamp { shape, word: words } = node_lamp(self.lang, self.calendar, self.now, node)?;
        let at = node_day(node);
        Some(show::NodeCell {
            shape,
            day: day::date_words(self.lang, at.date(), self.now.date().year()),
            words,
            is_next: node.state == NodeState::Open && shape != Shape::OnTrack,
        })
    }

    pub(super) fn about(&self, root: &TaskLine, tree: &TaskTree) -> Vec<String> {
        let lang = self.lang;
        let filed = day::date_words(lang, root.line.filed_at.date(), self.now.date().year());
        let mut units: Vec<_> =
            tree.lines.iter().filter_map(|(_, line)| line.line.lead.as_ref()).collect();
        units.sort_unstable();
        units.dedup();
        vec![
            lang.trn("task-filed-on", "day", filed),
            lang.code_of("stage", root.line.stage.code()).into_owned(),
            lang.say("task-spread")
                .with("tasks", tree.standing.filed)
                .with("units", units.len())
                .to_string(),
            root.line.number.clone(),
        ]
    }

    /// Reports that fell due until now, and how many came in time.
    pub(super) fn feedback(&self, tree: &TaskTree) -> Option<show::Feedback> {
        let owed = |code: &str| {
            self.regime
                .nodes
                .iter()
                .any(|rule| rule.code.as_str() == code && rule.is_owed_by_the_unit())
        };
        let nodes =
            tree.lines.iter().filter(|(_, line)| line.is_leaf()).flat_map(|(_, line)| &line.nodes);
        let (mut due, mut on_time, mut late) = (0_u64, 0_u64, 0_u64);
        for node in nodes.filter(|node| owed(node.code.as_str())) {
            match node.state {
                NodeState::Met(_) => {
                    due += 1;
                    if node.was_late() { late += 1 } else { on_time += 1 }
                }
                NodeState::Open if node.due.due_at < self.now => due += 1,
                _ => {}
            }
        }
        (due > 0).then(|| show::Feedback {
            rate: Rate::new(on_time, due),
            words: self
                .lang
                .say("task-feedback-say")
                .with("due", due)
                .with("on-time", on_time)
                .with("late", late)
                .with("missing", due - on_time - late)
                .to_string(),
        })
    }
}
