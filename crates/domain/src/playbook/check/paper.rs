//! Each template is filled with its own samples.

use super::super::paper::FillProblem;
use super::super::parse::Draft;
use super::super::problem::Problem;

pub(super) fn check(draft: &mut Draft<'_>) {
    let official = draft.head.as_ref().is_some_and(|head| head.official);
    for paper in &draft.papers {
        let template = &paper.value;
        if official && template.example {
            let code = template.code.to_string();
            draft.out.add(paper.spot, Problem::ExampleInOfficial { code });
        }
        let filled = template.fill(&template.samples(), |code| {
            let unit = draft.units.iter().find(|unit| unit.value.code == *code);
            unit.map(|unit| unit.value.name.zh.clone())
        });
        // Whatever else keeps it from being filled was told of its own line.
        for problem in filled.err().into_iter().flatten() {
            if let FillProblem::TooLong { count, most } = problem {
                let (count, most) = (count.to_string(), most.to_string());
                draft.out.add(paper.spot, Problem::PaperTooLong { count, most });
            }
        }
    }
}
