//! What the demo promises to show, counted by the product's own queries.

use bihuan_app::queries::{Filed, LineSink, Period};
use bihuan_app::{App, Caller};
use bihuan_domain::instant::Instant;
use bihuan_domain::journal::{Line as JournalLine, Verification};

use crate::Result;
use crate::full::Size;
use crate::script::Script;

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
    lines.extend(supervised(app).await?);
    lines.extend(journal(app).await?);
    Ok(lines)
}

/// The same for a county built to this size.
pub async fn check_full(app: &App, size: &Size) -> Result<Vec<Line>> {
    let mut lines = check(app).await?;
    lines.extend(of_size(app, size).await?);
    Ok(lines)
}

async fn of_size(app: &App, size: &Size) -> Result<Vec<Line>> {
    let workers = app.grid_workers_counted().await?;
    let (filed, open) = reported(app).await?;
    let least = i64::try_from(size.reports).unwrap_or(i64::MAX);
    let percent = i64::try_from(size.closed_percent).unwrap_or(i64::MAX);
    let accepted = filed.closed + open;
    Ok(vec![
        line("网格员", size.workers, workers),
        Line {
            what: "群众反映".to_owned(),
            article: format!("{least} 件以上"),
            counted: format!("{} 件", filed.filed),
            holds: filed.filed >= least,
        },
        Line {
            what: "办结率，办结 ÷（办结 + 在办）".to_owned(),
            article: format!("{percent}%"),
            counted: format!("{} = {} ÷ {accepted}", rate(filed.closed, accepted), filed.closed),
            // As printed: rounded to a whole percent.
            holds: accepted > 0 && (filed.closed * 200 + accepted) / (accepted * 2) == percent,
        },
    ])
}

/// In hundredths of a percent, rounded down: all but one is not all.
fn rate(part: i64, whole: i64) -> String {
    let rate = part * 10_000 / whole.max(1);
    format!("{}.{:02}%", rate / 100, rate % 100)
}

fn catalogue(app: &App) -> Result<Vec<Line>> {
    let rules = app.rules();
    let playbook = &rules.in_force(app.now())?.playbook;
    if playbook.items.is_empty() {
        return Ok(Vec::new());
    }
    let level = |level: u8| playbook.grids.iter().filter(|grid| grid.level == level).count();
    Ok(vec![
        line("一级网格（乡镇、街道、园区）", 15, level(1)),
        line("二级网格（村、社区）", 321, level(2)),
        line("三级网格", 2249, level(3)),
        line("事项大类", 8, playbook.classes.len()),
        line("事项小类", 51, playbook.items.len()),
    ])
}

/// What was reported, and how much of it is open.
pub(crate) async fn reported(app: &App) -> Result<(Filed, i64)> {
    let reach = app.reach(&Caller::system());
    let all = Period { from: Instant::from_micros(0), to: app.now().plus_days(1) };
    let reported = app.of_catalogue(Default::default());
    let counts = app.store().filed_counts(app.county(), &reach, &reported, all).await;
    let counts = counts.map_err(bihuan_app::Error::from)?;
    let open = app.store().open_counts(app.county(), &reach, &reported, app.now()).await;
    let open = open.map_err(bihuan_app::Error::from)?;
    Ok((counts, open.iter().map(|open| open.count).sum()))
}

/// Everything reported is closed, open, declined, merged or withdrawn, each
/// counted by itself.
async fn equation(app: &App) -> Result<Line> {
    let (counts, open) = reported(app).await?;
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

/// Tasks, then findings, notices and units: as the newspaper printed them, or as
/// they must agree with themselves.
async fn supervised(app: &App) -> Result<Vec<Line>> {
    let script = Script::of(app.county().as_str());
    if script.meetings.is_empty() {
        return Ok(Vec::new());
    }
    let tasks = app.tasks_counted().await?;
    let article = script.article.tasks.unwrap_or_else(|| {
        let meetings = script.meetings.iter();
        let done: usize = meetings.clone().map(|meeting| meeting.done).sum();
        let open: usize = meetings.map(|meeting| meeting.open).sum();
        let whole = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        (whole(done + open), whole(done), whole(open))
    });
    let (all, done, on_track) = article;
    let mut lines = vec![
        line(
            "督办事项",
            format!("{all} 项 = {done} 办结 + {on_track} 正常推进"),
            format!("{} 项 = {} 办结 + {} 正常推进", tasks.all, tasks.done, tasks.on_track),
        ),
        line("督办事项逾期", 0, tasks.overdue),
    ];
    let rectified = app.rectified().await?;
    if let Some((findings, notices, units)) = script.article.rectified {
        let counted = (rectified.covered, rectified.notices, rectified.units);
        lines.push(line(
            "问题 → 整改通知书 → 通报单位",
            format!("{findings} 个 → {notices} 份 → {units} 家"),
            format!("{} 个 → {} 份 → {} 家", counted.0, counted.1, counted.2),
        ));
        lines.push(line("登记的问题全部有通知书", rectified.findings, rectified.covered));
    }
    lines.push(line("整改类型", 4, rectified.kinds));
    if script.campaigns.iter().any(|campaign| campaign.look_back.is_some()) {
        let again = rectified.reopened;
        lines.push(Line {
            what: "回头看未到位，重新办理并入新一轮".to_owned(),
            article: format!("{again} 个"),
            counted: format!("{} 个", rectified.found_again),
            holds: again > 0 && again == rectified.found_again,
        });
    }
    Ok(lines)
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

    fn take(&mut self, line: JournalLine) -> bihuan_app::Result<()> {
        self.0.accept(line);
        Ok(())
    }
}
