//! `GET /figures`: the county's rates of this month, each with what it counts.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use bihuan_app::queries::TownFigures;

use super::home::this_month;
use crate::i18n::Lang;
use crate::pages::public::figures::{FIXED, Figures, IN_TIME, Line, Town};
use crate::problem::Problem;
use crate::routes::page::Shown;
use crate::routes::site::{Site, problem};
use crate::shell::Shell;
use crate::view::rate::Rate;
use crate::view::why::day_at;

/// A town with fewer matters is shown together with others, lest its reporters
/// be guessed.
const LEAST: u64 = 5;

pub(super) async fn page(State(site): State<Site>, shell: Shell) -> Result<Response, Problem> {
    let lang = shell.lang();
    let app = &site.app;
    let period = this_month(app);
    let (filed, rates) = app.county_figures(period).await.map_err(problem)?;
    let county = Sums {
        filed: filed.filed.unsigned_abs(),
        closed: filed.closed.unsigned_abs(),
        other: others(&filed),
        in_time: rates.on_time,
        of: rates.closed,
    };
    let towns = app.town_figures(period).await.map_err(problem)?;
    let rules = app.rules();
    let calendar = &rules.in_force(app.now()).map_err(problem)?.calendar;
    let words = lang
        .say("figures-period")
        .with("from", shell.day_words(&day_at(calendar, period.from).without_time()))
        .with("to", shell.day_words(&shell.today))
        .to_string();
    let line = |(name, counts), rate| Line { name, counts, rate };
    let page = Figures {
        period: words,
        filed: county.filed,
        closed: county.closed,
        other: county.other,
        open: county.open(),
        lines: vec![
            line(IN_TIME, Rate::new(rates.on_time, rates.closed)),
            line(FIXED, Rate::new(rates.fixed, rates.rated)),
        ],
        towns: by_town(lang, county, towns),
        shell,
    };
    Ok(Shown(page).into_response())
}

#[derive(Clone, Copy, Default)]
struct Sums {
    filed: u64,
    closed: u64,
    /// Declined, merged or withdrawn.
    other: u64,
    in_time: u64,
    of: u64,
}

impl Sums {
    const fn open(self) -> u64 {
        self.filed.saturating_sub(self.closed + self.other)
    }

    const fn minus(self, town: Self) -> Self {
        Self {
            filed: self.filed.saturating_sub(town.filed),
            closed: self.closed.saturating_sub(town.closed),
            other: self.other.saturating_sub(town.other),
            in_time: self.in_time.saturating_sub(town.in_time),
            of: self.of.saturating_sub(town.of),
        }
    }

    fn named(self, name: String) -> Town {
        Town {
            name,
            filed: self.filed,
            closed: self.closed,
            other: self.other,
            open: self.open(),
            in_time: Rate::new(self.in_time, self.of),
        }
    }

    const fn is_small(self) -> bool {
        self.filed > 0 && self.filed < LEAST || self.of > 0 && self.of < LEAST
    }

    const fn is_empty(self) -> bool {
        self.filed == 0 && self.of == 0
    }
}

fn others(filed: &bihuan_app::queries::Filed) -> u64 {
    (filed.declined + filed.merged + filed.withdrawn).unsigned_abs()
}

/// Every town large enough, and what is left of the county: small towns and
/// matters without a town. While what is left is small itself, the smallest
/// town goes with it, or it could be found by subtraction.
fn by_town(lang: Lang, county: Sums, towns: Vec<TownFigures>) -> Vec<Town> {
    let mut shown: Vec<(String, Sums)> = towns
        .into_iter()
        .map(|town| {
            let sums = Sums {
                filed: town.filed.filed.unsigned_abs(),
                closed: town.filed.closed.unsigned_abs(),
                other: others(&town.filed),
                in_time: town.rates.on_time,
                of: town.rates.closed,
            };
            (lang.pick(&town.name).to_owned(), sums)
        })
        .filter(|(_, sums)| !sums.is_small() && !sums.is_empty())
        .collect();
    loop {
        let rest = shown.iter().fold(county, |rest, (_, sums)| rest.minus(*sums));
        if rest.is_small() && !shown.is_empty() {
            let smallest = shown
                .iter()
                .enumerate()
                .min_by_key(|(_, (_, sums))| sums.filed + sums.of)
                .map_or(0, |(index, _)| index);
            shown.remove(smallest);
            continue;
        }
        let mut rows: Vec<Town> = shown.into_iter().map(|(name, sums)| sums.named(name)).collect();
        if !rest.is_empty() {
            rows.push(rest.named(lang.tr("figures-other-towns").into_owned()));
        }
        return rows;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bihuan_app::queries::{Filed, Rates};
    use bihuan_domain::playbook::model::Text;

    fn town(name: &str, filed: i64, closed: i64) -> TownFigures {
        TownFigures {
            name: Text { zh: name.to_owned(), en: name.to_owned() },
            filed: Filed { filed, closed, ..Filed::default() },
            rates: Rates::default(),
        }
    }

    fn county(filed: u64, closed: u64) -> Sums {
        Sums { filed, closed, ..Sums::default() }
    }

    #[test]
    fn small_towns_are_shown_together_and_the_sum_holds() {
        let towns = vec![town("甲", 40, 30), town("乙", 3, 1), town("丙", 4, 4), town("丁", 9, 0)];
        let rows = by_town(Lang::Zh, county(58, 36), towns);
        let names: Vec<&str> = rows.iter().map(|row| row.name.as_str()).collect();
        assert_eq!(names, ["甲", "丁", "其他乡镇"]);
        assert_eq!(rows.iter().map(|row| row.filed).sum::<u64>(), 58);
        assert_eq!(rows.iter().map(|row| row.closed).sum::<u64>(), 36);
    }

    #[test]
    fn one_small_town_cannot_be_found_by_subtraction() {
        let rows = by_town(
            Lang::Zh,
            county(49, 0),
            vec![town("甲", 40, 0), town("乙", 7, 0), town("丙", 2, 0)],
        );
        let names: Vec<&str> = rows.iter().map(|row| row.name.as_str()).collect();
        assert_eq!(names, ["甲", "其他乡镇"]);
        assert_eq!(rows[1].filed, 9);
    }
}
