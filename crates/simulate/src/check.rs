//! What the demo promises to show, counted by the product's own queries.

use bihuan_app::{App, Caller};

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

pub async fn check(app: &App) -> Result<Vec<Line>> {
    let rules = app.rules();
    let playbook = &rules.in_force(app.now())?.playbook;
    let level = |level: u8| playbook.grids.iter().filter(|grid| grid.level == level).count();
    let _ = Caller::system();
    Ok(vec![
        line("一级网格（乡镇、街道）", 15, level(1)),
        line("二级网格（村、社区）", 321, level(2)),
        line("三级网格", 2249, level(3)),
        line("事项大类", 8, playbook.classes.len()),
        line("事项小类", 51, playbook.items.len()),
    ])
}
