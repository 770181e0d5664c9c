//! Where stories of tasks, findings, inspections and papers begin.

use bihuan_domain::ids::{NodeCode, UnitCode};
use bihuan_domain::matter::{
    Alike, Brief, Command, DocumentNumber, EvidenceKind, Grade, Report, SlipColour, Source,
    Urgency, slip_due,
};
use jiff::civil::{Date, date};

use super::story::*;

pub(crate) fn drafter() -> bihuan_domain::matter::Actor {
    supervisor(70)
}

/// Given to the lighting centre.
pub(crate) fn brief() -> Brief {
    Brief { lead: Some(UnitCode::new(LIGHTING)), ..Brief::default() }
}

pub(crate) fn given(due_on: Date) -> Brief {
    Brief { due_on: Some(due_on), ..brief() }
}

pub(crate) fn draft_of(regime: &str, urgency: Urgency, brief: Brief) -> Report {
    let mut report = report(regime, Source::Meeting);
    report.evidence.clear();
    report.identity = None;
    report.urgency = urgency;
    report.brief = Some(Box::new(brief));
    report
}

pub(crate) fn approve_filing() -> Command {
    Command::ApproveFiling { approve: true, document: None, reason: None }
}

pub(crate) fn document(serial: u32) -> DocumentNumber {
    DocumentNumber { code: "荥政督".to_owned(), year: 2026, serial }
}

/// The result with its proof, and whether others have the same fault.
pub(crate) fn hand_in() -> Command {
    Command::Submit {
        note: words(17),
        evidence: vec![photo(EvidenceKind::Document, 18)],
        alike: Some(Alike { looked_at: 12, found: 2, mended: 2 }),
    }
}

pub(crate) fn graded(grade: Grade) -> Command {
    Command::Close { note: None, grade: Some(grade) }
}

pub(crate) fn strike_off() -> Command {
    Command::StrikeOff { note: None }
}

pub(crate) fn plan(stages: &[Date]) -> Command {
    Command::Plan { plan: words(50), stages: stages.to_vec() }
}

pub(crate) fn reclassify(urgency: Urgency) -> Command {
    Command::AmendClass { item: None, urgency, reason: Some(words(51)) }
}

pub(crate) fn slip(colour: SlipColour, node: &str) -> Command {
    Command::Slip { colour, node: NodeCode::new(node), document: None, fields: None }
}

pub(crate) fn criticise(approve: bool) -> Command {
    Command::Criticise { approve, reason: Some(words(52)) }
}

pub(crate) fn object() -> Command {
    Command::Object { reason: words(53) }
}

pub(crate) fn review(upheld: bool, grade: Option<Grade>) -> Command {
    Command::Review { upheld, reason: words(54), grade }
}

pub(crate) fn publicise() -> Command {
    Command::Publicise { words: words(55) }
}

pub(crate) fn on(month: i8, day: i8) -> Date {
    date(2026, month, day)
}

/// At ten in the morning.
pub(crate) fn morning(month: i8, day: i8) -> bihuan_domain::instant::Instant {
    bihuan_domain::instant::Instant::from_civil(on(month, day).at(10, 0, 0, 0))
}

impl Story {
    pub(crate) fn drafted(urgency: Urgency, brief: Brief) -> Self {
        Self::new().then(drafter(), Command::File(draft_of("supervised-task", urgency, brief)))
    }

    pub(crate) fn approved(urgency: Urgency, brief: Brief) -> Self {
        Self::drafted(urgency, brief).then(leader(), approve_filing())
    }

    /// Approved, given out and signed for in the first hour of 1 June.
    pub(crate) fn task_of(urgency: Urgency, brief: Brief) -> Self {
        Self::approved(urgency, brief)
            .then(drafter(), dispatch(LIGHTING))
            .then(handler(LIGHTING), Command::Sign)
    }

    pub(crate) fn task(urgency: Urgency) -> Self {
        Self::task_of(urgency, brief())
    }

    /// Days 1 and 3 reported in time.
    pub(crate) fn reported(self) -> Self {
        self.at(june(1, 16, 0))
            .then(handler(LIGHTING), act())
            .at(june(3, 10, 0))
            .then(handler(LIGHTING), act())
    }

    /// Handed in on the 5th, checked on the 8th, closed on the 9th.
    pub(crate) fn task_closed(grade: Grade) -> Self {
        Self::task(Urgency::Ordinary)
            .reported()
            .at(june(5, 10, 0))
            .then(handler(LIGHTING), hand_in())
            .at(june(8, 10, 0))
            .then(drafter(), found(true))
            .at(june(9, 10, 0))
            .then(drafter(), graded(grade))
    }

    /// Day 7 missed and nothing said: the red slip has proposed criticism.
    pub(crate) fn red() -> Self {
        let mut story = Self::task(Urgency::Ordinary).reported();
        for (day, colour) in
            [(8, SlipColour::Blue), (11, SlipColour::Orange), (15, SlipColour::Red)]
        {
            story = story.at(june(day, 10, 0));
            assert_eq!(story.next_slip(), Some((colour, "d7".to_owned())));
            story.take(&bihuan_domain::matter::Actor::system(), &slip(colour, "d7"));
        }
        story
    }

    pub(crate) fn next_slip(&self) -> Option<(SlipColour, String)> {
        let regime = &self.playbook.regimes[&self.matter().regime];
        slip_due(self.matter(), regime, &self.calendar, self.now)
            .map(|(colour, node)| (colour, node.to_string()))
    }

    /// A finding, its notice sent and signed for.
    pub(crate) fn finding_of(urgency: Urgency, brief: Brief) -> Self {
        Self::new()
            .then(drafter(), Command::File(draft_of("rectification", urgency, brief)))
            .then(drafter(), dispatch(LIGHTING))
            .then(handler(LIGHTING), Command::Sign)
    }

    pub(crate) fn finding(urgency: Urgency) -> Self {
        Self::finding_of(urgency, brief())
    }

    /// Mended at once, accepted on site and signed off.
    pub(crate) fn finding_closed() -> Self {
        Self::finding(Urgency::AtOnce)
            .at(june(3, 10, 0))
            .then(handler(LIGHTING), hand_in())
            .at(june(4, 10, 0))
            .then(drafter(), found(true))
            .then(drafter(), close())
    }

    pub(crate) fn paper(regime: &str) -> Self {
        Self::new().then(drafter(), Command::File(draft_of(regime, Urgency::Ordinary, brief())))
    }
}
