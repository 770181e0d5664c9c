//! Where a request comes from, for counting wrong attempts.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;

/// A network address, as text. One IPv6 subscriber has a whole /64 to choose
/// from, so that much of it counts as one.
pub(crate) struct Sender(pub(crate) String);

impl<S: Send + Sync> FromRequestParts<S> for Sender {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        let from = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        Ok(Self(from.map_or_else(|| "local".to_owned(), |from| written(from.0.ip()))))
    }
}

fn written(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_subscriber_count_as_one() {
        let one = written("2001:db8:1:2::5".parse().unwrap());
        assert_eq!(one, written("2001:db8:1:2:ffff::9".parse().unwrap()));
        assert_ne!(one, written("2001:db8:1:3::5".parse().unwrap()));
        assert_eq!(written("::ffff:192.0.2.1".parse().unwrap()), "192.0.2.1");
    }
}
