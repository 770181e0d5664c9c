//! A server under test, and residents who report to it over HTTP.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use rustix::process::Pid;

use crate::begun::Place;

/// How a form in parts is announced.
pub(crate) const PARTS: &str = "multipart/form-data; boundary=XX";

pub(crate) struct Serving {
    child: Child,
    pub(crate) lines: Vec<String>,
}

impl Serving {
    pub(crate) fn start(place: &Place, words: &[&str]) -> Self {
        Self::run(place.command(words))
    }

    pub(crate) fn run(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        let mut lines = Vec::new();
        for line in out.lines() {
            lines.push(line.unwrap());
            if lines.last().unwrap().starts_with("Listening on ") {
                break;
            }
        }
        Self { child, lines }
    }

    /// The data of the place, to residents of many addresses.
    pub(crate) fn to_residents(place: &Place) -> Self {
        place.write("bihuan.toml", "trusted_proxies = \"127.0.0.1\"\n");
        Self::start(place, &["serve", "--listen", "127.0.0.1:0"])
    }

    pub(crate) fn url(&self) -> &str {
        self.lines.last().unwrap().strip_prefix("Listening on ").unwrap()
    }

    pub(crate) fn address(&self) -> String {
        self.url().strip_prefix("http://").unwrap().to_owned()
    }

    pub(crate) fn id(&self) -> Pid {
        Pid::from_child(&self.child)
    }

    /// Asks it to stop as an init system does.
    pub(crate) fn ask_to_stop(&self) {
        let asked = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        assert!(asked.unwrap().success());
    }

    /// Stops it; returns its exit code.
    pub(crate) fn stop(mut self) -> Option<i32> {
        self.ask_to_stop();
        self.child.wait().unwrap().code()
    }

    /// Ends it as a power failure does, but for the disk.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// A test that fails leaves no server behind.
impl Drop for Serving {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// Whoever reports from one address.
#[derive(Clone)]
pub(crate) struct Resident {
    server: String,
    token: String,
    from: String,
    /// Of an officer who signed in.
    session: Option<String>,
}

impl Resident {
    /// None while nobody answers.
    pub(crate) fn new(server: &str, number: u8) -> Option<Self> {
        let mut resident = Self {
            server: server.to_owned(),
            token: String::new(),
            from: format!("203.0.113.{number}"),
            session: None,
        };
        let answer = resident.send("GET /report", "")?;
        resident.token = cookie(&answer, "bihuan_form")?;
        Some(resident)
    }

    /// The same browser at another node, or under another address.
    pub(crate) fn elsewhere(&self, server: &str, from: String) -> Self {
        Self { server: server.to_owned(), from, ..self.clone() }
    }

    pub(crate) fn signs_in(&mut self, name: &str, password: &str) {
        let body = format!("csrf={}&name={name}&password={password}", self.token);
        let answer = self.send("POST /sign-in", &body).unwrap();
        assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");
        self.session = cookie(&answer, "bihuan_session");
        self.token = cookie(&answer, "bihuan_form").unwrap();
    }

    pub(crate) fn changes_password(&self, old: &str, new: &str) {
        let body = format!("csrf={}&current={old}&new={new}&again={new}", self.token);
        let answer = self.send("POST /me/password", &body).unwrap();
        assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");
    }

    /// Files a report; its code, once it was acknowledged.
    pub(crate) fn report(&self, command: u128) -> Option<String> {
        let answer = self.sends(command)?;
        assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");
        code_of(&answer)
    }

    /// The whole answer to a report.
    pub(crate) fn sends(&self, command: u128) -> Option<String> {
        let id = uuid::Uuid::from_u128(command);
        let body = format!(
            "csrf={}&command={id}&words=The+lamp+no.+{command}+is+out&address=Jingcheng+Road",
            self.token
        );
        self.send("POST /report", &body)
    }

    /// The same with a photo.
    pub(crate) fn report_with(&self, command: u128, photo: &[u8]) -> Option<String> {
        let answer = self.sends_with(command, photo)?;
        assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");
        code_of(&answer)
    }

    pub(crate) fn sends_with(&self, command: u128, photo: &[u8]) -> Option<String> {
        self.send_as("POST /report", PARTS, &self.form_with(command, photo))
    }

    /// A form with a photo, in parts.
    pub(crate) fn form_with(&self, command: u128, photo: &[u8]) -> Vec<u8> {
        let id = uuid::Uuid::from_u128(command).to_string();
        let fields =
            [("csrf", &*self.token), ("command", &*id), ("words", "Out"), ("address", "Jingcheng")];
        let mut body = Vec::new();
        for (name, value) in fields {
            write!(
                body,
                "--XX\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            )
            .unwrap();
        }
        body.extend(b"--XX\r\nContent-Disposition: form-data; name=\"photo\"; ");
        body.extend(b"filename=\"lamp.png\"\r\nContent-Type: image/png\r\n\r\n");
        body.extend(photo);
        body.extend(b"\r\n--XX--\r\n");
        body
    }

    pub(crate) fn get(&self, path: &str) -> String {
        self.send(&format!("GET {path}"), "").unwrap()
    }

    /// Whether the county knows a report by its code.
    pub(crate) fn finds(&self, code: &str) -> bool {
        let answer = self.send(&format!("GET /t/{code}"), "").unwrap();
        answer.starts_with("HTTP/1.1 200")
    }

    fn send(&self, line: &str, body: &str) -> Option<String> {
        self.send_as(line, "application/x-www-form-urlencoded", body.as_bytes())
    }

    /// One request on a connection of its own; none when it is not answered in full.
    fn send_as(&self, line: &str, kind: &str, body: &[u8]) -> Option<String> {
        let stream = TcpStream::connect(&self.server).ok()?;
        self.send_on(stream, line, kind, body)
    }

    /// The same on a connection that is open already.
    pub(crate) fn send_on(
        &self,
        mut stream: TcpStream,
        line: &str,
        kind: &str,
        body: &[u8],
    ) -> Option<String> {
        let session = self.session.as_deref().unwrap_or_default();
        write!(
            stream,
            "{line} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nX-Forwarded-For: {}\r\n\
             Cookie: bihuan_form={}; bihuan_session={session}\r\nContent-Type: {kind}\r\n\
             Content-Length: {}\r\n\r\n",
            self.server,
            self.from,
            self.token,
            body.len()
        )
        .ok()?;
        stream.write_all(body).ok()?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).ok()?;
        let answer = String::from_utf8(answer).ok()?;
        answer.contains("\r\n\r\n").then_some(answer)
    }
}

fn cookie(answer: &str, name: &str) -> Option<String> {
    let set = answer.split(&format!("{name}=")).nth(1)?;
    Some(set.split(';').next()?.to_owned())
}

/// The code of a receipt.
pub(crate) fn code_of(answer: &str) -> Option<String> {
    let code = answer.split("/receipt/").nth(1)?;
    Some(code.chars().take_while(char::is_ascii_alphanumeric).collect())
}
