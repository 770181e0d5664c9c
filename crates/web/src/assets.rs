//! Style sheets and scripts, embedded from `dist/`, which `make assets` fills.
//! `manifest.json` maps a logical name (`public.css`) to the hashed one
//! (`public.3f9a1c.css`), which may be cached for ever.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use axum::body::Body;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/dist"]
struct Files;

static MANIFEST: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    Files::get("manifest.json")
        .and_then(|file| serde_json::from_slice(&file.data).ok())
        .unwrap_or_default()
});

/// Address of a bundled file by its logical name.
pub fn url(name: &str) -> String {
    let file = MANIFEST.get(name).map_or(name, String::as_str);
    format!("/assets/{}", file.trim_start_matches("/assets/"))
}

/// `GET /assets/{name}`
pub async fn serve(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let Some(file) = Files::get(&name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let etag =
        format!("\"{}\"", data_encoding::HEXLOWER.encode(&file.metadata.sha256_hash()[..16]));
    let cache = cache_rule(&name);
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    if known.is_some_and(|known| known.split(',').any(|tag| tag.trim() == etag)) {
        return (StatusCode::NOT_MODIFIED, [(header::ETAG, etag), (header::CACHE_CONTROL, cache)])
            .into_response();
    }
    let content_type = content_type(&name).to_owned();
    (
        [
            (header::CONTENT_TYPE, content_type),
            (header::ETAG, etag),
            (header::CACHE_CONTROL, cache),
        ],
        Body::from(file.data.into_owned()),
    )
        .into_response()
}

/// `GET /sw.js`: at the root, so that it may serve every page.
pub async fn service_worker(headers: HeaderMap) -> Response {
    serve(Path("sw.js".to_owned()), headers).await
}

/// `GET /favicon.ico`: browsers ask for it by themselves, on pages that name no icon.
pub async fn icon(headers: HeaderMap) -> Response {
    serve(Path("icon.svg".to_owned()), headers).await
}

/// Hashed names never change their content; the service worker and other fixed
/// names must be asked for again.
fn cache_rule(name: &str) -> String {
    let hashed = MANIFEST.iter().any(|(logical, file)| file.ends_with(name) && logical != file);
    if hashed { "public, max-age=31536000, immutable" } else { "no-cache" }.to_owned()
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "webp" => "image/webp",
        "jpg" | "jpeg" => "image/jpeg",
        "ico" => "image/x-icon",
        "pbf" => "application/x-protobuf",
        "wasm" => "application/wasm",
        _ => "application/octet-stream",
    }
}

/// A page's text with logical names, so that kept pages do not change with
/// every change of a style sheet.
#[cfg(test)]
pub(crate) fn without_hashes(html: String) -> String {
    MANIFEST.iter().fold(html, |html, (logical, file)| {
        html.replace(&format!("/assets/{file}"), &format!("/assets/{logical}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_unknown_file_is_not_found() {
        let answer = serve(Path("no-such.css".to_owned()), HeaderMap::new()).await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND);
    }

    #[test]
    fn a_name_outside_the_manifest_must_be_asked_for_again() {
        assert_eq!(cache_rule("no-such.css"), "no-cache");
    }

    #[test]
    fn scripts_and_styles_have_their_types() {
        assert_eq!(content_type("a.3f.css"), "text/css; charset=utf-8");
        assert_eq!(content_type("a.js"), "text/javascript; charset=utf-8");
        assert_eq!(content_type("a"), "application/octet-stream");
    }
}
