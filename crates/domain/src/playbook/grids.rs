//! Third-level grids made from a seed, for a county that has not drawn its own:
//! the same seed always gives the same grids.

use sha2::{Digest, Sha256};

use super::model::{Grid, Text};
use super::problem::Problem;
use crate::ids::GridCode;

/// Two digits number the grids of one village.
const MOST_IN_ONE: u32 = 99;

/// Shares `count` grids among the second-level grids: at least one each, the
/// rest by a weight drawn from the seed.
pub(super) fn third_level(
    second: &[GridCode],
    count: u32,
    seed: u32,
) -> Result<Vec<Grid>, Problem> {
    let least = u32::try_from(second.len()).unwrap_or(u32::MAX);
    let most = least.saturating_mul(MOST_IN_ONE);
    if count < least {
        return Err(Problem::GenerateTooFew { count: count.to_string(), least: least.to_string() });
    }
    if count > most {
        return Err(Problem::GenerateTooMany { count: count.to_string(), most: most.to_string() });
    }
    let weights: Vec<u32> = second.iter().map(|grid| weight(grid, seed)).collect();
    let shares = shares(&weights, count);
    let grids = second.iter().zip(shares).flat_map(|(parent, share)| {
        (1..=share).map(move |number| Grid {
            code: GridCode::new(format!("{parent}-{number:02}")),
            name: Text { zh: format!("{number:02}网格"), en: format!("Grid {number:02}") },
            level: 3,
            division: None,
            example: true,
        })
    });
    Ok(grids.collect())
}

/// From 4 to 10, so that the biggest village has about twice the smallest's.
fn weight(grid: &GridCode, seed: u32) -> u32 {
    let digest = Sha256::digest(format!("{seed}/{grid}"));
    4 + digest.first().map_or(0, |byte| u32::from(*byte)) % 7
}

fn shares(weights: &[u32], count: u32) -> Vec<u32> {
    let total: u32 = weights.iter().sum::<u32>().max(1);
    let places = u32::try_from(weights.len()).unwrap_or(u32::MAX);
    let spare = u64::from(count.saturating_sub(places));
    let part = |weight: u32| (spare * u64::from(weight) / u64::from(total)) as u32;
    let mut shares: Vec<u32> =
        weights.iter().map(|weight| (1 + part(*weight)).min(MOST_IN_ONE)).collect();
    let mut left = count.saturating_sub(shares.iter().sum());
    // What rounding left over goes round, one each, until nothing is left.
    while left > 0 {
        for share in shares.iter_mut().filter(|share| **share < MOST_IN_ONE) {
            if left == 0 {
                break;
            }
            *share += 1;
            left -= 1;
        }
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    fn villages(count: u32) -> Vec<GridCode> {
        (1..=count).map(|number| GridCode::new(format!("01-{number:03}"))).collect()
    }

    #[test]
    fn exactly_as_many_grids_are_made_as_asked_for() {
        for count in [321, 2_249, 31_779] {
            let made = third_level(&villages(321), count, 7).unwrap();
            assert_eq!(made.len(), count as usize);
        }
    }

    #[test]
    fn every_village_has_a_grid() {
        let villages = villages(321);
        let made = third_level(&villages, 2_249, 7).unwrap();
        for village in &villages {
            assert!(made.iter().any(|grid| grid.code.within(village)), "{village} has none");
        }
    }

    #[test]
    fn the_same_seed_makes_the_same_grids_and_another_does_not() {
        let villages = villages(30);
        let made = third_level(&villages, 200, 7).unwrap();
        assert_eq!(made, third_level(&villages, 200, 7).unwrap());
        assert_ne!(made, third_level(&villages, 200, 8).unwrap());
    }

    #[test]
    fn fewer_than_one_each_and_more_than_the_codes_hold_are_refused() {
        let refused = |count| third_level(&villages(3), count, 7).unwrap_err();
        assert!(matches!(refused(2), Problem::GenerateTooFew { .. }));
        assert!(matches!(refused(298), Problem::GenerateTooMany { .. }));
    }
}
