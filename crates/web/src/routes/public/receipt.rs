//! `GET /receipt/{code}` and the receipt as a file.

use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use crate::pages::public::receipt::{Proof, Receipt};
use crate::problem::Problem;
use crate::routes::address::Sender;
use crate::routes::page::Shown;
use crate::routes::site::{Site, problem};
use crate::shell::Shell;

#[derive(Deserialize)]
pub(super) struct Again {
    again: Option<u8>,
}

pub(super) async fn page(
    State(site): State<Site>,
    shell: Shell,
    Sender(from): Sender,
    Path(code): Path<String>,
    Query(query): Query<Again>,
) -> Result<Response, Problem> {
    let tracked = site.app.tracked(&code, &from).await.map_err(problem)?;
    let code = tracked.code.compact();
    let page = Receipt {
        number: tracked.matter.number.to_string(),
        track_url: format!("{}/t/{code}", site.options.base_url),
        code,
        proof: proof(tracked.sealed),
        repeated: query.again.is_some(),
        shell,
    };
    Ok(Shown(page).into_response())
}

pub(super) fn proof(sealed: Option<u64>) -> Proof {
    sealed.map_or(Proof::Waiting, |entries| Proof::Sealed { entries })
}

/// The receipt that `bihuan verify` reads.
pub(super) async fn json(
    State(site): State<Site>,
    Sender(from): Sender,
    Path(code): Path<String>,
) -> Result<Response, Problem> {
    let (code, matter) = site.app.open_code(&code, &from).await.map_err(problem)?;
    let receipt = site.app.receipt(code, matter).await.map_err(problem)?;
    let number = receipt.number.to_string();
    let body = serde_json::to_string_pretty(&receipt)
        .map_err(|fault| problem(bihuan_app::Error::Internal(format!("a receipt: {fault}"))))?;
    let headers = [
        (header::CONTENT_TYPE, "application/json".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"receipt-{number}.json\"")),
    ];
    Ok((headers, body).into_response())
}
