//! The statement for a person to read.

use std::fmt::Write as _;

use bihuan_app::queries::figures::percent;
use bihuan_domain::instant::Instant;
use bihuan_domain::matter::Obstacle;
use bihuan_simulate::{Side, Statement, Stopped, UnitLine};
use bihuan_web::i18n::Lang;

const HEADS: [&str; 9] =
    ["Unit", "Closed", "On time", "Mean days", "Given", "Most open", "Open", "Due soon", "Overdue"];
const NOT_REPLAYED: &str = "Not replayed";
const MINUTES_A_DAY: u64 = 24 * 60;

pub(super) fn of(statement: &Statement) -> String {
    let mut lines = vec![asked(statement)];
    if statement.is_empty() {
        lines.push("Nothing was closed, given or open then: there is no history to replay.".into());
        lines.extend(imported(statement));
    } else {
        lines.push(String::new());
        lines.extend(table(statement));
        lines.push(String::new());
        lines.extend(said(statement));
    }
    lines.into_iter().fold(String::new(), |mut text, line| {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{}", line.trim_end());
        text
    })
}

fn asked(statement: &Statement) -> String {
    let period = statement.period;
    let from = match period.from {
        from if from == Instant::from_micros(0) => "the beginning".to_owned(),
        from => from.date().to_string(),
    };
    let filed = match statement.filed_under.as_slice() {
        [] => String::new(),
        versions => format!(", filed under {}", versions.join(", ")),
    };
    let to = period.to.date();
    format!(
        "What if version {} had held? Matters from {from} to before {to}{filed}.",
        statement.tried
    )
}

fn table(statement: &Statement) -> Vec<String> {
    let has_stopped = statement.not_replayed() > 0;
    let mut rows = vec![HEADS.map(str::to_owned).to_vec()];
    if has_stopped {
        rows[0].push(NOT_REPLAYED.to_owned());
    }
    for line in statement.units.iter().chain([&statement.total]) {
        let mut row = cells(line);
        if has_stopped {
            row.push(line.not_replayed.to_string());
        }
        rows.push(row);
    }
    let columns = rows.first().map_or(0, Vec::len);
    let width = |nth: usize| {
        rows.iter().filter_map(|row| row.get(nth)).map(|cell| columns_of(cell)).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    rows.iter().map(|row| set(row, &widths)).collect()
}

/// The name to the left, figures to the right.
fn set(row: &[String], widths: &[usize]) -> String {
    let cells = row.iter().zip(widths).enumerate().map(|(nth, (cell, width))| {
        let space = " ".repeat(width.saturating_sub(columns_of(cell)));
        if nth == 0 { format!("{cell}{space}") } else { format!("{space}{cell}") }
    });
    cells.collect::<Vec<_>>().join("  ")
}

/// A Chinese character takes two columns of a terminal.
fn columns_of(text: &str) -> usize {
    text.chars().map(|character| if character >= '\u{2e80}' { 2 } else { 1 }).sum()
}

fn cells(line: &UnitLine) -> Vec<String> {
    let pair = |of: fn(&Side) -> String| match (of(&line.was), of(&line.would)) {
        (was, would) if was == would => was,
        (was, would) => format!("{was} → {would}"),
    };
    vec![
        line.name.en.clone(),
        pair(|side| side.closed.to_string()),
        pair(on_time),
        pair(|side| side.mean_minutes.map_or_else(|| "—".to_owned(), days)),
        pair(|side| side.given.to_string()),
        pair(|side| side.most_open.to_string()),
        pair(|side| side.open.to_string()),
        pair(|side| side.due_soon.to_string()),
        pair(|side| side.overdue.to_string()),
    ]
}

fn on_time(side: &Side) -> String {
    format!("{}/{} {}", side.on_time, side.closed, percent(side.on_time, side.closed))
}

fn days(minutes: u64) -> String {
    let tenths = minutes * 10 / MINUTES_A_DAY;
    format!("{}.{}", tenths / 10, tenths % 10)
}

fn said(statement: &Statement) -> Vec<String> {
    let mut lines = vec![
        "As it was → as it would have been; one figure where both are the same. Most open: at the \
         end of a day. Open, due soon and overdue: now."
            .to_owned(),
    ];
    if statement.changes_nothing() {
        let all = statement.matters;
        lines.push(format!("Nothing changes: all {all} matters come out as they were."));
    } else {
        let Statement { matters, unchanged, now_on_time, now_late, elsewhere, ungranted, .. } =
            statement;
        lines.push(format!("{unchanged} of {matters} matters come out as they were."));
        lines.push(format!(
            "{now_on_time} closed late would have been on time, {now_late} closed on time late."
        ));
        lines.push(format!("{elsewhere} would have gone to another unit."));
        if *ungranted > 0 {
            lines.push(format!(
                "{ungranted} extensions would not have been granted; there the clock runs on."
            ));
        }
        lines.extend(not_replayed(statement));
    }
    lines.extend(imported(statement));
    lines
}

fn not_replayed(statement: &Statement) -> Vec<String> {
    let count = statement.not_replayed();
    if count == 0 {
        return Vec::new();
    }
    let mut lines = vec![format!(
        "{count} matters could not be replayed under the new rules and are in no figure but the \
         last column:"
    )];
    lines.extend(
        statement.stopped.iter().map(|stopped| format!("  {}: {}", stopped.matters, why(stopped))),
    );
    lines
}

fn why(stopped: &Stopped) -> String {
    match &stopped.why {
        Obstacle::NoSuchRegime => "the new playbook has no such regime.".to_owned(),
        Obstacle::BeginsOtherwise => {
            "they would have waited for an approval or a triage that never came.".to_owned()
        }
        Obstacle::Refused { step, refusal } => {
            let sentence = Lang::En.refusal(refusal);
            // What to do next comes too late.
            let first = sentence.split_inclusive(". ").next().unwrap_or(&sentence).trim_end();
            format!("at “{}”: {first}", Lang::En.code_of("step", step.code()))
        }
    }
}

fn imported(statement: &Statement) -> Option<String> {
    let imported = statement.imported;
    (imported > 0).then(|| {
        format!(
            "{imported} imported matters keep the dates another system gave them; none is counted."
        )
    })
}
