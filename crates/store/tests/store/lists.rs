//! Lists: who reaches what, paging, filters, search.

use std::collections::BTreeSet;

use bihuan_domain::ids::GridCode;
use bihuan_store::Store;
use bihuan_store::read::{By, Filter, MatterRow, Order, Period, Rate, Reach};
use bihuan_testkit::engines;
use bihuan_testkit::story::Cast;

use crate::{county, index_all, life, start, write};

async fn all(store: &Store, reach: &Reach, filter: &Filter, order: Order) -> Vec<MatterRow> {
    let (mut rows, mut after) = (Vec::new(), None);
    loop {
        let page = store.matters(&county(), reach, filter, order, after.as_ref(), 3).await.unwrap();
        assert!(page.rows.len() <= 3);
        rows.extend(page.rows);
        let Some(next) = page.next else { return rows };
        after = Some(next);
    }
}

async fn ids(store: &Store, reach: &Reach, filter: &Filter) -> BTreeSet<String> {
    all(store, reach, filter, Order::Filed).await.into_iter().map(|row| row.matter).collect()
}

fn expected(
    cast: &Cast,
    holds: impl Fn(&bihuan_domain::matter::Matter) -> bool,
) -> BTreeSet<String> {
    let those = cast.values().filter(|loaded| holds(&loaded.matter));
    those.map(|loaded| loaded.matter.id.to_string()).collect()
}

#[tokio::test]
async fn turning_pages_neither_skips_nor_repeats_in_any_order() {
    engines::each(|database| async move {
        let store = &database.store;
        let (_, cast) = life(store, 51, 200).await;
        // Everything due at one moment: only the id orders them.
        write!(store, [cast], tx => {
            let rules = bihuan_testkit::county::County::xingyang();
            for loaded in cast.values() {
                let before = &loaded.matter;
                let mut loaded = loaded.clone();
                for node in loaded.matter.nodes.values_mut() {
                    node.due.due_at = start();
                }
                let rows = bihuan_store::project::rows(
                    &county(), &loaded.matter, &rules.playbook, Some(before),
                );
                tx.put_matter(&county(), loaded, rows);
            }
        })
        .unwrap();
        for order in [Order::Due, Order::Filed, Order::Closed] {
            let rows = all(store, &Reach::County, &Filter::default(), order).await;
            let seen: BTreeSet<&String> = rows.iter().map(|row| &row.matter).collect();
            assert_eq!((rows.len(), seen.len()), (cast.len(), cast.len()), "{order:?}");
        }
        let rows = all(store, &Reach::County, &Filter::default(), Order::Due).await;
        let order: Vec<_> =
            rows.iter().map(|row| (row.due_us.unwrap_or(i64::MAX), &row.matter)).collect();
        assert!(order.is_sorted());
        let filter = Filter { units: Some(vec!["lighting".to_owned()]), ..Filter::default() };
        let rows = all(store, &Reach::County, &filter, Order::Due).await;
        let unit = |m: &bihuan_domain::matter::Matter| m.units().any(|u| u.as_str() == "lighting");
        assert_eq!(rows.len(), expected(&cast, unit).len());
    })
    .await;
}

#[tokio::test]
async fn each_reach_shows_exactly_its_matters() {
    engines::each(|database| async move {
        let store = &database.store;
        let (_, cast) = life(store, 52, 300).await;
        let none = Filter::default();
        let grid = |code: &str| {
            let code = GridCode::new(code);
            expected(&cast, move |matter| {
                let places = [&matter.whereabouts.grid, &matter.verify_grid];
                places.into_iter().flatten().any(|at| at.within(&code))
            })
        };
        assert_eq!(ids(store, &Reach::County, &none).await.len(), cast.len());
        assert!(ids(store, &Reach::Nothing, &none).await.is_empty());
        for code in ["05", "05-012", "05-012-03", "0", "05-01", "051"] {
            assert_eq!(ids(store, &Reach::Grid(code.into()), &none).await, grid(code), "{code}");
        }
        assert!(!grid("05").is_empty() && grid("051").is_empty() && grid("05-01").is_empty());
        let units = vec!["lighting".to_owned()];
        let theirs = expected(&cast, |matter| matter.units().any(|u| u.as_str() == "lighting"));
        assert!(!theirs.is_empty());
        assert_eq!(ids(store, &Reach::Units(units.clone()), &none).await, theirs);
        let town = Reach::Town { units, grid: "05".to_owned() };
        assert_eq!(ids(store, &town, &none).await, &theirs | &grid("05"));
        let count = store.count(&county(), &town, &none, 1000).await.unwrap();
        assert_eq!(count as usize, (&theirs | &grid("05")).len());
    })
    .await;
}

#[tokio::test]
async fn every_filter_narrows_to_what_it_says_on_both_engines() {
    engines::each(|database| async move {
        let store = &database.store;
        life(store, 53, 300).await;
        let rows = all(store, &Reach::County, &Filter::default(), Order::Filed).await;
        let none = Filter::default;
        let text = |text: &str| Some(text.to_owned());
        let middle = rows[rows.len() / 2].filed_us;
        type Holds = Box<dyn Fn(&MatterRow) -> bool + Send>;
        let filters: Vec<(Filter, Holds)> = vec![
            (Filter { stages: vec!["closed".into()], ..none() }, Box::new(|r| r.stage == "closed")),
            (
                Filter { stages: vec!["closed".into(), "handling".into()], ..none() },
                Box::new(|r| r.stage == "closed" || r.stage == "handling"),
            ),
            (Filter { town: text("05"), ..none() }, Box::new(|r| r.town.as_deref() == Some("05"))),
            (
                Filter { lead_unit: text("lighting"), ..none() },
                Box::new(|r| r.lead_unit.as_deref() == Some("lighting")),
            ),
            (Filter { source: text("grid"), ..none() }, Box::new(|r| r.source == "grid")),
            (Filter { urgency: text("major"), ..none() }, Box::new(|r| r.urgency == "major")),
            (Filter { origin: text("elsewhere"), ..none() }, Box::new(|r| r.origin.is_some())),
            (
                Filter { rating: text("fixed"), ..none() },
                Box::new(|r| r.rating.as_deref() == Some("fixed")),
            ),
            (Filter { closed_late: Some(true), ..none() }, Box::new(|r| r.closed_late == 1)),
            (Filter { suspended: Some(true), ..none() }, Box::new(|r| r.suspended == 1)),
            (Filter { needs_triage: Some(true), ..none() }, Box::new(|r| r.needs_triage == 1)),
            (
                Filter { filed: Some((middle, i64::MAX)), ..none() },
                Box::new(move |r| r.filed_us >= middle),
            ),
            (
                Filter { soon_before: Some(middle), ..none() },
                Box::new(move |r| r.soon_us.is_some_and(|at| at <= middle)),
            ),
            (
                Filter { due: Some((middle, i64::MAX)), ..none() },
                Box::new(move |r| r.due_us.is_some_and(|at| at >= middle)),
            ),
            (Filter { matters: Some(vec![rows[0].matter.clone()]), ..none() }, {
                let first = rows[0].matter.clone();
                Box::new(move |r| r.matter == first)
            }),
            (
                Filter {
                    class: text("nothing"),
                    item: text("x"),
                    place: text("x"),
                    regime: text("x"),
                    waiting: text("x"),
                    reporter: text("x"),
                    merged_into: text("x"),
                    grid: text("05"),
                    verify_grid: text("05"),
                    part: text("co"),
                    closed: Some((0, 1)),
                    not_about: vec!["lighting".into()],
                    units: Some(vec!["a".into(), "b".into()]),
                    ..none()
                },
                Box::new(|_| false),
            ),
        ];
        for (filter, holds) in filters {
            let found = ids(store, &Reach::County, &filter).await;
            let holding: BTreeSet<String> =
                rows.iter().filter(|row| holds(row)).map(|row| row.matter.clone()).collect();
            assert_eq!(found, holding, "{filter:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn two_characters_find_a_text_until_it_is_erased() {
    engines::each(|database| async move {
        let store = &database.store;
        let (_, cast) = life(store, 54, 60).await;
        index_all(store).await;
        let found = store.search_words(&county(), "井盖").await.unwrap();
        assert!(!found.is_empty());
        let first = cast[&found[0].parse().unwrap()].matter.clone();
        assert!(store.search_words(&county(), "ａｂ楼").await.is_ok_and(|found| !found.is_empty()));
        assert!(store.search_words(&county(), "井灯").await.unwrap().is_empty());
        assert!(store.search_words(&county(), "，。").await.unwrap().is_empty());
        let words = first.words.unwrap();
        write!(store, [first], tx => {
            tx.erase_content(&county(), &first.id.to_string(), words).await?;
            let rules = bihuan_testkit::county::County::xingyang();
            let head = tx.head(&county(), &first.id.to_string()).await?.unwrap();
            let rows = bihuan_store::project::rows(&county(), &first, &rules.playbook, Some(&first));
            tx.put_matter(&county(), bihuan_store::Loaded { matter: first, head }, rows);
        })
        .unwrap();
        index_all(store).await;
        let left = store.search_words(&county(), "井盖").await.unwrap();
        assert!(!left.contains(&first.id.to_string()));
        assert_eq!(left.len(), found.len() - 1);
    })
    .await;
}

#[tokio::test]
async fn figures_count_what_the_lists_hold() {
    engines::each(|database| async move {
        let store = &database.store;
        life(store, 55, 300).await;
        let open = Filter { open: Some(true), ..Filter::default() };
        let counts = store
            .open_counts(&county(), &Reach::County, &Filter::default(), start())
            .await
            .unwrap();
        let total: i64 = counts.iter().map(|count| count.count).sum();
        assert_eq!(total, store.count(&county(), &Reach::County, &open, 10_000).await.unwrap());
        let period = Period { from: start().plus_days(-400), to: start().plus_days(4000) };
        let (here, all_of_them, none) = (county(), Reach::County, Filter::default());
        let by = |by| store.rates(&here, &all_of_them, &none, period, by);
        let rates = by(By::LeadUnit).await.unwrap();
        for rate in &rates {
            let filter = Filter {
                lead_unit: rate.of.clone(),
                stages: vec!["closed".into(), "struck-off".into()],
                ..Filter::default()
            };
            let listed = all(store, &Reach::County, &filter, Order::Closed).await;
            assert_eq!(listed.len() as i64, rate.closed, "{:?}", rate.of);
            assert!(rate.fixed + rate.partly + rate.not_fixed == rate.rated);
        }
        let sum = |rates: &[Rate]| {
            rates.iter().fold((0, 0, 0), |sum, rate| {
                (sum.0 + rate.closed, sum.1 + rate.on_time, sum.2 + rate.fixed)
            })
        };
        let of_towns = by(By::Town).await.unwrap();
        assert!(of_towns.len() > 1, "{of_towns:?}");
        assert_eq!(sum(&of_towns), sum(&rates), "towns and units sum up to the county");
        let filed = store.filed_counts(&county(), &all_of_them, &none, period).await.unwrap();
        let there = store.filed_by_town(&county(), &all_of_them, &none, period).await.unwrap();
        assert_eq!(there.iter().map(|town| town.filed.filed).sum::<i64>(), filed.filed);
        assert_eq!(there.iter().map(|town| town.filed.closed).sum::<i64>(), filed.closed);
    })
    .await;
}
