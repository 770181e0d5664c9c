//! Where a request comes from, for counting what one address does.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use ipnet::IpNet;

use super::site::Site;

const FORWARDED: &str = "x-forwarded-for";

/// The reverse proxies in front of us. Only what they say about the address a
/// request comes from is believed; anybody can write a header.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrustedProxies(Vec<IpNet>);

impl FromStr for TrustedProxies {
    type Err = String;

    /// Addresses and networks with commas between them.
    fn from_str(text: &str) -> Result<Self, String> {
        let named = text.split(',').map(str::trim).filter(|one| !one.is_empty());
        named.map(network).collect::<Result<_, _>>().map(Self)
    }
}

fn network(text: &str) -> Result<IpNet, String> {
    let whole = text.parse::<IpAddr>().map(IpNet::from);
    whole.or_else(|_| text.parse()).map_err(|_| {
        format!("`{text}` is no address and no network; write e.g. 127.0.0.1, 10.0.0.0/8")
    })
}

impl TrustedProxies {
    fn trusts(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&address))
    }

    /// The address a connection counts under; none for a proxy, behind which are
    /// many.
    pub fn counted(&self, peer: IpAddr) -> Option<String> {
        let peer = peer.to_canonical();
        (!self.trusts(peer)).then(|| written(peer))
    }

    /// Each proxy writes down on the right who spoke to it, so the header is read
    /// from there for as long as the one who speaks is trusted. What stands
    /// further left was written by whoever wanted to.
    fn sender(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let mut sender = peer.to_canonical();
        let lines = headers.get_all(FORWARDED).iter().filter_map(|line| line.to_str().ok());
        let hops: Vec<&str> = lines.flat_map(|line| line.split(',')).collect();
        for hop in hops.into_iter().rev() {
            let Some(before) = address(hop.trim()).filter(|_| self.trusts(sender)) else { break };
            sender = before;
        }
        sender
    }
}

/// Some proxies write the port too.
fn address(hop: &str) -> Option<IpAddr> {
    let with_port = || hop.parse::<SocketAddr>().map(|hop| hop.ip());
    hop.parse().or_else(|_| with_port()).ok().map(|address: IpAddr| address.to_canonical())
}

/// A network address, as text. One IPv6 subscriber has a whole /64 to choose
/// from, so that much of it counts as one.
pub(crate) struct Sender(pub(crate) String);

impl FromRequestParts<Site> for Sender {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        let sender = peer.map(|peer| {
            let proxies = &site.options.trusted_proxies;
            proxies.sender(peer.0.ip(), &parts.headers)
        });
        Ok(Self(sender.map_or_else(|| "local".to_owned(), written)))
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

    fn seen(proxies: &str, peer: &str, lines: &[&str]) -> String {
        let proxies: TrustedProxies = proxies.parse().unwrap();
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(FORWARDED, line.parse().unwrap());
        }
        written(proxies.sender(peer.parse().unwrap(), &headers))
    }

    #[test]
    fn addresses_of_one_subscriber_count_as_one() {
        let one = written("2001:db8:1:2::5".parse().unwrap());
        assert_eq!(one, written("2001:db8:1:2:ffff::9".parse().unwrap()));
        assert_ne!(one, written("2001:db8:1:3::5".parse().unwrap()));
        assert_eq!(written("::ffff:192.0.2.1".parse().unwrap()), "192.0.2.1");
    }

    #[test]
    fn whoever_is_no_trusted_proxy_is_not_believed() {
        assert_eq!(seen("", "192.0.2.1", &["203.0.113.9"]), "192.0.2.1");
        assert_eq!(seen("10.0.0.0/8", "192.0.2.1", &["203.0.113.9"]), "192.0.2.1");
    }

    #[test]
    fn a_trusted_proxy_says_who_spoke_to_it() {
        assert_eq!(seen("127.0.0.1", "127.0.0.1", &["203.0.113.9"]), "203.0.113.9");
        assert_eq!(seen("127.0.0.1", "::ffff:127.0.0.1", &["203.0.113.9"]), "203.0.113.9");
        assert_eq!(seen("127.0.0.1", "127.0.0.1", &["203.0.113.9:4711"]), "203.0.113.9");
        assert_eq!(seen("::1", "::1", &["[2001:db8::9]:4711"]), "2001:db8:0:0::/64");
        assert_eq!(seen("127.0.0.1", "127.0.0.1", &[]), "127.0.0.1");
    }

    #[test]
    fn what_was_forged_on_the_left_is_ignored() {
        let proxies = "127.0.0.1, 10.0.0.0/8";
        let forged = "198.51.100.7, 10.1.1.1, 203.0.113.9, 10.0.0.2";
        assert_eq!(seen(proxies, "127.0.0.1", &[forged]), "203.0.113.9");
        let lines = ["198.51.100.7", "203.0.113.9, 10.0.0.2"];
        assert_eq!(seen(proxies, "127.0.0.1", &lines), "203.0.113.9");
    }

    #[test]
    fn connections_of_a_trusted_proxy_are_nobodys() {
        let proxies: TrustedProxies = "127.0.0.1".parse().unwrap();
        assert_eq!(proxies.counted("::ffff:127.0.0.1".parse().unwrap()), None);
        let other = proxies.counted("::ffff:192.0.2.1".parse().unwrap());
        assert_eq!(other.as_deref(), Some("192.0.2.1"));
    }

    #[test]
    fn what_is_no_address_ends_what_is_believed() {
        assert_eq!(seen("10.0.0.0/8", "10.0.0.1", &["203.0.113.9, unknown"]), "10.0.0.1");
        assert_eq!(seen("10.0.0.0/8", "10.0.0.1", &["unknown, 10.0.0.2"]), "10.0.0.2");
    }

    #[test]
    fn a_proxy_is_an_address_or_a_network() {
        assert_eq!(" 127.0.0.1 ,, ::1/128".parse::<TrustedProxies>().unwrap().0.len(), 2);
        for text in ["nginx", "10.0.0.0/33", "127.0.0.1:80", "10.0.0.1 10.0.0.2"] {
            assert!(text.parse::<TrustedProxies>().is_err(), "{text}");
        }
    }
}
