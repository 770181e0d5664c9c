//! A ledger as a file: the columns, filters and order of the page, all rows.

use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use bihuan_app::queries::ledger::MOST_EXPORTED;
use bihuan_documents::table_out::{self, Format, Sheet};

use super::asked::Request;
use super::row::Teller;
use crate::problem::Problem;
use crate::routes::site::{SignedIn, Site, problem};
use crate::shell::Shell;

pub(super) async fn xlsx(
    site: State<Site>,
    who: SignedIn,
    shell: Shell,
    query: Query<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    export(site, who, shell, query, Format::Xlsx).await
}

pub(super) async fn csv(
    site: State<Site>,
    who: SignedIn,
    shell: Shell,
    query: Query<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    export(site, who, shell, query, Format::Csv).await
}

async fn export(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    Query(pairs): Query<Vec<(String, String)>>,
    format: Format,
) -> Result<Response, Problem> {
    let request = Request::read(pairs)?;
    let ledger = site.app.ledger_rows(&session.caller, &request.asked).await.map_err(problem)?;
    let lang = shell.lang();
    let is_cut = usize::try_from(ledger.count).is_ok_and(|count| count > MOST_EXPORTED);
    let teller = Teller { lang, calendar: ledger.calendar, now: ledger.now };
    let columns = request.columns();
    let title =
        if is_cut { cut_words(&shell, ledger.count) } else { lang.tr("ledger-title").into_owned() };
    let sheet =
        Sheet { title, columns: teller.typed_columns(&columns), made_at: ledger.now.civil() };
    let name = file_name(&shell, is_cut, format);
    let lines = ledger.lines;
    // Five thousand rows of a workbook take long enough to hold up a page.
    let written = tokio::task::spawn_blocking(move || {
        let rows = lines.iter().map(|line| teller.typed(&columns, line));
        table_out::write(format, &sheet, rows, Vec::new())
    });
    let bytes = match written.await {
        Ok(Ok(bytes)) => bytes,
        Ok(Err(fault)) => return Err(broken(&fault)),
        Err(fault) => return Err(broken(&fault)),
    };
    let headers = [
        (header::CONTENT_TYPE, format.media_type().to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    Ok((headers, bytes).into_response())
}

/// `ledger-2022-09-28.csv`; a file that is not whole says so in its name, as a
/// CSV has no other place for it.
fn file_name(shell: &Shell, is_cut: bool, format: Format) -> String {
    let first = if is_cut { format!("-first-{MOST_EXPORTED}") } else { String::new() };
    format!("ledger-{}{first}.{}", shell.today.date, format.extension())
}

pub(super) fn cut_words(shell: &Shell, count: i64) -> String {
    let most = i64::try_from(MOST_EXPORTED).unwrap_or(i64::MAX);
    shell.say("ledger-cut").with("n", count).with("most", most).to_string()
}

fn broken(fault: &dyn std::fmt::Display) -> Problem {
    tracing::error!(%fault, "a ledger could not be written");
    Problem::Internal { operation: "export".to_owned() }
}
