//! What is turned away before a route sees it.

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, Method, header};

use crate::problem::Problem;

const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Why this request goes no further.
pub(crate) fn turned_away(request: &Request) -> Option<Problem> {
    // No text may hold the character, so nothing can be found by it.
    let address = request.uri().path_and_query().map_or("", |path| path.as_str());
    if address.contains("%00") {
        return Some(Problem::NotFound);
    }
    let reads = [Method::GET, Method::HEAD, Method::OPTIONS];
    if !reads.contains(request.method()) && is_foreign(request.headers()) {
        return Some(Problem::Foreign);
    }
    None
}

/// Whether a page of another site sent this. A form's token keeps its acts out
/// already; but a form that is kept over a sign-in would be taken for the
/// person's own. Browsers that say nothing of where a form comes from, or say
/// `null`, are left to the token.
fn is_foreign(headers: &HeaderMap) -> bool {
    let text = |name: &HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text(&FETCH_SITE) {
        return !matches!(site, "same-origin" | "none");
    }
    let origin = text(&header::ORIGIN).and_then(|origin| origin.split_once("://"));
    match (origin, text(&header::HOST)) {
        (Some((_, origin)), Some(host)) => !origin.eq_ignore_ascii_case(host),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    fn sent(headers: &[(&str, &str)]) -> Request {
        let mut request = Request::post("/inbox/1/accept").header("host", "county.example");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.body(Body::empty()).expect("a request")
    }

    #[test]
    fn a_form_of_another_site_is_turned_away() {
        for headers in [
            [("sec-fetch-site", "cross-site")],
            [("sec-fetch-site", "same-site")],
            [("origin", "https://evil.example")],
            [("origin", "http://county.example:7399")],
        ] {
            assert_eq!(turned_away(&sent(&headers)), Some(Problem::Foreign), "{headers:?}");
        }
    }

    #[test]
    fn our_own_forms_and_those_of_silent_browsers_go_on() {
        assert_eq!(turned_away(&sent(&[])), None);
        for headers in [
            [("sec-fetch-site", "same-origin")],
            [("sec-fetch-site", "none")],
            [("origin", "https://county.example")],
            [("origin", "null")],
        ] {
            assert_eq!(turned_away(&sent(&headers)), None, "{headers:?}");
        }
        let link = Request::get("/").header("sec-fetch-site", "cross-site").body(Body::empty());
        assert_eq!(turned_away(&link.expect("a request")), None, "a link from elsewhere");
    }

    #[test]
    fn an_address_with_the_character_no_text_holds_leads_nowhere() {
        for address in ["/m/%00", "/search?words=a%00b"] {
            let request = Request::get(address).body(Body::empty()).expect("a request");
            assert_eq!(turned_away(&request), Some(Problem::NotFound));
        }
    }
}
