//! What happened to a report in plain language: no persons, nothing colleagues
//! wrote to each other.

use bihuan_app::App;
use bihuan_app::queries::{Recorded, Tracked};
use bihuan_domain::access::Role;
use bihuan_domain::clock::{Node, why};
use bihuan_domain::ids::{NodeCode, UnitCode};
use bihuan_domain::journal::Commitment;
use bihuan_domain::matter::{Event, Evidence, Stage, Step};
use bihuan_domain::playbook::model::Regime;

use crate::i18n::{Key, Lang};
use crate::pages::public::track::{Answer, Deadline, Question, RatingForm, rating_words};
use crate::view::lamp::{Lamp, Shape};
use crate::view::state::Refused;
use crate::view::timeline::{Entry, Shot};
use crate::view::why::{MoveBy, WhyView, day_at};

const MINUTES_PER_DAY: i64 = 24 * 60;

/// A report with the language it is told in.
pub(super) struct Told<'a> {
    pub(super) app: &'a App,
    pub(super) report: &'a Tracked,
    pub(super) lang: Lang,
}

impl Told<'_> {
    fn regime(&self) -> Option<&Regime> {
        self.report.playbook.regimes.get(&self.report.goes_on.regime)
    }

    fn unit(&self, code: &UnitCode) -> String {
        self.lang.pick(&self.app.rules().unit_name(code.as_str())).to_owned()
    }

    /// Where it stands; a merged report stands where the other does.
    pub(super) fn stage(&self) -> Stage {
        self.report.goes_on.stage
    }

    /// The date residents are told: of the handling, or of what comes next.
    fn promise(&self) -> Option<&Node> {
        let matter = &self.report.goes_on;
        matter.nodes.get(&NodeCode::new("handle")).or_else(|| matter.next_node())
    }

    pub(super) fn lamp(&self) -> Option<Lamp> {
        let report = self.report;
        if self.stage().is_over() {
            let done = matches!(self.stage(), Stage::Closed | Stage::StruckOff);
            return done
                .then(|| Lamp::new(Shape::Done, self.lang.code_of("stage", self.stage().code())));
        }
        let node = self.promise().filter(|node| node.is_open())?;
        if node.is_paused() {
            return Some(Lamp::new(Shape::Parked, self.lang.tr("lamp-suspended")));
        }
        Some(Lamp::of_due(self.lang, &node.due, report.now, &report.calendar))
    }

    pub(super) fn deadline(&self) -> Option<Deadline> {
        let node = self.promise().filter(|_| !self.stage().is_over())?;
        let calendar = &self.report.calendar;
        let told = why(node, calendar, self.report.now);
        let who =
            self.lang.trn("matter-by-playbook", "version", self.report.playbook.version.as_str());
        let rule = self.regime().and_then(|regime| regime.node(&node.code));
        let rule = rule.map_or_else(String::new, |rule| self.lang.pick(&rule.name).to_owned());
        let by = told.moves.iter().map(|_| MoveBy { rule: rule.clone(), who: who.clone() });
        let by = by.collect();
        let mut due = day_at(calendar, node.due.due_at);
        due.estimated = node.due.estimated;
        Some(Deadline { due, why: WhyView::of(self.lang, &told, calendar, by) })
    }

    /// How many days before the latest date it was closed.
    pub(super) fn against(&self) -> Option<String> {
        let matter = &self.report.goes_on;
        let closed = matter.closed_at.filter(|_| !matter.closed_late)?;
        let node = matter.nodes.get(&NodeCode::new("handle"))?;
        let days = node.due.due_at.minutes_since(closed) / MINUTES_PER_DAY;
        (days > 0).then(|| self.lang.trn("track-before-due", "n", days))
    }

    pub(super) fn answer(&self) -> Option<Answer> {
        let answer = self.report.goes_on.shown_answer()?;
        let text = self.report.text(Some(answer.answer))?.to_owned();
        let unit = self.report.goes_on.lead.as_ref().map(|lead| self.unit(&lead.unit));
        let before = self.first_own_photo().and_then(|photo| self.shot(photo));
        let after = answer.photos.iter().find_map(|photo| self.shot(*photo));
        Some(Answer { text, unit: unit.unwrap_or_default(), before, after })
    }

    fn first_own_photo(&self) -> Option<Commitment> {
        self.report.recorded.iter().find_map(|entry| match &entry.event {
            Event::Filed { evidence, .. } => evidence.first().map(|one| one.content),
            _ => None,
        })
    }

    /// What the reporter is asked.
    pub(super) fn question(&self) -> Option<Question> {
        let question = self.report.matter.question?;
        let text = self.report.text(Some(question))?.to_owned();
        let asked = self.report.recorded.iter().rev().find_map(|entry| match entry.event {
            Event::Asked { .. } => entry.actor.unit.as_ref(),
            _ => None,
        });
        Some(Question { text, unit: asked.map(|unit| self.unit(unit)).unwrap_or_default() })
    }

    pub(super) fn rating(&self) -> Option<RatingForm> {
        if !self.report.may(Step::Rate) {
            return None;
        }
        let days = i64::from(self.regime().map_or(0, |regime| regime.rating_days));
        let since = self.report.matter.closed_at.or(self.report.matter.submitted_at);
        let gone = since.map_or(0, |since| self.report.now.minutes_since(since) / MINUTES_PER_DAY);
        Some(RatingForm {
            question: None,
            words: rating_words(self.lang),
            error: None,
            days_left: u32::try_from(days - gone).unwrap_or_default(),
        })
    }

    /// Where to turn when it was declined.
    pub(super) fn channel(&self) -> Option<Refused> {
        let (ground, channel) = self.report.goes_on.declined.as_ref()?;
        let channel = self.report.playbook.channels.get(channel)?;
        Some(Refused {
            title: self.lang.code_of("ground", ground.code()).into_owned(),
            next: format!(
                "{}{}{}",
                self.lang.pick(&channel.name),
                self.lang.tr("told-colon"),
                self.lang.pick(&channel.advice)
            ),
            link: None,
        })
    }

    /// Oldest first.
    pub(super) fn entries(&self) -> Vec<Entry> {
        self.report.recorded.iter().filter_map(|entry| self.entry(entry)).collect()
    }

    fn entry(&self, recorded: &Recorded) -> Option<Entry> {
        let (Key(key), is_key) = said(&recorded.event)?;
        if let Event::AnswerApproved { answer, .. } = &recorded.event {
            self.report.goes_on.shown_answer().filter(|shown| shown.answer == *answer)?;
        }
        let unit = recorded.actor.unit.as_ref().map(|unit| self.unit(unit));
        let verb = match &recorded.event {
            Event::Dispatched { lead, .. } => self.lang.trn(key, "unit", self.unit(lead)),
            Event::Signed { unit, .. } => self.lang.trn(key, "unit", self.unit(unit)),
            Event::Rated { rating, .. } => {
                let rating = self.lang.code_of("rating", rating.code());
                self.lang.trn(key, "rating", rating.into_owned())
            }
            _ => self.lang.tr(key).into_owned(),
        };
        let day = day_at(&self.report.calendar, recorded.at);
        let mut entry = Entry::new(day, verb).by(unit.unwrap_or_default());
        entry.is_key = is_key;
        if recorded.actor.role == Role::Reporter {
            entry.quote = own_words(&recorded.event)
                .and_then(|words| self.report.text(Some(words)))
                .map(ToOwned::to_owned);
            entry.shots =
                evidence(&recorded.event).iter().filter_map(|one| self.shot(one.content)).collect();
        }
        if let Event::Asked { question } = &recorded.event {
            entry.words.extend(self.report.text(Some(*question)).map(ToOwned::to_owned));
        }
        Some(entry)
    }

    fn shot(&self, photo: Commitment) -> Option<Shot> {
        let facts = self.report.attachment(photo)?;
        let href = format!("/t/{}/photo/{}", self.report.code.compact(), facts.id);
        Some(Shot {
            thumb: facts.kind.starts_with("image/").then(|| format!("{href}/thumb")),
            href,
            alt: self.lang.tr("told-photo").into_owned(),
            caption: facts.taken_at.unwrap_or_default(),
        })
    }
}

/// The sentence of an event, and whether it is a turning point; none for what
/// does not concern the reporter.
const fn said(event: &Event) -> Option<(Key, bool)> {
    Some(match event {
        Event::Filed { .. } => (Key("told-filed"), true),
        Event::Imported { .. } => (Key("told-imported"), true),
        Event::Merged { .. } => (Key("told-merged"), true),
        Event::Unmerged { .. } => (Key("told-unmerged"), false),
        Event::Declined { .. } => (Key("told-declined"), true),
        Event::Accepted { .. } => (Key("told-accepted"), true),
        Event::VerificationRequested { .. } => (Key("told-verifying"), false),
        Event::Verified { holds: true, .. } => (Key("told-verified"), false),
        Event::Verified { holds: false, .. } => (Key("told-verified-not"), false),
        Event::Dispatched { .. } => (Key("told-dispatched"), false),
        Event::Signed { .. } => (Key("told-signed"), false),
        Event::Returned { .. } => (Key("told-returned"), false),
        Event::Acted { .. } => (Key("told-acted"), false),
        Event::ExtensionDecided { approved: true, .. } => (Key("told-extended"), false),
        Event::Suspended { .. } => (Key("told-suspended"), false),
        Event::Resumed { .. } => (Key("told-resumed"), false),
        Event::Submitted { .. } => (Key("told-submitted"), true),
        Event::Checked { holds: true, .. } => (Key("told-checked"), false),
        Event::Checked { holds: false, .. } => (Key("told-checked-not"), false),
        Event::Closed { .. } => (Key("told-closed"), true),
        Event::Rated { .. } => (Key("told-rated"), false),
        Event::Reopened { .. } => (Key("told-reopened"), true),
        Event::Escalated { .. } => (Key("told-escalated"), false),
        Event::StruckOff { .. } => (Key("told-struck-off"), false),
        Event::LookedBack { .. } => (Key("told-looked-back"), false),
        Event::Withdrawn { .. } => (Key("told-withdrawn"), true),
        Event::Asked { .. } => (Key("told-asked"), false),
        Event::Supplemented { .. } => (Key("told-supplemented"), false),
        Event::AnswerApproved { .. } => (Key("told-answered"), false),
        Event::Erased { .. } => (Key("told-erased"), false),
        _ => return None,
    })
}

const fn own_words(event: &Event) -> Option<Commitment> {
    match event {
        Event::Filed { words, .. } => Some(*words),
        Event::Supplemented { words, .. } | Event::Rated { words, .. } => *words,
        _ => None,
    }
}

fn evidence(event: &Event) -> &[Evidence] {
    match event {
        Event::Filed { evidence, .. } | Event::Supplemented { evidence, .. } => evidence,
        _ => &[],
    }
}
