//! The organisation and the grids.

use std::collections::{BTreeMap, BTreeSet};

use super::super::diagnostic::Spot;
use super::super::grids;
use super::super::parse::{Draft, Kind, Located};
use super::super::problem::Problem;
use crate::access::UnitTree;
use crate::ids::{GridCode, UnitCode};

pub(super) fn check(draft: &mut Draft<'_>) {
    check_root(draft);
    check_circles(draft);
    check_governed(draft);
    check_grid_parents(draft);
    check_examples(draft);
}

/// Adds the third-level grids a playbook asks to have generated.
pub(super) fn generate_grids(draft: &mut Draft<'_>) {
    let Some(generate) = draft.generate.take() else { return };
    let listed = draft.grids.iter().find(|grid| grid.value.level == 3);
    if let Some(listed) = listed {
        let grid = listed.value.code.to_string();
        draft.out.add(generate.spot, Problem::GenerateAndListed { grid });
        return;
    }
    let second: Vec<GridCode> = draft
        .grids
        .iter()
        .filter(|grid| grid.value.level == 2)
        .map(|grid| grid.value.code.clone())
        .collect();
    let made = match grids::third_level(&second, generate.third_level, generate.seed) {
        Ok(made) => made,
        Err(problem) => {
            draft.out.add(generate.spot, problem);
            return;
        }
    };
    for grid in made {
        draft.declare_generated(Kind::Grid, grid.code.as_str(), generate.spot);
        draft.grids.push(Located { value: grid, spot: generate.spot });
    }
    draft.grids.sort_by(|a, b| a.value.code.cmp(&b.value.code));
}

fn check_root(draft: &mut Draft<'_>) {
    let mut roots = draft.units.iter().filter(|unit| unit.value.above.is_none());
    let Some(first) = roots.next() else {
        let spot = draft.units.first().map_or(Spot::START, |unit| unit.spot);
        draft.out.add(spot, Problem::NoRootUnit);
        return;
    };
    for other in roots {
        let (unit, first) = (other.value.code.to_string(), first.value.code.to_string());
        draft.out.add(other.spot, Problem::TwoRootUnits { unit, first });
    }
}

fn check_circles(draft: &mut Draft<'_>) {
    let tree = UnitTree::new(
        draft.units.iter().map(|unit| (unit.value.code.clone(), unit.value.above.clone(), None)),
    );
    let mut reported: BTreeSet<UnitCode> = BTreeSet::new();
    for unit in &draft.units {
        let Some(circle) = circle_through(&unit.value.code, &tree) else { continue };
        if !reported.contains(&unit.value.code) {
            let names: Vec<&str> = circle.iter().map(UnitCode::as_str).collect();
            draft.out.add(unit.spot, Problem::UnitCircle { units: names.join(" → ") });
        }
        reported.extend(circle);
    }
}

/// The way from a unit back to itself, if there is one.
fn circle_through(start: &UnitCode, tree: &UnitTree) -> Option<Vec<UnitCode>> {
    let mut way = vec![start.clone()];
    let mut at = tree.above(start)?;
    while at != start {
        if way.contains(at) {
            return None;
        }
        way.push(at.clone());
        at = tree.above(at)?;
    }
    way.push(start.clone());
    Some(way)
}

fn check_governed(draft: &mut Draft<'_>) {
    let mut governed: BTreeMap<GridCode, UnitCode> = BTreeMap::new();
    for unit in &draft.units {
        let Some(grid) = &unit.value.grid else { continue };
        let level = draft.grids.iter().find(|known| known.value.code == *grid);
        if level.is_some_and(|known| known.value.level != 1) {
            draft.out.add(unit.spot, Problem::UnitGridLevel { grid: grid.to_string() });
        }
        if let Some(first) = governed.get(grid) {
            let (grid, first) = (grid.to_string(), first.to_string());
            draft.out.add(unit.spot, Problem::GridGovernedTwice { grid, first });
            continue;
        }
        governed.insert(grid.clone(), unit.value.code.clone());
    }
    for grid in draft.grids.iter().filter(|grid| grid.value.level == 1) {
        if !governed.contains_key(&grid.value.code) {
            let code = grid.value.code.to_string();
            draft.out.add(grid.spot, Problem::GridUngoverned { grid: code });
        }
    }
}

fn check_grid_parents(draft: &mut Draft<'_>) {
    for grid in &draft.grids {
        let Some((parent, _)) = grid.value.code.as_str().rsplit_once('-') else { continue };
        if !draft.is_declared(Kind::Grid, parent) {
            let (grid_code, parent) = (grid.value.code.to_string(), parent.to_owned());
            draft.out.add(grid.spot, Problem::GridParentMissing { grid: grid_code, parent });
        }
    }
}

/// Nothing of ours may pass as the county's own.
fn check_examples(draft: &mut Draft<'_>) {
    if !draft.head.as_ref().is_some_and(|head| head.official) {
        return;
    }
    let grids = draft.grids.iter().filter(|grid| grid.value.example);
    let places = draft.places.iter().filter(|place| place.value.example);
    let examples = grids
        .map(|grid| (grid.spot, grid.value.code.to_string()))
        .chain(places.map(|place| (place.spot, place.value.id.to_string())));
    let mut spots = Vec::new();
    for (spot, code) in examples {
        // Generated grids share one line; naming one of them is enough.
        if !spots.contains(&spot) {
            spots.push(spot);
            draft.out.add(spot, Problem::ExampleInOfficial { code });
        }
    }
}
