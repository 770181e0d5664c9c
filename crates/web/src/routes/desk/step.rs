//! `GET` and `POST /m/{number}/{step}`: one step of one matter.

use bihuan_app::App;
use bihuan_app::queries::MatterView;
use bihuan_domain::matter::Step;
use bihuan_domain::refusal::{Reason, Refusal};

use super::matter::FIRST;
use super::offered::{answer_is_due, offered};
use super::told::Told;
use crate::pages::desk::step::{StepPage, Ticket, form};
use crate::shell::Shell;
use crate::view::form::{Entered, Form};
use crate::view::state::Refused;

/// The page of a step, with what was typed before if it was refused.
pub(crate) fn page(
    app: &App,
    shell: Shell,
    view: &MatterView,
    step: Step,
    command: &str,
    from: Option<String>,
    again: Option<(&Entered, &Refusal)>,
) -> StepPage {
    let lang = shell.lang();
    let told = Told { app, view, lang };
    let number = view.matter.number.to_string();
    let ticket = Ticket {
        number: number.clone(),
        command: command.to_owned(),
        seen: view.matter.entries,
        from,
    };
    let choices = offered(&told, step);
    let quoted = match step {
        Step::ApproveAnswer => choices.draft.clone(),
        _ => Some(view.words().to_owned()).filter(|words| !words.is_empty()),
    };
    let mut form = form(lang, step, &ticket, &choices);
    if let Some(draft) = view.matter.draft.as_ref().filter(|_| step == Step::ApproveAnswer) {
        form = form.with("draft", draft.answer.to_string());
    }
    let mut refused = None;
    if let Some((entered, refusal)) = again {
        form = form.entered(entered);
        refused = Some(refusal_block(&told, refusal, &form));
    }
    StepPage {
        step,
        title: told.title(),
        lamp: told.lamp(),
        facts: facts(&told),
        quoted,
        form,
        refused,
        slips: match step {
            Step::SignSlip => super::matter::slips(&told),
            _ => Vec::new(),
        },
        instead: instead(&told, step),
        number,
        shell,
    }
}

fn facts(told: &Told<'_>) -> Vec<(String, String)> {
    let lang = told.lang;
    let mut facts = vec![(lang.tr("matter-next").into_owned(), told.stage())];
    facts.extend(told.item_path().map(|path| (lang.tr("field-item").into_owned(), path)));
    facts.extend(told.grid_path().map(|path| (lang.tr("matter-place").into_owned(), path)));
    if let Some(lead) = &told.view.matter.lead {
        facts.push((lang.tr("matter-handling").into_owned(), told.unit(lead.unit.as_str())));
    }
    facts
}

/// The refusal in words; an illegal step names the legal ones, and a matter
/// someone has acted on says to look again.
fn refusal_block(told: &Told<'_>, refusal: &Refusal, form: &Form) -> Refused {
    let href = format!("/m/{}", told.view.matter.number);
    let link = match refusal.reason {
        Reason::ChangedMeanwhile | Reason::NotNow => {
            Some((href, told.lang.tr("step-look-again").into_owned()))
        }
        Reason::AnswerNeeded => Some(answer_link(told)),
        _ => None,
    };
    Refused {
        title: told.lang.tr("step-refused").into_owned(),
        next: told.refusal(refusal, |field| form.label(field)),
        link,
    }
}

/// Where the missing answer is given: the draft approved, or words written,
/// with the closing in one form where nobody has to approve them.
pub(crate) fn answer_link(told: &Told<'_>) -> (String, String) {
    let step = match &told.view.matter.draft {
        Some(_) => Step::ApproveAnswer,
        None if answer_is_due(told, Step::Close) => Step::Close,
        None => Step::Answer,
    };
    let words = match step {
        Step::Close => told.lang.tr("step-answer-and-close"),
        _ => told.lang.code_of("step", step.code()),
    };
    let href = format!("/m/{}/{}", told.view.matter.number, step.code());
    (href, words.into_owned())
}

fn instead(told: &Told<'_>, step: Step) -> Vec<(String, String)> {
    let number = &told.view.matter.number;
    let others = told.view.choices.iter().filter(|choice| {
        choice.step != step && choice.verdict.is_ok() && FIRST.contains(&choice.step)
    });
    others
        .map(|choice| {
            let label = told.lang.code_of("step", choice.step.code()).into_owned();
            (label, format!("/m/{number}/{}", choice.step.code()))
        })
        .collect()
}
