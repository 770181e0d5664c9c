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
