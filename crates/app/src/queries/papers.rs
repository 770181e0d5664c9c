//! Official papers: what one says, where it stands, and how anybody who holds
//! one finds out whether it was issued.

use bihuan_domain::access::Role;
use bihuan_domain::ids::{MatterId, PaperCode, UnitCode};
use bihuan_domain::instant::Instant;
use bihuan_domain::matter::{Audience, DocumentNumber, Event, Link, Matter, Stage};
use bihuan_domain::place::ReportCode;
use bihuan_domain::playbook::Filled;
use bihuan_domain::playbook::model::{FieldValue, PaperTemplate, Text};
use bihuan_store::journal::Recorded;
use bihuan_store::read::{Filter, MatterRow, Order, Reach};
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use super::figures::{Asked, Difference, Figures};
use super::line::{Line, cursor_of, cursor_text};
use super::matter::MatterView;
use super::tasks::{BULLETINS, FINDINGS, NOTICES};
use crate::commands::attempts::Counter;
use crate::commands::{PaperFields, fill};
use crate::context::{App, Caller};
use crate::error::{Error, Result};

const PAGE: u32 = 50;
const MOST: i64 = 10_000;
/// Open findings offered for one notice at most.
const OFFERED: u32 = 200;
/// Bulletins listed for everybody at most.
const PUBLISHED: u32 = 200;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaperState {
    Draft,
    Issued,
    /// Withdrawn once it had a number, which it keeps.
    Void,
}

/// A paper whole: what it says, and what stands on it beside that.
#[derive(Clone, Debug)]
pub struct PaperFacts {
    pub matter: MatterId,
    /// The matter's number, not the document's.
    pub number: String,
    pub filled: Filled,
    pub figures: Option<Figures>,
    pub document: Option<DocumentNumber>,
    /// 发文机关署名
    pub issuer: String,
    pub drafted_at: Instant,
    /// When it was signed off: its date.
    pub approved_at: Option<Instant>,
    pub state: PaperState,
    pub unit: Option<UnitCode>,
    pub issued_to: Vec<Audience>,
    /// SHA-256 over what it says, its number and its date.
    pub hash: String,
    /// The last part of the address that proves it.
    pub check: String,
    /// Its files are here, with their ending behind it.
    pub file: String,
}

/// What anybody may know of a paper whose code they have.
#[derive(Clone, Debug)]
pub struct CheckedPaper {
    pub document: DocumentNumber,
    pub title: String,
    pub issuer: String,
    pub unit: Option<Text>,
    pub approved_at: Instant,
    pub hash: String,
    pub is_void: bool,
    /// Entries under the checkpoint that seals it; none until it is sealed.
    pub sealed: Option<u64>,
    /// Where it may be read, if it was issued to the public.
    pub readable: Option<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PaperTab {
    #[default]
    Drafts,
    Issued,
    Void,
}

impl PaperTab {
    pub const ALL: [Self; 3] = [Self::Drafts, Self::Issued, Self::Void];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Drafts => "drafts",
            Self::Issued => "issued",
            Self::Void => "void",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tab| tab.code() == code)
    }

    fn stages(self) -> Vec<String> {
        let stages: &[Stage] = match self {
            Self::Drafts => &[Stage::Drafted],
            Self::Issued => &[
                Stage::Accepted,
                Stage::Dispatched,
                Stage::Returned,
                Stage::Handling,
                Stage::Closed,
            ],
            Self::Void => &[Stage::Withdrawn],
        };
        stages.iter().map(|stage| stage.code().to_owned()).collect()
    }
}

#[derive(Clone, Debug)]
pub struct PaperLine {
    pub line: Line,
    pub document: Option<String>,
}

pub struct PaperList {
    pub lines: Vec<PaperLine>,
    pub counts: Vec<(PaperTab, i64)>,
    pub next: Option<String>,
}

/// An open finding that a notice may cover.
#[derive(Clone, Debug)]
pub struct OpenFinding {
    pub number: String,
    pub words: String,
    pub unit: Option<UnitCode>,
    pub goal: Option<String>,
    pub basis: Option<String>,
    pub due_on: Option<jiff::civil::Date>,
    pub evidence: usize,
}

impl App {
    /// A paper as whoever may see its matter reads it.
    pub async fn paper(&self, caller: &Caller, number: &str) -> Result<PaperFacts> {
        let view = self.matter(caller, number).await?;
        self.paper_of(&view)
    }

    pub fn paper_of(&self, view: &MatterView) -> Result<PaperFacts> {
        let fields = view.matter.brief.as_ref().and_then(|brief| brief.fields);
        let text = view.text(fields).ok_or(Error::NotFound)?;
        self.paper_from(&view.matter, &view.recorded, text)
    }

    /// The papers of notices or bulletins, for whoever writes or approves them.
    pub async fn papers(
        &self,
        caller: &Caller,
        is_bulletins: bool,
        tab: PaperTab,
        after: Option<&str>,
    ) -> Result<PaperList> {
        if !matches!(caller.role(), Role::Supervisor | Role::Leader | Role::System) {
            return Err(Error::Forbidden);
        }
        let regime = if is_bulletins { BULLETINS } else { NOTICES };
        let of = |tab: PaperTab| Filter {
            regime: Some(regime.to_owned()),
            stages: tab.stages(),
            ..self.not_own(caller)
        };
        let reach = self.reach(caller);
        let store = self.store();
        let after = after.and_then(cursor_of);
        let page = store
            .matters(self.county(), &reach, &of(tab), Order::Filed, after.as_ref(), PAGE)
            .await?;
        let mut counts = Vec::with_capacity(PaperTab::ALL.len());
        for tab in PaperTab::ALL {
            counts.push((tab, store.count(self.county(), &reach, &of(tab), MOST).await?));
        }
        let next = page.next.as_ref().map(cursor_text);
        let lines = page.rows.into_iter().map(|row| self.paper_line(row));
        Ok(PaperList { lines: lines.collect::<Result<_>>()?, counts, next })
    }

    fn paper_line(&self, row: MatterRow) -> Result<PaperLine> {
        let rules = self.rules();
        let version = rules.in_force(self.now())?;
        let document = row.document.clone();
        Ok(PaperLine { document, line: Line::of(row, &rules, version)? })
    }

    /// The templates in force that somebody writes.
    pub fn paper_templates(&self) -> Result<Vec<PaperTemplate>> {
        let rules = self.rules();
        let papers = &rules.in_force(self.now())?.playbook.papers;
        Ok(papers.iter().filter(|paper| !paper.writes_itself()).cloned().collect())
    }

    /// Findings that are open and that no notice covers yet.
    pub async fn open_findings(&self, caller: &Caller) -> Result<Vec<OpenFinding>> {
        let filter =
            Filter { regime: Some(FINDINGS.to_owned()), open: Some(true), ..self.not_own(caller) };
        let reach = self.reach(caller);
        let store = self.store();
        let page =
            store.matters(self.county(), &reach, &filter, Order::Filed, None, OFFERED).await?;
        let mut findings = Vec::new();
        for row in page.rows {
            let Ok(view) = self.matter(caller, &row.number).await else { continue };
            if view.matter.linked(Link::CoveredBy).next().is_none() {
                findings.push(open_finding(&view));
            }
        }
        Ok(findings)
    }

    /// What was issued under this code. A wrong one is counted against the
    /// address it comes from.
    pub async fn check_paper(&self, token: &str, from: &str) -> Result<CheckedPaper> {
        match self.paper_by_token(token).await? {
            Some(found) => Ok(found),
            None => {
                self.attempt(&[Counter::wrong_code(from)]).await?;
                Err(Error::NotFound)
            }
        }
    }

    async fn paper_by_token(&self, token: &str) -> Result<Option<CheckedPaper>> {
        let Some((number, code)) = token.rsplit_once('-') else { return Ok(None) };
        let Ok(code) = ReportCode::parse(code) else { return Ok(None) };
        let (number, nth) = slip_of(number);
        let Some(id) = self.store().matter_by_number(self.county(), number).await? else {
            return Ok(None);
        };
        if self.keys().paper_code(&paper_name(id, nth)) != code {
            return Ok(None);
        }
        let found = match nth {
            None => self.any_paper(id).await,
            Some(nth) => self.any_slip(id, nth).await,
        };
        let Ok(facts) = found else { return Ok(None) };
        let (Some(document), Some(approved_at)) = (facts.document.clone(), facts.approved_at)
        else {
            return Ok(None);
        };
        let rules = self.rules();
        Ok(Some(CheckedPaper {
            readable: is_public(&facts).then(|| format!("/bulletins/{}", facts.number)),
            unit: facts.unit.as_ref().map(|unit| rules.unit_name(unit.as_str())),
            sealed: self.sealed_under(id).await?,
            title: facts.filled.title.clone(),
            issuer: facts.issuer.clone(),
            hash: facts.hash.clone(),
            is_void: facts.state == PaperState::Void,
            document,
            approved_at,
        }))
    }

    /// Bulletins issued to the public and not void, latest first.
    pub async fn public_bulletins(&self) -> Result<Vec<PaperFacts>> {
        let filter = Filter {
            regime: Some(BULLETINS.to_owned()),
            stages: vec![Stage::Closed.code().to_owned()],
            open: Some(false),
            ..Filter::default()
        };
        let store = self.store();
        let page = store
            .matters(self.county(), &Reach::County, &filter, Order::Closed, None, PUBLISHED)
            .await?;
        let mut public = Vec::new();
        for row in page.rows {
            let Ok(id) = row.matter.parse() else { continue };
            match self.any_paper(id).await {
                Ok(facts) if is_public(&facts) => public.push(facts),
                Ok(_) | Err(Error::NotFound) => {}
                Err(fault) => return Err(fault),
            }
        }
        Ok(public)
    }

    pub async fn public_bulletin(&self, number: &str) -> Result<PaperFacts> {
        let id = self.store().matter_by_number(self.county(), number).await?;
        let facts = self.any_paper(id.ok_or(Error::NotFound)?).await?;
        if is_public(&facts) { Ok(facts) } else { Err(Error::NotFound) }
    }

    /// Counts a bulletin's figures again at its own cut-off.
    pub async fn recount(
        &self,
        caller: &Caller,
        number: &str,
    ) -> Result<(Figures, Vec<Difference>)> {
        let facts = self.paper(caller, number).await?;
        let frozen = facts.figures.ok_or(Error::NotFound)?;
        let asked: Asked = frozen.asked.clone();
        let again = self.figures(caller, asked).await?;
        let differences = frozen.differences(&again);
        Ok((frozen, differences))
    }

    /// A slip of a matter by its place among them, the first being 1.
    pub async fn slip_paper(
        &self,
        caller: &Caller,
        number: &str,
        nth: Option<usize>,
    ) -> Result<PaperFacts> {
        let view = self.matter(caller, number).await?;
        let nth = nth.unwrap_or(view.matter.slips.len());
        let slip = nth.checked_sub(1).and_then(|at| view.matter.slips.get(at));
        let text = view.text(slip.and_then(|slip| slip.fields)).ok_or(Error::NotFound)?;
        self.slip_from(&view.matter, nth, text)
    }

    async fn any_slip(&self, id: MatterId, nth: usize) -> Result<PaperFacts> {
        let found = self.store().matter(self.county(), id).await?;
        let (loaded, _) = found.ok_or(Error::NotFound)?;
        let slip = nth.checked_sub(1).and_then(|at| loaded.matter.slips.get(at));
        let fields = slip.and_then(|slip| slip.fields).ok_or(Error::NotFound)?;
        let contents = self.store().contents(self.county(), &id.to_string()).await?;
        let text = contents.get(&fields).ok_or(Error::NotFound)?;
        self.slip_from(&loaded.matter, nth, &text.body)
    }

    fn slip_from(&self, matter: &Matter, nth: usize, fields: &str) -> Result<PaperFacts> {
        let broken = |what: &str| Error::Internal(format!("{what} of slip {}", matter.number));
        let slip = nth.checked_sub(1).and_then(|at| matter.slips.get(at)).ok_or(Error::NotFound)?;
        let rules = self.rules();
        let version = rules.version(&matter.playbook)?;
        let template = version.playbook.slip_paper().ok_or_else(|| broken("the template"))?;
        let fields: PaperFields = serde_json::from_str(fields).map_err(|_| broken("the fields"))?;
        let filled =
            fill(template, &version.playbook, &fields.values).map_err(|_| broken("a field"))?;
        let code = self.keys().paper_code(&paper_name(matter.id, Some(nth)));
        let unit = fields.values.values().find_map(|value| match value {
            FieldValue::Unit(unit) => Some(unit.clone()),
            _ => None,
        });
        Ok(PaperFacts {
            matter: matter.id,
            number: matter.number.to_string(),
            hash: hash(&filled, slip.document.as_ref(), Some(slip.issued_at)),
            issuer: issuer(&filled.mark).to_owned(),
            figures: None,
            document: slip.document.clone(),
            drafted_at: slip.issued_at,
            approved_at: Some(slip.issued_at),
            unit,
            issued_to: Vec::new(),
            check: format!("{}-s{nth}-{}", matter.number, code.compact()),
            file: format!("/m/{}/slips/{nth}", matter.number),
            state: PaperState::Issued,
            filled,
        })
    }

    /// Without asking who asks: for what is public of a paper.
    async fn any_paper(&self, id: MatterId) -> Result<PaperFacts> {
        let found = self.store().matter(self.county(), id).await?;
        let (loaded, recorded) = found.ok_or(Error::NotFound)?;
        let fields = loaded.matter.brief.as_ref().and_then(|brief| brief.fields);
        let fields = fields.ok_or(Error::NotFound)?;
        let contents = self.store().contents(self.county(), &id.to_string()).await?;
        let text = contents.get(&fields).ok_or(Error::NotFound)?;
        self.paper_from(&loaded.matter, &recorded, &text.body)
    }

    fn paper_from(
        &self,
        matter: &Matter,
        recorded: &[Recorded],
        fields: &str,
    ) -> Result<PaperFacts> {
        let broken = |what: &str| Error::Internal(format!("{what} of paper {}", matter.number));
        let brief = matter.brief.as_ref().ok_or(Error::NotFound)?;
        let code = brief.template.as_ref().ok_or(Error::NotFound)?;
        let rules = self.rules();
        let version = rules.version(&matter.playbook)?;
        let template = version.playbook.paper(&PaperCode::new(code));
        let template = template.ok_or_else(|| broken("the template"))?;
        let fields: PaperFields = serde_json::from_str(fields).map_err(|_| broken("the fields"))?;
        let filled =
            fill(template, &version.playbook, &fields.values).map_err(|_| broken("a field"))?;
        let approved_at = approved_at(recorded);
        let state = match (&matter.document, matter.stage) {
            (None, _) => PaperState::Draft,
            (Some(_), Stage::Withdrawn) => PaperState::Void,
            (Some(_), _) => PaperState::Issued,
        };
        Ok(PaperFacts {
            matter: matter.id,
            number: matter.number.to_string(),
            hash: hash(&filled, matter.document.as_ref(), approved_at),
            issuer: issuer(&filled.mark).to_owned(),
            figures: fields.figures,
            document: matter.document.clone(),
            drafted_at: recorded.first().map_or(matter.filed_at, |first| first.at),
            unit: matter.lead.as_ref().map(|lead| lead.unit.clone()).or_else(|| brief.lead.clone()),
            issued_to: matter.issued_to.iter().copied().collect(),
            check: self.paper_token(matter),
            file: format!("/m/{}/paper", matter.number),
            approved_at,
            state,
            filled,
        })
    }

    fn paper_token(&self, matter: &Matter) -> String {
        let code = self.keys().paper_code(&matter.id.to_string());
        format!("{}-{}", matter.number, code.compact())
    }
}

/// A matter's own paper has its number's code, each of its slips one of its own.
fn paper_name(matter: MatterId, nth: Option<usize>) -> String {
    match nth {
        None => matter.to_string(),
        Some(nth) => format!("{matter}/slip/{nth}"),
    }
}

/// `XY-220914-0005-s2`: the second slip of that matter.
fn slip_of(number: &str) -> (&str, Option<usize>) {
    let parts = number.rsplit_once("-s");
    let slip = parts.and_then(|(number, nth)| Some((number, nth.parse().ok()?)));
    slip.map_or((number, None), |(number, nth)| (number, Some(nth)))
}

/// 发文机关标志 is the issuer's name, with 文件 behind it in one of the two
/// layouts (GB/T 9704-2012, 7.2.4): who signs is who heads the page.
pub(crate) fn issuer(mark: &str) -> &str {
    mark.strip_suffix("文件").unwrap_or(mark)
}

fn approved_at(recorded: &[Recorded]) -> Option<Instant> {
    let approved = recorded.iter().rev().find(|entry| {
        matches!(&entry.event, Event::FilingDecided { approved: true, document: Some(_), .. })
    });
    approved.map(|entry| entry.at)
}

fn is_public(facts: &PaperFacts) -> bool {
    facts.figures.is_some()
        && facts.state == PaperState::Issued
        && facts.issued_to.contains(&Audience::Public)
}

fn hash(filled: &Filled, document: Option<&DocumentNumber>, at: Option<Instant>) -> String {
    let said = serde_json::json!({
        "says": filled,
        "number": document.map(ToString::to_string),
        "date": at.map(|at| at.date().to_string()),
    });
    HEXLOWER.encode(&Sha256::digest(said.to_string().as_bytes()))
}

fn open_finding(view: &MatterView) -> OpenFinding {
    let matter = &view.matter;
    let brief = matter.brief.as_deref();
    let text = |of| view.text(of).map(ToOwned::to_owned);
    let given = matter.lead.as_ref().map(|lead| lead.unit.clone());
    OpenFinding {
        number: matter.number.to_string(),
        words: view.words().to_owned(),
        unit: given.or_else(|| brief.and_then(|brief| brief.lead.clone())),
        goal: brief.and_then(|brief| text(brief.goal)),
        basis: brief.and_then(|brief| text(brief.basis)),
        due_on: brief.and_then(|brief| brief.due_on),
        evidence: matter.evidence.len(),
    }
}
