//! What lies outside the process. The binary implements these; tests put
//! stepped and seeded ones in their place.

use std::pin::Pin;

use bihuan_domain::instant::Instant;

pub type PortFuture<'a, T> = Pin<Box<dyn Future<Output = Result<T, PortFault>> + Send + 'a>>;

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PortFault {
    #[error("{0} is not there")]
    NotFound(String),
    #[error("{0}")]
    Failed(String),
}

pub trait Clock: Send + Sync {
    fn now(&self) -> Instant;
}

/// Random bytes fit for keys.
pub trait Entropy: Send + Sync {
    fn fill(&self, bytes: &mut [u8]);
}

/// Photos and files, by name. `put` returns only when they are durable.
pub trait Blobs: Send + Sync {
    fn put<'a>(&'a self, name: &'a str, bytes: Vec<u8>) -> PortFuture<'a, ()>;
    fn get<'a>(&'a self, name: &'a str) -> PortFuture<'a, Vec<u8>>;
    /// Whether a file of this name lies there, be it whole or not.
    fn has<'a>(&'a self, name: &'a str) -> PortFuture<'a, bool> {
        Box::pin(async move {
            match self.get(name).await {
                Ok(_) => Ok(true),
                Err(PortFault::NotFound(_)) => Ok(false),
                Err(fault) => Err(fault),
            }
        })
    }
    fn delete<'a>(&'a self, name: &'a str) -> PortFuture<'a, ()>;
}

/// One outgoing message: no identity, no resident's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    pub to: String,
    pub subject: String,
    pub body: String,
}

/// A way messages leave: mail, or an HTTP template for SMS or 郑政钉.
pub trait Courier: Send + Sync {
    /// The channel it serves, as stored with each message.
    fn channel(&self) -> &'static str;
    fn send<'a>(&'a self, letter: &'a Letter) -> PortFuture<'a, ()>;
}
