//! Whoever sits behind one connection: a resident, or a post signed in.

use axum::body::{Body, to_bytes};
use axum::http::{Request, Response, StatusCode, header};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

const LONGEST: usize = 16 << 20;
const BOUNDARY: &str = "bihuan-bench";

pub(crate) struct Client {
    sender: SendRequest<Body>,
    cookies: Vec<(String, String)>,
}

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) location: Option<String>,
    pub(crate) body: String,
}

impl Client {
    pub(crate) async fn connect(address: &str) -> Self {
        let stream = TcpStream::connect(address).await.unwrap();
        stream.set_nodelay(true).unwrap();
        let (sender, connection) = handshake(TokioIo::new(stream)).await.unwrap();
        tokio::spawn(connection);
        Self { sender, cookies: Vec::new() }
    }

    /// A resident who opened the report's form.
    pub(crate) async fn resident(address: &str) -> Self {
        let mut client = Self::connect(address).await;
        client.get("/report").await;
        client
    }

    /// Somebody with a post.
    pub(crate) async fn signed_in(address: &str, login: &str, password: &str) -> Self {
        let mut client = Self::connect(address).await;
        client.get("/sign-in").await;
        let fields = [("name", login), ("password", password)];
        let answer = client.post("/sign-in", "127.0.0.1", &fields).await;
        assert!(answer.status.is_redirection(), "{login}: {}", answer.status);
        // Its forms have a token of their own.
        client.get("/").await;
        client
    }

    /// The same visitor on another connection.
    pub(crate) async fn again(&self, address: &str) -> Self {
        let mut client = Self::connect(address).await;
        client.cookies.clone_from(&self.cookies);
        client
    }

    /// The token of this visitor's forms.
    pub(crate) fn token(&self) -> &str {
        let token = self.cookies.iter().find(|(name, _)| name == "bihuan_form");
        token.map_or("", |(_, value)| value)
    }

    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        let request = Request::get(path);
        self.send(request, None, Body::empty()).await
    }

    /// A form of typed fields, from this address.
    pub(crate) async fn post(&mut self, path: &str, from: &str, fields: &[(&str, &str)]) -> Answer {
        let typed = typed(self.token(), fields);
        let request = Request::post(path).header("x-forwarded-for", from);
        self.send(request, Some("application/x-www-form-urlencoded"), typed.into()).await
    }

    /// A form that may carry files and carries none: the desk's steps are such.
    pub(crate) async fn upload(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = parts(self.token(), fields);
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        self.send(Request::post(path), Some(&kind), body.into()).await
    }

    async fn send(
        &mut self,
        request: axum::http::request::Builder,
        kind: Option<&str>,
        body: Body,
    ) -> Answer {
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut request = request.header(header::HOST, "county.example");
        if !cookies.is_empty() {
            request = request.header(header::COOKIE, cookies.join("; "));
        }
        if let Some(kind) = kind {
            request = request.header(header::CONTENT_TYPE, kind);
        }
        self.sender.ready().await.unwrap();
        let response = self.sender.send_request(request.body(body).unwrap()).await.unwrap();
        self.keep_cookies(&response);
        let (parts, body) = response.into_parts();
        let location = parts.headers.get(header::LOCATION);
        let location = location.and_then(|to| to.to_str().ok()).map(ToOwned::to_owned);
        let body = to_bytes(Body::new(body), LONGEST).await.unwrap();
        Answer { status: parts.status, location, body: String::from_utf8_lossy(&body).into_owned() }
    }

    fn keep_cookies<B>(&mut self, response: &Response<B>) {
        for line in response.headers().get_all(header::SET_COOKIE) {
            let pair = line.to_str().unwrap().split(';').next().unwrap_or_default();
            let Some((name, value)) = pair.split_once('=') else { continue };
            self.cookies.retain(|(kept, _)| kept != name);
            self.cookies.push((name.to_owned(), value.to_owned()));
        }
    }
}

fn parts(token: &str, fields: &[(&str, &str)]) -> String {
    let part = |(name, value): &(&str, &str)| {
        format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        )
    };
    let parts: String = [("csrf", token)].iter().chain(fields).map(part).collect();
    format!("{parts}--{BOUNDARY}--\r\n")
}

fn typed(token: &str, fields: &[(&str, &str)]) -> String {
    let mut typed = form_urlencoded::Serializer::new(String::new());
    typed.append_pair("csrf", token).extend_pairs(fields).finish()
}
