//! What a browser may do with our answers. Everything is denied and then named:
//! no inline script or style, nothing from another host except the map tiles a
//! county configures, no framing.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

/// A Content-Security-Policy under construction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    directives: Vec<(&'static str, Vec<String>)>,
}

impl Policy {
    /// For our own pages. Deliberately without a nonce: pages stay the same for
    /// everybody, and swapped fragments need none.
    pub fn page() -> Self {
        let own = |name| (name, vec!["'self'".to_owned()]);
        let none = |name| (name, vec!["'none'".to_owned()]);
        Self {
            directives: vec![
                none("default-src"),
                own("script-src"),
                own("style-src"),
                ("img-src", ["'self'", "data:", "blob:"].map(str::to_owned).to_vec()),
                own("font-src"),
                own("connect-src"),
                own("worker-src"),
                own("manifest-src"),
                own("form-action"),
                none("base-uri"),
                none("frame-ancestors"),
            ],
        }
    }

    /// For files people sent in: shown by nobody, run by nobody.
    pub fn attachment() -> Self {
        Self {
            directives: vec![
                ("default-src", vec!["'none'".to_owned()]),
                ("sandbox", Vec::new()),
                ("frame-ancestors", vec!["'none'".to_owned()]),
            ],
        }
    }

    /// Also fetch map tiles from this origin.
    #[must_use]
    pub fn with_tiles(mut self, origin: &str) -> Self {
        for (name, sources) in &mut self.directives {
            if matches!(*name, "img-src" | "connect-src") {
                sources.push(origin.to_owned());
            }
        }
        self
    }

    fn value(&self) -> String {
        let parts: Vec<String> = self
            .directives
            .iter()
            .map(|(name, sources)| format!("{name} {}", sources.join(" ")).trim_end().to_owned())
            .collect();
        parts.join("; ")
    }

    pub fn header(&self) -> HeaderValue {
        HeaderValue::from_str(&self.value())
            .unwrap_or_else(|_| HeaderValue::from_static("default-src 'none'"))
    }
}

/// Puts the headers on every answer that has not set its own.
pub async fn guard(State(policy): State<Policy>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    set(headers, header::CONTENT_SECURITY_POLICY, policy.header());
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // A track page's address is a secret; `no-referrer` would also blank Origin.
        (header::REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (
            HeaderName::from_static("permissions-policy"),
            "geolocation=(self), camera=(self), microphone=(), payment=(), usb=()",
        ),
        (header::CACHE_CONTROL, "private, no-store"),
    ] {
        set(headers, name, HeaderValue::from_static(value));
    }
    headers.append(header::VARY, HeaderValue::from_static("HX-Request, Cookie, Accept-Language"));
    response
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: HeaderValue) {
    if !headers.contains_key(&name) {
        headers.insert(name, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::Router;
    use axum::body::Body;
    use axum::routing::get;
    use tower::ServiceExt;

    #[test]
    fn nothing_inline_or_evaluated_is_allowed() {
        let value = Policy::page().with_tiles("https://tiles.example").value();
        assert!(value.starts_with("default-src 'none'; script-src 'self'; style-src 'self';"));
        assert!(!value.contains("unsafe"));
        assert!(value.contains("frame-ancestors 'none'"));
    }

    #[test]
    fn tiles_may_be_fetched_and_shown_but_not_run() {
        let value = Policy::page().with_tiles("https://tiles.example").value();
        let allowed: Vec<&str> =
            value.split("; ").filter(|part| part.contains("tiles.example")).collect();
        assert_eq!(allowed.len(), 2);
        assert!(allowed[0].starts_with("img-src") && allowed[1].starts_with("connect-src"));
    }

    #[test]
    fn an_attachment_is_sandboxed() {
        assert_eq!(
            Policy::attachment().value(),
            "default-src 'none'; sandbox; frame-ancestors 'none'"
        );
    }

    #[tokio::test]
    async fn every_answer_carries_the_headers_and_keeps_its_own() {
        let app = Router::new()
            .route("/", get(|| async { "page" }))
            .route("/kept", get(|| async { ([(header::CACHE_CONTROL, "no-cache")], "file") }))
            .layer(axum::middleware::from_fn_with_state(Policy::page(), guard));
        let ask = |path: &str| Request::builder().uri(path).body(Body::empty()).expect("request");
        let page = app.clone().oneshot(ask("/")).await.expect("answer");
        assert_eq!(page.headers()[header::CACHE_CONTROL], "private, no-store");
        assert_eq!(page.headers()[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
        assert!(
            page.headers()[header::VARY].to_str().is_ok_and(|vary| vary.contains("HX-Request"))
        );
        let missing = app.clone().oneshot(ask("/nowhere")).await.expect("answer");
        assert!(missing.headers().contains_key(header::CONTENT_SECURITY_POLICY));
        let kept = app.oneshot(ask("/kept")).await.expect("answer");
        assert_eq!(kept.headers()[header::CACHE_CONTROL], "no-cache");
    }
}
