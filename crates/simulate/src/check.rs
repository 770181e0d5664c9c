//! What the demo promises to show, counted by the product's own queries.

use bihuan_app::queries::{LineSink, Period};
use bihuan_app::{App, Caller};
use bihuan_domain::instant::Instant;
use bihuan_domain::journal::Verification;

use crate::Result;

/// One figure: what was said of it, what was counted, and whether they agree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub what: String,
    /// As the county reported it, or as the rules demand it.
    pub article: String,
    pub counted: String,
    pub holds: bool,
}

fn line(what: &str, article: impl ToString, counted: impl ToString) -> Line {
    let (article, counted) = (article.to_string(), counted.to_string());
    let holds = article == counted;
    Line { what: what.to_owned(), article, counted, holds }
}

/// Counts everything the demo promises. The figures of 2022 are the county's
/// own, as reported; the rest must agree with itself.
pub async fn check(app: &App) -> Result<Vec<Line>> {
    let mut lines = catalogue(app)?;
    lines.push(equation(app).await?);
    lines.extend(journal(app).await?);
    Ok(lines)
}

fn catalogue(app: &App) -> Result<Vec<Line>> {
    let rules = app.rules();
    let playbook = &rules.in_force(app.now())?.playbook;
    let level = |level: u8| playbook.grids.iter().filter(|grid| grid.level == level).count();
    Ok(vec![
        line("一级网格（乡镇、街道、园区）", 15, level(1)),
        line("二级网格（村、社区）", 321, level(2)),
        line("三级网格", 2249, level(3)),
        line("事项大类", 8, playbook.classes.len()),
        line("事项小类", 51, playbook.items.len()),
    ])
}

/// Everything filed is closed, open, declined, merged or withdrawn, each
/// counted by itself.
async fn equation(app: &App) -> Result<Line> {
    let reach = app.reach(&Caller::system());
    let all = Period { from: Instant::from_micros(0), to: app.now().plus_days(1) };
    let counts = app.store().filed_counts(app.county(), &reach, &Default::default(), all).await;
    let counts = counts.map_err(bihuan_app::Error::from)?;
    let open = app.store().open_counts(app.county(), &reach, &Default::default(), app.now()).await;
    let open: i64 = open.map_err(bihuan_app::Error::from)?.iter().map(|open| open.count).sum();
    let sum = counts.closed + open + counts.declined + counts.merged + counts.withdrawn;
    let parts = format!(
        "{} 办结 + {} 在办 + {} 不予受理 + {} 并入 + {} 撤回 = {sum}",
        counts.closed, open, counts.declined, counts.merged, counts.withdrawn
    );
    Ok(Line {
        what: "受理合计".to_owned(),
        article: counts.filed.to_string(),
        counted: parts,
        holds: counts.filed == sum,
    })
}

/// The journal read as an export of it, by the checker that needs no server.
async fn journal(app: &App) -> Result<Vec<Line>> {
    let mut reading = Reading(Verification::new([]));
    app.export_journal(&Caller::system(), &mut reading).await?;
    let report = reading.0.finish();
    Ok(vec![
        line("留痕链核对出的问题", 0, report.faults_found),
        Line {
            what: "留痕".to_owned(),
            article: format!("{} 条，全部封入检查点", report.entries),
            counted: format!("{} 条封入 {} 个检查点", report.sealed, report.checkpoints),
            holds: report.sealed == report.entries && report.checkpoints > 0,
        },
    ])
}

struct Reading(Verification);

impl LineSink for Reading {
    fn line(&mut self, text: &str) -> bihuan_app::Result<()> {
        self.0.read(text);
        Ok(())
    }
}
