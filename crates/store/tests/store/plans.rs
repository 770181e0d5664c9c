//! No screen's list reads a growing table from end to end.

use std::fmt::Write as _;
use std::path::Path;

use bihuan_domain::instant::Instant;
use bihuan_store::Store;
use bihuan_store::engine::Engine as Pool;
use bihuan_store::read::{By, Cursor, Filter, Order, Period, Question, Reach};
use bihuan_testkit::engines::{self, Engine};
use bihuan_testkit::golden;

use crate::{county, life};

/// Name, reach, filter and order of what the screens ask.
fn questions() -> Vec<(&'static str, Reach, Filter, Order)> {
    let text = |text: &str| Some(text.to_owned());
    let none = Filter::default;
    let open = || Filter { open: Some(true), ..none() };
    let over = || Filter { open: Some(false), ..none() };
    let town = || Reach::Town { units: vec!["lighting".to_owned()], grid: "05".to_owned() };
    let unit = || vec!["lighting".to_owned()];
    vec![
        ("inbox", Reach::County, Filter { stages: vec!["filed".into()], ..none() }, Order::Due),
        ("triage again", Reach::County, Filter { needs_triage: Some(true), ..none() }, Order::Due),
        (
            "work list of a unit",
            Reach::Units(unit()),
            Filter { units: Some(unit()), open: Some(true), ..none() },
            Order::Due,
        ),
        ("open of the county", Reach::County, open(), Order::Due),
        ("open of a town", town(), open(), Order::Due),
        ("a grid worker's day", Reach::Grid("05-012".to_owned()), open(), Order::Due),
        ("to look back at", Reach::County, Filter { look_back: true, ..none() }, Order::Due),
        (
            "not told in confidence",
            Reach::County,
            Filter { stages: vec!["closed".into()], confidential: Some(false), ..none() },
            Order::Closed,
        ),
        ("ledger", Reach::County, none(), Order::Filed),
        ("ledger by due", Reach::County, none(), Order::Due),
        (
            "ledger of a period",
            Reach::County,
            Filter { filed: Some((0, i64::MAX)), ..none() },
            Order::Filed,
        ),
        ("ledger of a town", Reach::County, Filter { town: text("05"), ..none() }, Order::Filed),
        (
            "ledger of a class",
            Reach::County,
            Filter { class: text("facilities"), ..none() },
            Order::Filed,
        ),
        (
            "ledger of a unit",
            Reach::County,
            Filter { lead_unit: text("lighting"), ..none() },
            Order::Filed,
        ),
        (
            "ledger of a regime",
            Reach::County,
            Filter { regime: text("supervised-task"), ..none() },
            Order::Filed,
        ),
        (
            "done of a regime",
            Reach::County,
            Filter {
                regime: text("supervised-task"),
                stages: vec!["closed".into(), "struck-off".into()],
                is_leaf: true,
                ..over()
            },
            Order::Closed,
        ),
        (
            "awaiting a decision",
            Reach::County,
            Filter {
                regime: text("supervised-task"),
                review: Some((vec!["checking".into()], vec!["extension".into()])),
                ..none()
            },
            Order::Due,
        ),
        (
            "parts of a task",
            Reach::County,
            Filter { parents: Some(vec!["a".into(), "b".into()]), ..none() },
            Order::Oldest,
        ),
        (
            "ledger of roots",
            Reach::County,
            Filter { regime: text("supervised-task"), is_root: true, ..none() },
            Order::Filed,
        ),
        (
            "answered: not fixed",
            Reach::County,
            Filter { rating: text("not-fixed"), filed: Some((0, i64::MAX)), ..none() },
            Order::Filed,
        ),
        (
            "named work of a unit",
            Reach::Units(unit()),
            Filter { units: Some(unit()), matters: Some(vec!["a".into(), "b".into()]), ..open() },
            Order::Due,
        ),
        (
            "what was joined to a report, of a unit",
            Reach::Units(unit()),
            Filter { merged_into: text("a"), ..none() },
            Order::FiledOfFew,
        ),
        (
            "the oldest that waits",
            Reach::County,
            Filter { stages: vec!["filed".into(), "returned".into()], ..none() },
            Order::OldestOfFew,
        ),
        ("stuck", Reach::County, Filter { stuck: true, ..none() }, Order::Due),
        (
            "notices that cover a finding",
            Reach::County,
            Filter { regime: text("notice"), covers: true, ..none() },
            Order::Filed,
        ),
        ("beside: same place", Reach::County, Filter { place: text("P1"), ..none() }, Order::Filed),
        (
            "open nearby: in a grid",
            Reach::County,
            Filter {
                just_grid: text("05-012-01"),
                classes: vec!["facilities".into(), "roads".into()],
                confidential: Some(false),
                filed: Some((0, i64::MAX)),
                ..open()
            },
            Order::FiledOfFew,
        ),
        (
            "open nearby: at the place",
            Reach::County,
            Filter {
                place: text("P1"),
                classes: vec!["facilities".into(), "roads".into()],
                confidential: Some(false),
                filed: Some((0, i64::MAX)),
                ..open()
            },
            Order::FiledOfFew,
        ),
        (
            "beside: duplicates",
            Reach::County,
            Filter { merged_into: text("x"), ..none() },
            Order::Filed,
        ),
        (
            "found by search",
            Reach::County,
            Filter { matters: Some(vec!["a".into(), "b".into()]), ..none() },
            Order::Filed,
        ),
        (
            "reported by someone",
            Reach::County,
            Filter { reporter: text("p"), ..none() },
            Order::Filed,
        ),
        (
            "closed",
            Reach::County,
            Filter { stages: vec!["closed".into()], ..none() },
            Order::Closed,
        ),
    ]
}

async fn explain(store: &Store, question: &(&str, Reach, Filter, Order)) -> Vec<String> {
    let (_, reach, filter, order) = question;
    let after = Cursor { value: 5, matter: "m".to_owned() };
    let question = Question::Matters(*order, Some(&after));
    store.explain(&county(), reach, filter, question).await.unwrap()
}

/// What is asked beside the lists, of the whole county.
async fn figures(store: &Store) -> Vec<(String, Vec<String>)> {
    let now = Instant::from_micros(5_900);
    let period = Period { from: now, to: Instant::from_micros(5_950) };
    let matters = ["m1".to_owned(), "m2".to_owned()];
    let asked = [
        Question::Count(100_000),
        Question::Nodes(&matters),
        Question::Texts(&matters),
        Question::CoUnits(&matters),
        Question::Linked(&matters),
        Question::Entries(&matters),
        Question::Contents(&matters),
        Question::NoticedUnits,
        Question::Number("N1"),
        Question::OpenCounts(now),
        Question::OpenByUnit(now),
        Question::Rates(period, By::LeadUnit),
        Question::Rates(period, By::Town),
        Question::FiledCounts(period, None),
        Question::FiledCounts(period, Some(By::Town)),
    ];
    let mut plans = Vec::new();
    for question in asked {
        // What is counted is one of the lists above.
        let stages = match question {
            Question::Count(_) => vec!["filed".to_owned()],
            _ => Vec::new(),
        };
        let mut filter = Filter { stages, ..Filter::default() };
        if matches!(question, Question::NoticedUnits) {
            filter.regime = Some("notice".to_owned());
        }
        let plan = store.explain(&county(), &Reach::County, &filter, question).await.unwrap();
        plans.push((format!("{question:?}"), plan));
    }
    plans
}

#[tokio::test]
async fn sqlite_counts_through_an_index_and_by_more_than_the_county() {
    engines::on_sqlite(|database| async move {
        for (question, plan) in figures(&database.store).await {
            let whole = plan.iter().find(|line| {
                let is_scan = ["m", "u", "s", "n", "g", "b", "o", "r", "l", "e", "c"]
                    .iter()
                    .any(|name| format!("{line} ").starts_with(&format!("SCAN {name} ")));
                // Of the open ones an index holds no others.
                let is_of_open = line.contains("matter_view_open_");
                is_scan || (line.ends_with("(county=?)") && !is_of_open)
            });
            assert!(whole.is_none(), "{question}: {plan:#?}");
        }
    })
    .await;
}

#[tokio::test]
async fn sqlite_answers_every_list_through_an_index() {
    engines::on_sqlite(|database| async move {
        let mut text = String::new();
        for question in questions() {
            writeln!(text, "{}", question.0).unwrap();
            for line in explain(&database.store, &question).await {
                let grows = ["m", "u", "s", "w", "a", "p"];
                let scans = grows.iter().any(|name| {
                    line == format!("SCAN {name}") || line.starts_with(&format!("SCAN {name} "))
                });
                assert!(!scans, "{}: {line}", question.0);
                writeln!(text, "    {line}").unwrap();
            }
        }
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema");
        golden::check(&folder.join("plans.txt"), &text);
    })
    .await;
}

/// A ledger that is asked for by one thing begins with that thing's index.
#[tokio::test]
async fn sqlite_reads_a_ledger_by_what_it_is_asked_for() {
    engines::on_sqlite(|database| async move {
        for (name, index) in [
            ("ledger of a town", "matter_view_town_idx"),
            ("ledger of a class", "matter_view_class_idx"),
            ("ledger of a unit", "matter_view_unit_idx"),
            ("ledger of a regime", "matter_view_regime_filed_idx"),
            ("ledger of roots", "matter_view_regime_filed_idx"),
            ("done of a regime", "matter_view_done_idx"),
            ("answered: not fixed", "matter_view_rating_idx"),
            ("stuck", "matter_view_stuck_idx"),
        ] {
            let question = questions().into_iter().find(|one| one.0 == name);
            let plan = explain(&database.store, &question.unwrap()).await.join("; ");
            assert!(plan.contains(index) && !plan.contains("TEMP B-TREE"), "{name}: {plan}");
        }
        let oldest = questions().into_iter().find(|one| one.0 == "the oldest that waits");
        let plan = explain(&database.store, &oldest.unwrap()).await.join("; ");
        assert!(plan.contains("matter_view_stage_idx"), "{plan}");
    })
    .await;
}

/// What is only counted is counted in an index that holds all it is counted by.
#[tokio::test]
async fn sqlite_counts_what_screens_count_without_reading_a_matter() {
    engines::on_sqlite(|database| async move {
        let text = |text: &str| Some(text.to_owned());
        let not_own = || Filter { not_about: vec!["lighting".to_owned()], ..Filter::default() };
        let counted = [
            ("of a unit", Filter { lead_unit: text("lighting"), ..not_own() }),
            ("of a town", Filter { town: text("05"), ..not_own() }),
            ("of a class", Filter { class: text("facilities"), ..not_own() }),
            ("of a day", Filter { filed: Some((5, 9)), ..not_own() }),
            ("answered", Filter { rating: text("fixed"), filed: Some((5, 9)), ..not_own() }),
            (
                "of a regime's year",
                Filter {
                    regime: text("rectification"),
                    filed: Some((5, 9)),
                    is_leaf: true,
                    ..not_own()
                },
            ),
            ("to look back at", Filter { look_back: true, due: Some((5, 9)), ..not_own() }),
        ];
        for (name, filter) in counted {
            let question = Question::Count(10_000);
            let (county, all) = (county(), Reach::County);
            let plan = database.store.explain(&county, &all, &filter, question);
            let plan = plan.await.unwrap().join("; ");
            assert!(plan.contains("COVERING INDEX"), "{name}: {plan}");
        }
    })
    .await;
}

/// What is near is looked up where it is, not among everything that is open.
#[tokio::test]
async fn sqlite_finds_what_is_nearby_by_its_grid_or_its_place() {
    engines::on_sqlite(|database| async move {
        for (name, index) in [
            ("in a grid", "matter_view_open_grid_idx"),
            ("at the place", "matter_view_open_place_idx"),
        ] {
            let question = questions()
                .into_iter()
                .find(|one| one.0.starts_with(&format!("open nearby: {name}")));
            let plan = explain(&database.store, &question.unwrap()).await.join("; ");
            assert!(plan.contains(index), "{name}: {plan}");
        }
    })
    .await;
}

/// Lists that turn pages read no more than a page: nothing is sorted.
#[tokio::test]
async fn sqlite_turns_the_pages_of_the_long_lists_without_sorting() {
    engines::on_sqlite(|database| async move {
        let long = ["inbox", "triage again", "work list of a unit", "open of the county", "closed"];
        for question in questions() {
            let is_long = long.contains(&question.0) || question.0.starts_with("ledger");
            let plan = explain(&database.store, &question).await.join("; ");
            assert!(!is_long || !plan.contains("TEMP B-TREE"), "{}: {plan}", question.0);
        }
    })
    .await;
}

#[tokio::test]
async fn postgres_scans_no_growing_table_once_it_has_grown() {
    engines::on_postgres(|database| async move {
        assert_eq!(database.engine, Engine::Postgres);
        let store = &database.store;
        life(store, 31, 40).await;
        let Pool::Postgres(pool) = &store.engine() else { return };
        for statement in [GROW_MATTERS, GROW_UNITS, GROW_CONTENTS, GROW_LINKS, "ANALYZE"] {
            sqlx::query(statement).execute(pool).await.unwrap();
        }
        for question in questions() {
            let plan = explain(store, &question).await.join("\n");
            assert!(!plan.contains("Seq Scan"), "{}:\n{plan}", question.0);
        }
    })
    .await;
}

/// 6,000 further matters: copies of one, of ten units, towns and stages.
const GROW_MATTERS: &str = "INSERT INTO matter_view SELECT (jsonb_populate_record(NULL::matter_view, \
    to_jsonb(m) || jsonb_build_object('matter', 'm' || n, 'number', 'N' || n, 'origin', NULL, \
    'stage', CASE n % 10 WHEN 0 THEN 'filed' WHEN 1 THEN 'handling' ELSE 'closed' END, \
    'is_open', CASE WHEN n % 10 < 2 THEN 1 ELSE 0 END, 'needs_triage', CASE n % 500 WHEN 0 \
    THEN 1 ELSE 0 END, 'town', to_char(n % 15, 'FM00'), 'grid', to_char(n % 15, 'FM00') || '-' \
    || to_char(n % 20, 'FM000'), 'verify_grid', NULL, 'place', 'P' || n % 900, \
    'class', 'c' || n % 8, 'lead_unit', 'u' || n % 40, 'merged_into', CASE n % 50 WHEN 0 THEN \
    'm' || n / 50 END, 'reporter', 'r' || n % 700, 'filed_us', 1000 + n, 'due_us', 2000 + n, \
    'closed_us', CASE WHEN n % 10 < 2 THEN NULL ELSE 3000 + n END))).* \
    FROM (SELECT * FROM matter_view LIMIT 1) AS m, generate_series(1, 6000) AS n";
const GROW_UNITS: &str = "INSERT INTO matter_unit SELECT county, matter, \
    COALESCE(lead_unit, 'none'), 'lead', is_open, stage, COALESCE(due_us, 0) FROM matter_view \
    ON CONFLICT DO NOTHING";
const GROW_LINKS: &str = "INSERT INTO matter_link SELECT county, matter, 'covers', 'f' || number \
    FROM matter_view ON CONFLICT DO NOTHING";
const GROW_CONTENTS: &str = "INSERT INTO content SELECT county, 'c' || n, 'm' || n, tag, salt, body \
    FROM (SELECT * FROM content LIMIT 1) AS c, generate_series(1, 6000) AS n";
