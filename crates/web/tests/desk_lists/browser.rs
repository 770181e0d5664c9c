//! The router as a browser without scripts sees it: cookies are kept, forms are
//! sent with their token.

use std::collections::BTreeMap;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use bihuan_testkit::app::{PASSWORD, Running};
use tower::ServiceExt;

const LONGEST_PAGE: usize = 4 * 1024 * 1024;

pub(crate) struct Browser {
    router: Router,
    cookies: BTreeMap<String, (String, String)>,
}

#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) to: String,
    pub(crate) page: String,
    /// As it came, for what is no page.
    pub(crate) bytes: Vec<u8>,
}

impl Answer {
    pub(crate) fn has(&self, words: &str) -> bool {
        self.page.contains(words)
    }

    /// The value of the first hidden field of this name.
    pub(crate) fn hidden(&self, name: &str) -> String {
        let start = format!("name=\"{name}\" value=\"");
        let Some((_, rest)) = self.page.split_once(&start) else {
            panic!("no field {name} in {}", self.page)
        };
        rest.split('"').next().unwrap_or_default().to_owned()
    }
}

impl Answer {
    /// All that the form with this field would send as it stands: hidden and
    /// typed values, ticked boxes, chosen options.
    pub(crate) fn form_with(&self, field: &str) -> Vec<(String, String)> {
        let form = self.page.split("<form ").find(|form| {
            let form = form.split("</form>").next().unwrap_or_default();
            form.contains(&format!("name=\"{field}\""))
        });
        let form = form.unwrap_or_else(|| panic!("no form with {field} in {}", self.page));
        let form = form.split("</form>").next().unwrap_or_default();
        let mut fields = Vec::new();
        for tag in form.split('<') {
            let Some((inside, after)) = tag.split_once('>') else { continue };
            let name = attribute(inside, "name");
            if inside.starts_with("input") {
                let is_box =
                    matches!(attribute(inside, "type").as_deref(), Some("checkbox" | "radio"));
                let is_left_out = is_box && !inside.contains(" checked");
                if !is_left_out && attribute(inside, "type").as_deref() != Some("file") {
                    fields.extend(
                        name.map(|name| (name, attribute(inside, "value").unwrap_or_default())),
                    );
                }
            } else if inside.starts_with("textarea") {
                fields.extend(name.map(|name| (name, plain(after.trim_start_matches('\n')))));
            } else if inside.starts_with("select") {
                fields.extend(name.map(|name| (name, String::new())));
            } else if inside.starts_with("option")
                && inside.ends_with(" selected")
                && let Some((_, value)) = fields.last_mut()
            {
                *value = attribute(inside, "value").unwrap_or_default();
            }
        }
        fields.retain(|(name, _)| name != "csrf");
        fields
    }
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split('"').next().map(plain)
}

fn plain(text: &str) -> String {
    let signs = [("&#34;", "\""), ("&#39;", "'"), ("&#60;", "<"), ("&#62;", ">"), ("&#38;", "&")];
    signs.iter().fold(text.to_owned(), |text, (code, sign)| text.replace(code, sign))
}

impl Browser {
    /// Someone signed in, reading Chinese.
    pub(crate) async fn signed_in(running: &Running, login: &str) -> Self {
        let options = bihuan_web::router::WebOptions::default();
        let router = bihuan_web::router::router(running.app.clone(), options);
        let signed_in = running.app.sign_in(login, PASSWORD, "test", "test").await;
        let signed_in = signed_in.unwrap_or_else(|fault| panic!("{login}: {fault}"));
        let mut browser = Self { router, cookies: BTreeMap::new() };
        browser.keep("bihuan_session", &signed_in.token, "/");
        browser.keep("bihuan_view", "zh.system.normal", "/");
        browser
    }

    fn keep(&mut self, name: &str, value: &str, path: &str) {
        self.cookies.insert(name.to_owned(), (value.to_owned(), path.to_owned()));
    }

    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        self.send("GET", path, Body::empty()).await
    }

    /// Sends a form with its token.
    pub(crate) async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        if !self.cookies.contains_key("bihuan_form") {
            self.get("/me/password").await;
        }
        let token = self.cookies.get("bihuan_form").map(|(value, _)| value.clone());
        let token = token.unwrap_or_default();
        let mut all = vec![("csrf", token.as_str())];
        all.extend_from_slice(fields);
        let body = serde_html_form::to_string(all).unwrap_or_default();
        self.send("POST", path, Body::from(body)).await
    }

    /// Sends the form of a page the way the page says: `enctype` and all.
    pub(crate) async fn submit(&mut self, page: &Answer, fields: &[(&str, &str)]) -> Answer {
        let Some((_, form)) = page.page.split_once("<form class=\"stack\" method=\"post\"") else {
            panic!("no form in {}", page.page)
        };
        let tag = form.split('>').next().unwrap_or_default();
        let action = tag.split("action=\"").nth(1).and_then(|rest| rest.split('"').next());
        let action = action.unwrap_or_default().to_owned();
        let (command, seen) = (page.hidden("command"), page.hidden("seen"));
        let mut all = vec![("command", command.as_str()), ("seen", &seen)];
        all.extend_from_slice(fields);
        if !tag.contains("multipart/form-data") {
            return self.post(&action, &all).await;
        }
        let token = page.hidden("csrf");
        let mut body = String::new();
        for (name, value) in [("csrf", token.as_str())].into_iter().chain(all) {
            body.push_str(&format!(
                "--part\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            ));
        }
        body.push_str("--part--\r\n");
        self.send_as("POST", &action, Body::from(body), "multipart/form-data; boundary=part").await
    }

    /// Sends a form in parts with its token and perhaps a file.
    pub(crate) async fn post_parts(
        &mut self,
        path: &str,
        fields: &[(&str, &str)],
        file: Option<(&str, &[u8])>,
    ) -> Answer {
        if !self.cookies.contains_key("bihuan_form") {
            self.get("/me/password").await;
        }
        let token = self.cookies.get("bihuan_form").map(|(value, _)| value.clone());
        let token = token.unwrap_or_default();
        let mut body = Vec::new();
        for (name, value) in [("csrf", token.as_str())].iter().chain(fields) {
            let head = format!("--part\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n");
            body.extend([head.as_bytes(), value.as_bytes(), b"\r\n"].concat());
        }
        if let Some((name, bytes)) = file {
            let head = format!(
                "--part\r\nContent-Disposition: form-data; name=\"file\"; \
                 filename=\"{name}\"\r\n\r\n"
            );
            body.extend([head.as_bytes(), bytes, b"\r\n"].concat());
        }
        body.extend(b"--part--\r\n");
        self.send_as("POST", path, Body::from(body), "multipart/form-data; boundary=part").await
    }

    async fn send(&mut self, method: &str, path: &str, body: Body) -> Answer {
        self.send_as(method, path, body, "application/x-www-form-urlencoded").await
    }

    async fn send_as(&mut self, method: &str, path: &str, body: Body, kind: &str) -> Answer {
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .filter(|(_, (_, within))| path.starts_with(within.as_str()))
            .map(|(name, (value, _))| format!("{name}={value}"))
            .collect();
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::COOKIE, cookies.join("; "))
            .header(header::CONTENT_TYPE, kind)
            .body(body);
        let Ok(request) = request else { panic!("no request for {path}") };
        let Ok(response) = self.router.clone().oneshot(request).await;
        let (parts, body) = response.into_parts();
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            self.set(cookie.to_str().unwrap_or_default());
        }
        let to = parts.headers.get(header::LOCATION);
        let to = to.and_then(|to| to.to_str().ok()).unwrap_or_default().to_owned();
        let bytes = to_bytes(body, LONGEST_PAGE).await.unwrap_or_default().to_vec();
        let page = String::from_utf8_lossy(&bytes).into_owned();
        Answer { status: parts.status, to, page, bytes }
    }

    fn set(&mut self, cookie: &str) {
        let mut parts = cookie.split(';').map(str::trim);
        let Some((name, value)) = parts.next().and_then(|pair| pair.split_once('=')) else {
            return;
        };
        let mut path = "/".to_owned();
        let mut is_gone = false;
        for part in parts {
            match part.split_once('=') {
                Some(("Path", value)) => value.clone_into(&mut path),
                Some(("Max-Age", "0")) => is_gone = true,
                _ => {}
            }
        }
        if is_gone {
            self.cookies.remove(name);
        } else {
            self.keep(name, value, &path);
        }
    }
}
