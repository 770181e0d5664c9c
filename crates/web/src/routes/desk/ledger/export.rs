//! A ledger as a file: the columns, filters and order of the page, all rows.

use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use bihuan_app::queries::ledger::MOST_EXPORTED;
use bihuan_documents::table_out::{self, Format, Sheet};

use super::asked::Request;
use super::row::Teller;
use crate::pages::desk::ledger::LedgerColumn;
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
    let columns = request.columns();
    let wanted = LedgerColumn::wanted(&columns);
    let ledger = site
        .app
        .ledger_rows(&session.caller, &request.asked, wanted, MOST_EXPORTED)
        .await
        .map_err(problem)?;
    let saved = site.app.saved_ledgers(&session.caller).await.map_err(problem)?;
    let saved = saved.into_iter().find(|one| Some(&one.id) == request.saved.as_ref());
    let lang = shell.lang();
    let cut = cut_words(&shell, ledger.count);
    let name = file_name(&shell, cut.is_some(), format);
    let teller = Teller { lang, calendar: ledger.calendar, now: ledger.now };
    let title = cut.or_else(|| saved.map(|one| one.name));
    let title = title.unwrap_or_else(|| lang.tr(request.of.title().0).into_owned());
    let sheet =
        Sheet { title, columns: teller.typed_columns(&columns), made_at: ledger.now.civil() };
    let lines = ledger.lines;
    // Five thousand rows of a workbook take long enough to hold up a page.
    let written = tokio::task::spawn_blocking(move || {
        let rows = lines.iter().enumerate().map(|(at, line)| teller.typed(at, &columns, line));
        table_out::write(format, &sheet, rows, Vec::new())
    });
    let bytes = match written.await {
        Ok(Ok(bytes)) => bytes,
        Ok(Err(fault)) => return Err(broken(&fault)),
        Err(fault) => return Err(broken(&fault)),
    };
    Ok(attached(format, &name, bytes))
}

/// A file to keep, not to show.
pub(in crate::routes::desk) fn attached(format: Format, name: &str, bytes: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, format.media_type().to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    (headers, bytes).into_response()
}

/// `ledger-2022-09-28.csv`; a file that is not whole says so in its name, as a
/// CSV has no other place for it.
fn file_name(shell: &Shell, is_cut: bool, format: Format) -> String {
    let first = if is_cut { format!("-first-{MOST_EXPORTED}") } else { String::new() };
    format!("ledger-{}{first}.{}", shell.today.date, format.extension())
}

/// That a file of so many matters holds the first of them only.
pub(super) fn cut_words(shell: &Shell, count: i64) -> Option<String> {
    let most = i64::try_from(MOST_EXPORTED).unwrap_or(i64::MAX);
    (count > most).then(|| shell.say("ledger-cut").with("n", count).with("most", most).to_string())
}

pub(in crate::routes::desk) fn broken(fault: &dyn std::fmt::Display) -> Problem {
    tracing::error!(%fault, "a table could not be written");
    Problem::Internal { operation: "export".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Lang;
    use crate::sample;

    #[test]
    fn a_file_that_is_not_whole_says_so_and_a_whole_one_does_not() {
        let shell = sample::desk(Lang::En, "/ledger", "nav-ledgers");
        assert_eq!(cut_words(&shell, 5_000), None);
        let words = cut_words(&shell, 5_001).expect("a sentence");
        assert!(words.contains("5,001") && words.contains("first 5,000"), "{words}");
        let day = shell.today.date;
        let name = file_name(&shell, true, Format::Csv);
        assert_eq!(name, format!("ledger-{day}-first-5000.csv"));
        assert_eq!(file_name(&shell, false, Format::Xlsx), format!("ledger-{day}.xlsx"));
    }
}
