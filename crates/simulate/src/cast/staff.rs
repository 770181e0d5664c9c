//! The grid workers of a county at its full size, and who leads them. None of them
//! is invited: they have a post and no password.

use std::collections::{BTreeMap, BTreeSet};

use bihuan_app::App;
use bihuan_domain::access::Role;
use bihuan_domain::ids::GridCode;
use bihuan_domain::playbook::Playbook;

use super::{Administrators, Cast, DIGITS, Hired, Post, SURNAMES, new_person, on_grid, village};
use crate::{Error, Result};

/// Added in one act.
const TOGETHER: usize = 500;
const THIRD: u8 = 3;

impl Cast {
    /// Adds workers, the same number to each grid as nearly as may be, until there
    /// are so many; every village with one gets a leader.
    pub(crate) async fn staff(
        &mut self,
        app: &App,
        playbook: &Playbook,
        administrators: &Administrators,
        workers: usize,
        told: &mut impl FnMut(usize, usize),
    ) -> Result<()> {
        let mut posts = self.workers_wanted(playbook, workers)?;
        posts.extend(self.leaders_wanted(&posts));
        let hired: Vec<Hired> = posts.into_iter().zip(self.count()..).map(named).collect();
        let mut added = 0;
        for together in hired.chunks(TOGETHER) {
            self.add(app, administrators, together.to_vec()).await?;
            added += together.len();
            told(added, hired.len());
        }
        Ok(())
    }

    /// Each with its place among the workers of its grid.
    fn workers_wanted(&self, playbook: &Playbook, all: usize) -> Result<Vec<(Post, usize)>> {
        let mut here: BTreeMap<&str, usize> = BTreeMap::new();
        for (post, held) in &self.actors {
            let grid = post.grid.as_deref().filter(|_| post.role == Role::GridWorker);
            here.extend(grid.map(|grid| (grid, held.len())));
        }
        let mut left = all.saturating_sub(here.values().sum());
        let third = playbook.grids.iter().filter(|grid| grid.level == THIRD);
        let grids: Vec<&GridCode> = third.map(|grid| &grid.code).collect();
        if grids.is_empty() {
            return Err(Error::Incomplete("grids for its workers"));
        }
        let mut wanted = Vec::new();
        for round in 1.. {
            for grid in &grids {
                let workers = here.entry(grid.as_str()).or_default();
                if left == 0 {
                    return Ok(wanted);
                }
                if *workers < round {
                    *workers = round;
                    left -= 1;
                    wanted.push((on_grid(Role::GridWorker, grid.as_str()), round));
                }
            }
        }
        Ok(wanted)
    }

    fn leaders_wanted(&self, workers: &[(Post, usize)]) -> Vec<(Post, usize)> {
        let grids = workers.iter().filter_map(|(post, _)| post.grid.as_deref());
        let villages: BTreeSet<&str> = grids.map(village).collect();
        let leaders = villages.into_iter().map(|at| on_grid(Role::GridLeader, at));
        leaders.filter(|post| !self.actors.contains_key(post)).map(|post| (post, 1)).collect()
    }
}

fn named(((post, place), made): ((Post, usize), usize)) -> Hired {
    let surname = SURNAMES[made % SURNAMES.len()];
    let name = format!("{surname}示例{}", spelled(made / SURNAMES.len() + 1));
    let grid = post.grid.clone().unwrap_or_default();
    let what = if post.role == Role::GridLeader { "leader" } else { "worker" };
    let person = new_person(&post, format!("{what}-{grid}-{place}"), name, None);
    (post, person)
}

/// Digit by digit, as numbers are read out.
fn spelled(number: usize) -> String {
    let digits = number.to_string();
    let digit = |letter: u8| match letter {
        b'0' => "〇",
        one => DIGITS[usize::from(one - b'1')],
    };
    digits.bytes().map(digit).collect()
}

#[cfg(test)]
mod tests {
    use super::spelled;

    #[test]
    fn a_number_is_spelled_digit_by_digit() {
        assert_eq!(spelled(7), "七");
        assert_eq!(spelled(208), "二〇八");
    }
}
