//! A page as an answer.

use askama::Template;
use axum::response::{Html, IntoResponse, Response};

use crate::problem::Problem;

/// Renders a template; one that cannot be rendered is a broken thing, not a
/// half page.
pub(crate) struct Shown<T>(pub(crate) T);

impl<T: Template> IntoResponse for Shown<T> {
    fn into_response(self) -> Response {
        match self.0.render() {
            Ok(html) => Html(html).into_response(),
            Err(fault) => {
                tracing::error!(%fault, "a page could not be rendered");
                Problem::Internal { operation: "render".to_owned() }.into_response()
            }
        }
    }
}
