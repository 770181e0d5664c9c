//! Messages by an HTTP request made from a template: the same few lines serve
//! an SMS gateway and 郑政钉.

use std::time::Duration;

use bihuan_app::ports::{Courier, Letter, PortFault, PortFuture};
use reqwest::header::{CONTENT_TYPE, HeaderName, HeaderValue};

use crate::failure::{Failure, Result};
use crate::settings::Settings;

const ANSWER_LIMIT: Duration = Duration::from_secs(20);
const DEFAULT_BODY: &str = r#"{"to":"{to}","subject":"{subject}","text":"{body}"}"#;

pub(crate) struct HttpMessage {
    client: reqwest::Client,
    url: reqwest::Url,
    body: String,
    header: Option<(HeaderName, HeaderValue)>,
}

impl HttpMessage {
    /// None unless a gateway is set up.
    pub(crate) fn open(settings: &Settings) -> Result<Option<Self>> {
        let Some(url) = settings.get("message_url") else { return Ok(None) };
        let wrong = |name: &str, why: String| Failure::Usage(format!("{name}: {why}"));
        let url = url.parse().map_err(|fault| wrong("message_url", format!("{fault}")))?;
        let body = settings.get("message_body").unwrap_or(DEFAULT_BODY).to_owned();
        let tried = fill(&body, &Letter { to: "t".into(), subject: "s".into(), body: "b".into() });
        if let Err(fault) = serde_json::from_str::<serde_json::Value>(&tried) {
            let why =
                format!("with {{to}}, {{subject}} and {{body}} filled in it is no JSON: {fault}");
            return Err(wrong("message_body", why));
        }
        let header = settings.get("message_header").map(header).transpose()?;
        let client = reqwest::Client::builder()
            .timeout(ANSWER_LIMIT)
            .build()
            .map_err(|fault| Failure::Broken(format!("HTTP: {fault}")))?;
        Ok(Some(Self { client, url, body, header }))
    }
}

impl Courier for HttpMessage {
    fn channel(&self) -> &'static str {
        "message"
    }

    fn send<'a>(&'a self, letter: &'a Letter) -> PortFuture<'a, ()> {
        Box::pin(async move {
            let mut request = self
                .client
                .post(self.url.clone())
                .header(CONTENT_TYPE, "application/json; charset=utf-8")
                .body(fill(&self.body, letter));
            if let Some((name, value)) = &self.header {
                request = request.header(name, value);
            }
            // The address may hold a token, so it stays out of what is logged.
            let answer = request
                .send()
                .await
                .map_err(|fault| PortFault::Failed(fault.without_url().to_string()))?;
            if answer.status().is_success() {
                return Ok(());
            }
            Err(PortFault::Failed(format!("the gateway answered {}", answer.status())))
        })
    }
}

/// `Name: value`
fn header(text: &str) -> Result<(HeaderName, HeaderValue)> {
    let wrong = || Failure::Usage("message_header: write Name: value".to_owned());
    let (name, value) = text.split_once(':').ok_or_else(wrong)?;
    let name = name.trim().parse().map_err(|_| wrong())?;
    let mut value: HeaderValue = value.trim().parse().map_err(|_| wrong())?;
    value.set_sensitive(true);
    Ok((name, value))
}

/// Fills a JSON template. Values go in escaped, and in one pass, so that a
/// letter can neither break out of its string nor name another placeholder.
fn fill(template: &str, letter: &Letter) -> String {
    let values = [("{to}", &letter.to), ("{subject}", &letter.subject), ("{body}", &letter.body)];
    let mut filled = String::with_capacity(template.len() + letter.body.len());
    let mut rest = template;
    while let Some(at) = rest.find('{') {
        filled.push_str(&rest[..at]);
        rest = &rest[at..];
        match values.iter().find(|(name, _)| rest.starts_with(name)) {
            Some((name, value)) => {
                filled.push_str(&escaped(value));
                rest = &rest[name.len()..];
            }
            None => {
                filled.push('{');
                rest = &rest[1..];
            }
        }
    }
    filled + rest
}

fn escaped(text: &str) -> String {
    let quoted = serde_json::Value::from(text).to_string();
    quoted.get(1..quoted.len() - 1).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_cannot_break_out_of_the_template() {
        let letter = Letter {
            to: "{body}".into(),
            subject: "\"},{\"to\":\"9".into(),
            body: "两\n行".into(),
        };
        let filled: serde_json::Value = serde_json::from_str(&fill(DEFAULT_BODY, &letter)).unwrap();
        assert_eq!(filled["to"], "{body}");
        assert_eq!(filled["subject"], letter.subject);
        assert_eq!(filled["text"], letter.body);
    }

    #[test]
    fn a_template_that_makes_no_json_is_refused() {
        let flags = vec![
            ("message_url", "https://gateway.example/send".to_owned()),
            ("message_body", "to={to}".to_owned()),
        ];
        let settings = Settings::read(None, flags).unwrap();
        assert!(matches!(HttpMessage::open(&settings), Err(Failure::Usage(_))));
    }

    #[test]
    fn a_header_is_a_name_and_a_value() {
        assert!(header("Authorization: Bearer x").is_ok());
        assert!(header("Authorization").is_err());
    }
}
