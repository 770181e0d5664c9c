//! Messages by mail.

use bihuan_app::ports::{Courier, Letter, PortFault, PortFuture};
use lettre::message::Mailbox;
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};

use crate::failure::{Failure, Result};
use crate::settings::Settings;

pub(crate) struct Mail {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Mail {
    /// None unless mail is set up.
    pub(crate) fn open(settings: &Settings) -> Result<Option<Self>> {
        let Some(server) = settings.get("mail") else { return Ok(None) };
        let from = settings.get("mail_from").ok_or_else(|| {
            Failure::Usage("mail is set and mail_from is not: whom is it from?".to_owned())
        })?;
        let from = from.parse().map_err(|fault| Failure::Usage(format!("mail_from: {fault}")))?;
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(server)
            .map_err(|fault| Failure::Usage(format!("mail: {fault}")))?
            .build();
        Ok(Some(Self { transport, from }))
    }

    fn message(&self, letter: &Letter) -> std::result::Result<Message, PortFault> {
        let to: Mailbox = letter
            .to
            .parse()
            .map_err(|_| PortFault::Failed("the address is not a mail address".to_owned()))?;
        Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(letter.subject.clone())
            .body(letter.body.clone())
            .map_err(|fault| PortFault::Failed(fault.to_string()))
    }
}

impl Courier for Mail {
    fn channel(&self) -> &'static str {
        "mail"
    }

    fn send<'a>(&'a self, letter: &'a Letter) -> PortFuture<'a, ()> {
        Box::pin(async move {
            let message = self.message(letter)?;
            let sent = self.transport.send(message).await;
            sent.map(|_| ()).map_err(|fault| PortFault::Failed(fault.to_string()))
        })
    }
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead as _, BufReader, Write as _};
    use std::net::TcpListener;

    use super::*;

    /// A mail server for one letter: returns what it was told.
    fn server() -> (u16, std::thread::JoinHandle<Vec<String>>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let told = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
            let mut told = Vec::new();
            let mut in_letter = false;
            stream.write_all(b"220 ready\r\n").unwrap();
            while let Some(Ok(line)) = lines.next() {
                in_letter &= line != ".";
                let answer = match line.as_str() {
                    _ if in_letter => None,
                    "DATA" => Some("354 go on\r\n"),
                    "QUIT" => Some("221 bye\r\n"),
                    _ => Some("250 ok\r\n"),
                };
                in_letter |= line == "DATA";
                told.push(line);
                if let Some(answer) = answer {
                    stream.write_all(answer.as_bytes()).unwrap();
                }
                if told.last().is_some_and(|line| line == "QUIT" || line == ".") {
                    break;
                }
            }
            told
        });
        (port, told)
    }

    fn mail(port: u16) -> Mail {
        let url = format!("smtp://127.0.0.1:{port}");
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(&url).unwrap().build();
        Mail { transport, from: "bihuan@county.example".parse().unwrap() }
    }

    fn letter(to: &str) -> Letter {
        Letter {
            to: to.into(), subject: "今天到期1件".into(), body: "请登录查看。".into()
        }
    }

    #[tokio::test]
    async fn a_letter_is_handed_to_the_mail_server() {
        let (port, told) = server();
        mail(port).send(&letter("handler@county.example")).await.unwrap();
        let told = told.join().unwrap().join("\n");
        assert!(told.contains("MAIL FROM:<bihuan@county.example>"), "{told}");
        assert!(told.contains("RCPT TO:<handler@county.example>"), "{told}");
        assert!(told.contains("Subject: =?utf-8?b?"), "{told}");
    }

    #[tokio::test]
    async fn a_server_that_is_not_there_or_an_address_that_is_none_is_a_fault() {
        let closed = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = closed.local_addr().unwrap().port();
        drop(closed);
        assert!(mail(port).send(&letter("handler@county.example")).await.is_err());
        assert!(mail(port).send(&letter("13800000000")).await.is_err());
    }
}
