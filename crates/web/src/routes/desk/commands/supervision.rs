//! Commands of tasks, findings, inspections and papers.

use std::collections::BTreeSet;

use bihuan_app::{Composer, Result};
use bihuan_domain::ids::{NodeCode, UnitCode};
use bihuan_domain::matter::{
    Alike, Audience, Brief, Command, ContentTag, Grade, Link, SlipColour, Step,
};
use bihuan_domain::playbook::model::DUTY;
use bihuan_domain::refusal::Reason;
use jiff::civil::Date;

use super::{Asked, Sent, missing, urgency};

/// `None` for the steps every matter has.
pub(super) fn command(
    step: Step,
    sent: &Sent,
    asked: &Asked<'_>,
    composer: &mut Composer,
) -> Result<Option<Command>> {
    let reason = |composer: &mut Composer| composer.optional(ContentTag::Note, sent.one("reason"));
    let needed = |composer: &mut Composer| composer.words(ContentTag::Note, sent.one("reason"));
    let note = |composer: &mut Composer| composer.words(ContentTag::Note, sent.one("note"));
    Ok(Some(match step {
        Step::ApproveFiling => Command::ApproveFiling {
            approve: sent.yes("approve")?,
            document: None,
            reason: reason(composer)?,
        },
        Step::Redraft => Command::Redraft {
            words: composer.words(ContentTag::Words, sent.one("words"))?,
            urgency: urgency(sent),
            brief: Box::new(brief(sent, asked, composer)?),
        },
        Step::Link => Command::Link {
            link: Link::from_code(sent.one("link")).ok_or_else(|| missing("link"))?,
            to: asked.into.ok_or(Reason::NoSuchMatter)?,
        },
        Step::Plan => Command::Plan { plan: note(composer)?, stages: stages(sent)? },
        Step::Confer => Command::Confer {
            units: sent.all("units").map(UnitCode::new).collect(),
            decisions: note(composer)?,
        },
        Step::PassOver => Command::PassOver {
            units: sent.all("units").map(UnitCode::new).collect(),
            reason: needed(composer)?,
        },
        Step::Publicise => {
            Command::Publicise { words: composer.words(ContentTag::Answer, sent.one("words"))? }
        }
        Step::Issue => Command::Issue {
            words: composer.optional(ContentTag::Note, sent.one("words"))?,
            audiences: audiences(sent),
        },
        Step::Slip => Command::Slip {
            colour: SlipColour::from_code(sent.one("colour")).ok_or_else(|| missing("colour"))?,
            node: NodeCode::new(sent.some("node").ok_or_else(|| missing("node"))?),
            document: None,
            fields: None,
        },
        Step::SignSlip => Command::SignSlip,
        Step::ProposeCriticism => Command::ProposeCriticism { reason: needed(composer)? },
        Step::Criticise => {
            Command::Criticise { approve: sent.yes("approve")?, reason: reason(composer)? }
        }
        Step::Object => Command::Object { reason: needed(composer)? },
        Step::Review => Command::Review {
            upheld: sent.yes("upheld")?,
            reason: needed(composer)?,
            grade: grade(sent),
        },
        _ => return Ok(None),
    }))
}

pub(super) fn grade(sent: &Sent) -> Option<Grade> {
    Grade::from_code(sent.one("grade"))
}

/// 举一反三, where the form asks for it.
pub(super) fn alike(sent: &Sent) -> Result<Option<Alike>> {
    let Some(looked_at) = sent.some("alike_looked") else { return Ok(None) };
    let number = |name: &'static str, text: &str| -> Result<u32> {
        Ok(text.parse().map_err(|_| missing(name))?)
    };
    Ok(Some(Alike {
        looked_at: number("alike_looked", looked_at)?,
        found: number("alike_found", sent.some("alike_found").unwrap_or("0"))?,
        mended: number("alike_mended", sent.some("alike_mended").unwrap_or("0"))?,
    }))
}

fn audiences(sent: &Sent) -> BTreeSet<Audience> {
    sent.all("audiences").filter_map(Audience::from_code).collect()
}

/// A notice that is approved goes out: there is nothing left to decide about it.
pub(super) fn sending(taken: &Command, asked: &Asked<'_>) -> Option<Command> {
    let Command::ApproveFiling { approve: true, .. } = taken else { return None };
    let brief = asked.matter.brief.as_deref()?;
    let regime = asked.playbook.regimes.get(&asked.matter.regime)?;
    let is_notice = regime.close_on_sign && brief.template.is_some();
    let lead = brief.lead.clone().filter(|_| is_notice)?;
    Some(Command::Dispatch { lead, co: Vec::new(), note: None })
}

/// One date a line.
fn stages(sent: &Sent) -> Result<Vec<Date>> {
    let lines = sent.one("stages").split(['\n', '、', ',', '，', ';', '；']);
    let written = lines.map(str::trim).filter(|line| !line.is_empty());
    let dates = written.map(|line| line.parse().map_err(|_| missing("stages").into()));
    dates.collect()
}

fn day(sent: &Sent, name: &'static str) -> Result<Option<Date>> {
    let Some(written) = sent.some(name) else { return Ok(None) };
    Ok(Some(written.parse().map_err(|_| missing(name))?))
}

/// What a draft says, with what the form does not ask for kept as it was.
fn brief(sent: &Sent, asked: &Asked<'_>, composer: &mut Composer) -> Result<Brief> {
    let old = asked.matter.brief.as_deref().cloned().unwrap_or_default();
    let mut note = |name: &str| composer.optional(ContentTag::Note, sent.one(name));
    let mut codes = old.codes.clone();
    match sent.some("duty") {
        Some(duty) => drop(codes.insert(DUTY.to_owned(), duty.to_owned())),
        None => drop(codes.remove(DUTY)),
    }
    Ok(Brief {
        codes,
        goal: note("goal")?,
        basis: note("basis")?,
        official: note("official")?,
        person: note("person")?,
        lead: sent.some("lead").map(UnitCode::new),
        co: sent.all("co").map(UnitCode::new).collect(),
        from_on: day(sent, "from_on")?,
        due_on: day(sent, "due_on")?,
        ..old
    })
}
