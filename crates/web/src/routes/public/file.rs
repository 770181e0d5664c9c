//! Photos residents may see: their own, those chosen for the answer, and those
//! of a form that is still being filled.

use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use bihuan_app::queries::Blob;

use crate::csp::Policy;
use crate::problem::Problem;
use crate::routes::address::Sender;
use crate::routes::site::{Site, problem};

pub(super) async fn photo(
    State(site): State<Site>,
    Sender(from): Sender,
    Path((code, id)): Path<(String, String)>,
) -> Result<Response, Problem> {
    site.app.tracked_photo(&code, &id, false, &from).await.map(shown).map_err(problem)
}

pub(super) async fn photo_thumb(
    State(site): State<Site>,
    Sender(from): Sender,
    Path((code, id)): Path<(String, String)>,
) -> Result<Response, Problem> {
    site.app.tracked_photo(&code, &id, true, &from).await.map(shown).map_err(problem)
}

pub(super) async fn draft_thumb(
    State(site): State<Site>,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    site.app.draft(&id, true).await.map(shown).map_err(problem)
}

/// Pictures we wrote ourselves are shown; anything else is only downloaded.
pub(crate) fn shown(blob: Blob) -> Response {
    let is_picture = blob.kind == "image/jpeg";
    let disposition = if is_picture { "inline".to_owned() } else { saved_as(&blob.name) };
    let kind = HeaderValue::from_str(&blob.kind)
        .unwrap_or_else(|_| HeaderValue::from_static("application/octet-stream"));
    let disposition = HeaderValue::from_str(&disposition)
        .unwrap_or_else(|_| HeaderValue::from_static("attachment"));
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_DISPOSITION, disposition),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (header::CONTENT_SECURITY_POLICY, Policy::attachment().header()),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache")),
    ];
    (headers, blob.bytes).into_response()
}

/// RFC 6266 with the name in UTF-8.
pub(crate) fn saved_as(name: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    let encoded: String = name
        .bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect();
    format!("attachment; filename*=UTF-8''{encoded}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pictures_we_wrote_are_shown_in_the_browser() {
        let blob = |kind: &str| Blob {
            bytes: Vec::new(),
            kind: kind.to_owned(),
            name: "证明 1.pdf".to_owned(),
        };
        let picture = shown(blob("image/jpeg"));
        assert_eq!(picture.headers()[header::CONTENT_DISPOSITION], "inline");
        let paper = shown(blob("application/pdf"));
        assert_eq!(
            paper.headers()[header::CONTENT_DISPOSITION],
            "attachment; filename*=UTF-8''%E8%AF%81%E6%98%8E%201.pdf"
        );
        for answer in [&picture, &paper] {
            assert_eq!(answer.headers()[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
            let policy = &answer.headers()[header::CONTENT_SECURITY_POLICY];
            assert!(policy.to_str().is_ok_and(|policy| policy.contains("sandbox")));
        }
    }
}
