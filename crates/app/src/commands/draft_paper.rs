//! A paper is drafted: its fields are filled into the template in force and
//! committed, and the matter waits for the approval of somebody else.

use std::collections::{BTreeMap, BTreeSet};

use bihuan_domain::ids::{MatterId, PaperCode, RegimeCode, UnitCode};
use bihuan_domain::matter::{Brief, Command, ContentTag, Link, Source, Urgency};
use bihuan_domain::playbook::model::{FieldValue, PaperKind, PaperTemplate, Playbook};
use bihuan_domain::playbook::{FillProblem, Filled};
use bihuan_domain::refusal::{Reason, Refusal};
use serde::{Deserialize, Serialize};

use super::file_matters::{NewMatter, Registration};
use crate::compose::{Composer, clean};
use crate::context::{App, Caller, Sender};
use crate::error::{Error, Result};
use crate::queries::figures::{Asked, Figures};
use crate::queries::tasks::{BULLETINS, NOTICES};

/// Characters of all fields together at most: lists are annexed to a paper, and
/// the limit on its length does not count them.
const FIELDS_LIMIT: usize = 200_000;

/// What a paper commits to: its fields and, of a bulletin, the figures it was
/// frozen with. No field of a template begins with `@`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperFields {
    #[serde(flatten)]
    pub values: BTreeMap<String, FieldValue>,
    #[serde(rename = "@figures", skip_serializing_if = "Option::is_none", default)]
    pub figures: Option<Figures>,
}

#[derive(Clone, Debug)]
pub struct PaperDraft {
    pub template: PaperCode,
    pub values: BTreeMap<String, FieldValue>,
    /// Numbers of the findings a notice covers.
    pub findings: Vec<String>,
    /// Of a bulletin: what is counted, until when.
    pub counted: Option<Asked>,
    /// Why a budget is passed over.
    pub over: String,
}

/// A paper that is being written.
#[derive(Clone, Debug)]
pub struct Preview {
    pub filled: Filled,
    pub problems: Vec<FillProblem>,
    pub characters: usize,
    pub most: usize,
    pub issuer: String,
    pub unit: Option<UnitCode>,
    /// With what was counted in the place of what was typed.
    pub values: BTreeMap<String, FieldValue>,
}

impl App {
    /// The paper these values make so far, and what is still wrong with it.
    pub fn preview_paper(
        &self,
        template: &PaperCode,
        values: &BTreeMap<String, FieldValue>,
        figures: Option<&Figures>,
    ) -> Result<Preview> {
        let rules = self.rules();
        let version = rules.in_force(self.now())?;
        let template = version.playbook.paper(template).ok_or(Error::NotFound)?;
        let mut values = cleaned(values.clone());
        values.extend(figures.into_iter().flat_map(|figures| figures.fields(template, &rules)));
        let problems = fill(template, &version.playbook, &values).err().unwrap_or_default();
        let filled = template.so_far(&values, |code| unit_name(&version.playbook, code));
        Ok(Preview {
            characters: filled.body.characters(),
            most: template.most_characters,
            issuer: crate::queries::papers::issuer(&filled.mark).to_owned(),
            unit: unit_of(template, &values),
            values,
            filled,
            problems,
        })
    }

    /// The new matter's number.
    pub async fn draft_paper(
        &self,
        sender: Sender,
        caller: &Caller,
        draft: PaperDraft,
    ) -> Result<String> {
        let rules = self.rules();
        let version = rules.in_force(self.now())?;
        let template = version.playbook.paper(&draft.template).ok_or(Error::NotFound)?;
        let regime = regime_of(template.kind);
        let known = version.playbook.regimes.get(&regime).ok_or(Error::NotFound)?;
        let step = bihuan_domain::matter::Step::File;
        bihuan_domain::access::may_take_in(caller.role(), step, known)?;
        let mut fields = PaperFields { values: cleaned(draft.values), figures: None };
        if template.kind == PaperKind::Bulletin {
            let asked = draft.counted.ok_or_else(|| needed("cut-off"))?;
            let figures = self.figures(caller, asked).await?;
            fields.values.extend(figures.fields(template, &rules));
            fields.figures = Some(figures);
        }
        let filled =
            fill(template, &version.playbook, &fields.values).map_err(|all| refused(&all))?;
        let lead = unit_of(template, &fields.values);
        let links = self.covered(caller, &draft.findings).await?;
        let mut composed = Composer::new(self);
        let words = composed.words(ContentTag::Words, &filled.title)?;
        let over = composed.optional(ContentTag::Note, &draft.over)?;
        let body = serde_json::to_string(&fields)
            .map_err(|fault| Error::Internal(format!("a paper's fields: {fault}")))?;
        may_be_kept(&body)?;
        let brief = Brief {
            lead,
            links,
            template: Some(template.code.to_string()),
            fields: Some(composed.commit(ContentTag::Paper, body)),
            over,
            ..Brief::default()
        };
        let new = NewMatter {
            id: self.new_matter_id(),
            regime,
            source: Source::Paper,
            urgency: Urgency::Ordinary,
            words,
            brief,
            evidence: Vec::new(),
            composed,
            then: Vec::<Command>::new(),
        };
        let registration = Registration { sender, caller: caller.clone(), matters: vec![new] };
        let registered = self.file_matters(registration).await?;
        registered.matters.into_iter().next().map(|(_, number)| number).ok_or(Error::NotFound)
    }

    /// Findings by their numbers, each seen by whoever covers it.
    async fn covered(
        &self,
        caller: &Caller,
        numbers: &[String],
    ) -> Result<BTreeSet<(Link, MatterId)>> {
        let mut links = BTreeSet::new();
        for number in numbers {
            let view = self.matter(caller, number).await.map_err(|fault| match fault {
                Error::NotFound => Reason::NoSuchMatter.into(),
                other => other,
            })?;
            links.insert((Link::Covers, view.matter.id));
        }
        Ok(links)
    }
}

/// Bulletins are issued; every other paper is sent and signed for.
pub(crate) fn regime_of(kind: PaperKind) -> RegimeCode {
    RegimeCode::new(if kind == PaperKind::Bulletin { BULLETINS } else { NOTICES })
}

/// Whom a paper goes to: the unit its template asks for.
fn unit_of(template: &PaperTemplate, values: &BTreeMap<String, FieldValue>) -> Option<UnitCode> {
    template.fields.iter().find_map(|field| match values.get(&field.code) {
        Some(FieldValue::Unit(unit)) => Some(unit.clone()),
        _ => None,
    })
}

pub(crate) fn fill(
    template: &PaperTemplate,
    playbook: &Playbook,
    values: &BTreeMap<String, FieldValue>,
) -> std::result::Result<Filled, Vec<FillProblem>> {
    template.fill(values, |code| unit_name(playbook, code))
}

fn unit_name(playbook: &Playbook, code: &UnitCode) -> Option<String> {
    let unit = playbook.units.iter().find(|unit| unit.code == *code);
    unit.map(|unit| unit.name.zh.clone())
}

/// Text and cells without what cannot be seen or stored.
fn cleaned(values: BTreeMap<String, FieldValue>) -> BTreeMap<String, FieldValue> {
    let one = |value| match value {
        FieldValue::Text(text) => FieldValue::Text(clean(&text)),
        FieldValue::Table(rows) => {
            let row = |cells: Vec<String>| cells.iter().map(|cell| clean(cell)).collect();
            FieldValue::Table(rows.into_iter().map(row).collect())
        }
        other => other,
    };
    values.into_iter().map(|(code, value)| (code, one(value))).collect()
}

fn may_be_kept(body: &str) -> Result<()> {
    let given = body.chars().count();
    if given <= FIELDS_LIMIT {
        return Ok(());
    }
    let refusal = Refusal::new(Reason::WordsTooLong);
    Err(refusal.with("limit", FIELDS_LIMIT).with("given", given).into())
}

/// 《整治形式主义为基层减负若干规定》: 5,000 characters, of special papers 4,000.
fn too_long(problems: &[FillProblem]) -> Option<Refusal> {
    problems.iter().find_map(|problem| match problem {
        FillProblem::TooLong { count, most } => {
            Some(Refusal::new(Reason::PaperTooLong).with("limit", most).with("given", count))
        }
        _ => None,
    })
}

/// The length of a paper that is about to be approved, whatever way it was
/// drafted.
pub(super) fn within_length(
    template: &PaperTemplate,
    playbook: &Playbook,
    fields: &str,
) -> Result<()> {
    let fields: PaperFields = serde_json::from_str(fields)
        .map_err(|fault| Error::Internal(format!("a paper's fields: {fault}")))?;
    let problems = fill(template, playbook, &fields.values).err().unwrap_or_default();
    too_long(&problems).map_or(Ok(()), |refusal| Err(refusal.into()))
}

/// The first of what is wrong: a form says all of it before it is sent.
fn refused(problems: &[FillProblem]) -> Error {
    if let Some(refusal) = too_long(problems) {
        return refusal.into();
    }
    needed(problems.iter().find_map(FillProblem::field).unwrap_or_default()).into()
}

fn needed(field: &str) -> Refusal {
    Refusal::new(Reason::FieldNeeded).with("field", field)
}
