//! `/papers/new` and `/bulletins/new`: a paper is written, with what it makes
//! beside the form, and drafted.

use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use bihuan_app::commands::{PaperDraft, Preview, Session};
use bihuan_app::queries::figures::{Asked, Figures};
use bihuan_app::queries::papers::OpenFinding;
use bihuan_app::queries::tasks::NOTICES;
use bihuan_app::{Error, Sender};
use bihuan_domain::access::Role;
use bihuan_domain::playbook::model::{PaperKind, PaperTemplate};
use bihuan_domain::refusal::Refusal;

use super::super::burden;
use super::super::told::{field_named, title};
use super::counted::{self, COUNTED};
use super::typed::{Typed, inputs};
use crate::csrf::{CsrfForm, FIELD};
use crate::i18n::Key;
use crate::pages::desk::paper_form::{FindingChoice, PaperForm, PreviewPart, PreviewView};
use crate::problem::Problem;
use crate::routes::page::Shown;
use crate::routes::site::{SignedIn, Site, command_id, problem, refusal_words};
use crate::shell::Shell;
use crate::view::paper::{Around, PaperSheet};
use crate::view::state::Refused;

pub(super) async fn blank(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let mut writing = Writing::begin(&site, &session, Typed(asked)).await?;
    if !writing.picked().is_empty() {
        writing.take_findings();
    }
    writing.page(&site, shell, None).await
}

/// The form as it stands: the preview alone for a script, else the whole page.
pub(super) async fn preview(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    headers: HeaderMap,
    form: CsrfForm<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let mut writing = Writing::begin(&site, &session, Typed(form.into_inner())).await?;
    if headers.contains_key("hx-request") {
        let preview = writing.preview(&site, &shell).await?;
        return Ok(Shown(PreviewPart { shell, preview }).into_response());
    }
    if writing.typed.one("fill") == "on" {
        writing.take_findings();
    }
    writing.page(&site, shell, None).await
}

pub(super) async fn draft(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    form: CsrfForm<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let writing = Writing::begin(&site, &session, Typed(form.into_inner())).await?;
    let typed = &writing.typed;
    let said = typed.0.iter().filter(|(name, _)| name != FIELD);
    let said = said.flat_map(|(name, value)| [name.as_str(), value.as_str()]);
    let sender = Sender::new(command_id(&site.app, typed.one("command")), said);
    let draft = PaperDraft {
        template: writing.template.code.clone(),
        values: typed.values(&writing.template),
        findings: typed.all("finding"),
        counted: writing.figures.as_ref().map(|figures| figures.asked.clone()),
        over: typed.one("over").to_owned(),
    };
    match site.app.draft_paper(sender, &session.caller, draft).await {
        Ok(number) => Ok(Redirect::to(&format!("/m/{number}?done=file")).into_response()),
        Err(Error::Refused(refusal)) => writing.page(&site, shell, Some(&refusal)).await,
        Err(fault) => Err(problem(fault)),
    }
}

/// A paper as far as it is written.
struct Writing<'a> {
    session: &'a Session,
    typed: Typed,
    template: PaperTemplate,
    offered: Vec<OpenFinding>,
    figures: Option<Figures>,
}

impl<'a> Writing<'a> {
    async fn begin(site: &Site, session: &'a Session, typed: Typed) -> Result<Self, Problem> {
        if session.caller.role() != Role::Supervisor {
            return Err(Problem::Forbidden);
        }
        let templates = site.app.paper_templates().map_err(problem)?;
        let asked = typed.one("template");
        let template = templates.into_iter().find(|one| one.code.as_str() == asked);
        let template = template.ok_or(Problem::NotFound)?;
        let offered = match template.field("findings") {
            Some(_) => site.app.open_findings(&session.caller).await.map_err(problem)?,
            None => Vec::new(),
        };
        let figures = match template.kind {
            PaperKind::Bulletin => Some(count(site, session, &typed).await?),
            _ => None,
        };
        Ok(Self { session, typed, template, offered, figures })
    }

    fn picked(&self) -> Vec<&OpenFinding> {
        let picked = self.typed.all("finding");
        self.offered.iter().filter(|one| picked.contains(&one.number)).collect()
    }

    fn take_findings(&mut self) {
        let numbers = self.typed.all("finding");
        let picked: Vec<&OpenFinding> =
            self.offered.iter().filter(|one| numbers.contains(&one.number)).collect();
        self.typed.take_findings(&self.template, &picked);
    }

    fn made(&self, site: &Site) -> Result<Preview, Problem> {
        let values = self.typed.values(&self.template);
        let made = site.app.preview_paper(&self.template.code, &values, self.figures.as_ref());
        made.map_err(problem)
    }

    async fn preview(&self, site: &Site, shell: &Shell) -> Result<PreviewView, Problem> {
        let made = self.made(site)?;
        self.shown(site, shell, &made).await
    }

    async fn shown(
        &self,
        site: &Site,
        shell: &Shell,
        made: &Preview,
    ) -> Result<PreviewView, Problem> {
        let lang = shell.lang();
        let around = Around {
            year: site.app.now().date().year(),
            issuer: made.issuer.clone(),
            ..Around::default()
        };
        let (burden, against) = self.burden(site, shell, made).await?;
        let problems = made.problems.iter().map(|one| lang.pick(&one.words()).to_owned());
        Ok(PreviewView {
            sheet: PaperSheet::of(&made.filled, around),
            characters: lang
                .say("paper-count")
                .with("n", made.characters)
                .with("most", made.most)
                .to_string(),
            is_too_long: made.characters > made.most,
            problems: problems.collect(),
            burden,
            against,
        })
    }

    /// What one more paper does to whom it goes to, before it is sent.
    async fn burden(
        &self,
        site: &Site,
        shell: &Shell,
        made: &Preview,
    ) -> Result<(Vec<String>, Vec<String>), Problem> {
        let Some(unit) = made.unit.as_ref().filter(|_| self.figures.is_none()) else {
            return Ok((Vec::new(), Vec::new()));
        };
        let lang = shell.lang();
        let today = site.app.now().date();
        let units = [unit.clone()];
        let weight = site.app.weigh(&self.session.caller, NOTICES, &units, (today, today)).await;
        let weight = weight.map_err(problem)?;
        let burden = burden::effects(&site.app, lang, &weight);
        let against = weight.against.iter();
        let against = against.map(|refusal| refusal_words(&site.app, lang, refusal)).collect();
        Ok((burden, against))
    }

    async fn page(
        self,
        site: &Site,
        shell: Shell,
        refusal: Option<&Refusal>,
    ) -> Result<Response, Problem> {
        let lang = shell.lang();
        let made = self.made(site)?;
        let preview = self.shown(site, &shell, &made).await?;
        let rules = site.app.rules();
        let standing: Vec<_> = rules.units.values().filter(|unit| !unit.is_gone).collect();
        let is_bulletin = self.figures.is_some();
        // What is missing is news only once somebody tried to send it.
        let problems = refusal.map(|_| made.problems.as_slice()).unwrap_or_default();
        let counted = if is_bulletin { COUNTED } else { &[] };
        let fields = inputs(lang, &self.template, &self.typed, problems, counted, &standing);
        let page = PaperForm {
            heading: lang.trn("papers-new", "name", lang.pick(&self.template.name)),
            action: if is_bulletin { "/bulletins/new" } else { "/papers/new" }.to_owned(),
            command: site.new_command(),
            template: self.template.code.to_string(),
            findings: self.findings(site, &shell),
            counted: self
                .figures
                .as_ref()
                .map(|figures| counted::view(site, &shell, &self.template, figures)),
            over: self.typed.one("over").to_owned(),
            is_example: self.template.example,
            refused: refusal.map(|refusal| Refused {
                title: lang.tr(Key("paper-not-drafted").0).into_owned(),
                next: refusal_words(
                    &site.app,
                    lang,
                    &field_named(refusal, |code| {
                        let field = self.template.field(code);
                        field.map(|field| lang.pick(&field.label).to_owned())
                    }),
                ),
                link: None,
            }),
            fields,
            preview,
            shell,
        };
        let status = match refusal {
            Some(refusal) => Problem::Refused(refusal.clone()).status(),
            None => StatusCode::OK,
        };
        Ok((status, Shown(page)).into_response())
    }

    /// Those of the unit it goes to, once one is chosen.
    fn findings(&self, site: &Site, shell: &Shell) -> Vec<FindingChoice> {
        let values = self.typed.values(&self.template);
        let made = site.app.preview_paper(&self.template.code, &values, None).ok();
        let unit = made.and_then(|made| made.unit);
        let picked = self.picked();
        let rules = site.app.rules();
        let of_unit = self.offered.iter().filter(|one| unit.is_none() || one.unit == unit);
        of_unit
            .map(|one| FindingChoice {
                number: one.number.clone(),
                title: title(&one.words).unwrap_or_else(|| one.number.clone()),
                unit: one.unit.as_ref().map_or_else(String::new, |unit| {
                    shell.lang().pick(&rules.unit_name(unit.as_str())).to_owned()
                }),
                due: one.due_on.map(|due| due.to_string()).unwrap_or_default(),
                is_picked: picked.iter().any(|picked| picked.number == one.number),
            })
            .collect()
    }
}

/// While one types, the figures counted when the page was asked for are shown;
/// what is drafted is counted anew.
async fn count(site: &Site, session: &Session, typed: &Typed) -> Result<Figures, Problem> {
    let asked: Asked = counted::asked(site, typed);
    if let Ok(shown) = serde_json::from_str::<Figures>(typed.one(counted::SHOWN))
        && shown.asked == asked
    {
        return Ok(shown);
    }
    site.app.figures(&session.caller, asked).await.map_err(problem)
}
