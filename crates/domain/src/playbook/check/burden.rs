//! Budgets and duties against the regimes they are about.

use super::super::diagnostic::Spot;
use super::super::parse::Draft;
use super::super::problem::Problem;
use crate::matter::{Burden, Step};

pub(super) fn check(draft: &mut Draft<'_>) {
    let spot = draft.sections.get("burden").copied().unwrap_or(Spot::START);
    let official = draft.head.as_ref().is_some_and(|head| head.official);
    if official && draft.burdens.example {
        draft.out.add(spot, Problem::ExampleInOfficial { code: "burden".to_owned() });
    }
    // The list says what may be demanded of villages, so something must be.
    if !draft.burdens.duties.is_empty() && !draft.burdens.budgets.contains_key(&Burden::Demands) {
        let example = "{ regimes = [\"supervised-task\"], yearly = 12, basis = … }".to_owned();
        draft.out.add(spot, Problem::MissingKey { key: "demands".to_owned(), example });
    }
    check_steps(spot, draft);
}

/// A budget is looked at when the matter is sent.
fn check_steps(spot: Spot, draft: &mut Draft<'_>) {
    for (what, budget) in &draft.burdens.budgets {
        let needs = match what {
            Burden::Documents | Burden::Inspections => Step::ApproveFiling,
            Burden::Demands => Step::Dispatch,
            Burden::Meetings => continue,
        };
        let of = |code| draft.regimes.iter().find(|known| known.regime.code == code);
        let regimes = budget.regimes.iter().filter_map(|code| of(code.clone()));
        for regime in regimes.filter(|regime| !regime.steps.contains_key(&needs)) {
            let setting = format!("burden.{} of {}", what.code(), regime.regime.code);
            let needs = needs.code().to_owned();
            draft.out.add(spot, Problem::SettingNeedsStep { setting, needs });
        }
    }
}
