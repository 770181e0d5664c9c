//! When and where work comes in: more in summer and at the year's end, less at
//! weekends, a few wild days after rain or snow, most of it from a few towns.

use std::collections::BTreeMap;

use bihuan_domain::calendar::start_of_day;
use bihuan_domain::ids::GridCode;
use bihuan_domain::instant::Instant;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use crate::chance::Dice;

/// By month, in hundredths of a usual day.
const SEASONS: [u32; 12] = [95, 70, 85, 90, 100, 115, 145, 150, 110, 85, 95, 130];
const WEEKEND: u32 = 62;
/// Of a hundred days so many begin a wild spell.
const WILD: u32 = 3;
/// Weights of the hours from seven to half past nine in the evening.
const HOURS: [u32; 15] = [5, 9, 12, 12, 9, 6, 5, 8, 9, 8, 7, 6, 6, 5, 3];
const FIRST_HOUR: i64 = 7;
/// The busiest town's share against the tenth's, and so within a town.
const LOUDEST: u32 = 120;

/// How many of `total` come in on each of `days` days from `first`.
pub(super) fn days(first: Date, days: i64, total: usize, dice: &mut Dice) -> Vec<usize> {
    let mut wild = 0;
    let mut weights = Vec::new();
    for after in 0..days {
        let date = first.saturating_add(after.days());
        let season = usize::try_from(date.month() - 1).unwrap_or_default();
        let mut weight = u64::from(SEASONS.get(season).copied().unwrap_or(100));
        if matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday) {
            weight = weight * u64::from(WEEKEND) / 100;
        }
        if wild == 0 && dice.percent(WILD) {
            wild = dice.between(1, 3);
        } else if wild > 0 {
            wild -= 1;
            weight *= u64::try_from(dice.between(2, 4)).unwrap_or(2);
        }
        weights.push(weight * u64::try_from(dice.between(85, 115)).unwrap_or(100));
    }
    apportion(total, &weights)
}

/// `total` in these proportions, nothing lost to rounding.
fn apportion(total: usize, weights: &[u64]) -> Vec<usize> {
    let sum: u128 = weights.iter().map(|weight| u128::from(*weight)).sum();
    let mut before: u128 = 0;
    let share = |upto: u128| usize::try_from(upto * total as u128 / sum.max(1)).unwrap_or(total);
    weights
        .iter()
        .map(|weight| {
            let from = share(before);
            before += u128::from(*weight);
            share(before) - from
        })
        .collect()
}

pub(super) fn moment(date: Date, dice: &mut Dice) -> Instant {
    let hour = FIRST_HOUR + i64::try_from(dice.weighted(&HOURS)).unwrap_or_default();
    let seconds = dice.between(0, 3599);
    start_of_day(date).plus_minutes(hour * 60).plus_micros(seconds * 1_000_000)
}

/// The grids, each as often as it is loud: by its town, and by its place in it.
pub(super) fn hot_spots(grids: &[GridCode]) -> Vec<GridCode> {
    let mut towns: BTreeMap<&str, Vec<&GridCode>> = BTreeMap::new();
    for grid in grids {
        towns.entry(grid.as_str().split('-').next().unwrap_or_default()).or_default().push(grid);
    }
    let mut spots = Vec::new();
    for (town, grids) in towns.values().enumerate() {
        for (place, grid) in grids.iter().enumerate() {
            let weight = LOUDEST as usize / ((town + 1) * (place + 1));
            spots.extend(std::iter::repeat_n((*grid).clone(), weight.max(1)));
        }
    }
    spots
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_days_add_up_to_what_was_asked() {
        let mut dice = Dice::new(3);
        let first = jiff::civil::date(2025, 1, 1);
        for total in [0, 1, 300, 12_345] {
            let days = days(first, 365, total, &mut dice);
            assert_eq!(days.iter().sum::<usize>(), total);
        }
    }

    #[test]
    fn summer_is_busier_than_february_and_some_days_are_wild() {
        let mut dice = Dice::new(5);
        let days = days(jiff::civil::date(2025, 1, 1), 365, 100_000, &mut dice);
        let february: usize = days[31..59].iter().sum();
        let august: usize = days[212..240].iter().sum();
        assert!(august > february, "{august} {february}");
        let usual = 100_000 / 365;
        assert!(days.iter().any(|count| *count > 2 * usual));
    }

    #[test]
    fn the_first_town_is_as_loud_as_it_is_weighted() {
        let grids = ["01-001-01", "01-001-02", "02-001-01"].map(GridCode::new);
        let spots = hot_spots(&grids);
        let of = |grid: &str| spots.iter().filter(|spot| spot.as_str() == grid).count();
        assert_eq!((of("01-001-01"), of("01-001-02"), of("02-001-01")), (120, 60, 60));
    }
}
