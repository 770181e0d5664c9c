//! A certificate of our own for `--tls`: phones give position and keep a page
//! offline over HTTPS only. Browsers warn about it once; a public server has a
//! real one in front.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::net::{IpAddr, SocketAddr, UdpSocket};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use axum_server::tls_rustls::RustlsConfig;

use crate::failure::{Failure, Result};

/// Reads the certificate below `data`, or makes one that names this machine.
pub(crate) async fn read_or_make(data: &Path, listen: SocketAddr) -> Result<RustlsConfig> {
    let folder = data.join("tls");
    let (certificate, key) = (folder.join("cert.pem"), folder.join("key.pem"));
    if !certificate.exists() || !key.exists() {
        make(&folder, &certificate, &key, listen)?;
    }
    RustlsConfig::from_pem_file(&certificate, &key)
        .await
        .map_err(|fault| Failure::file("the certificate", &certificate, fault))
}

fn make(folder: &Path, certificate: &Path, key: &Path, listen: SocketAddr) -> Result {
    let mut names = vec!["localhost".to_owned(), "127.0.0.1".to_owned(), "::1".to_owned()];
    let address = if listen.ip().is_unspecified() { lan_address() } else { Some(listen.ip()) };
    names.extend(address.map(|address| address.to_string()));
    names.dedup();
    let made = rcgen::generate_simple_self_signed(names)
        .map_err(|fault| Failure::Broken(format!("the certificate: {fault}")))?;
    let fault = |fault| Failure::file("the certificate", certificate, fault);
    fs::create_dir_all(folder).map_err(fault)?;
    fs::write(certificate, made.cert.pem()).map_err(fault)?;
    let mut file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(key)
        .map_err(fault)?;
    file.write_all(made.signing_key.serialize_pem().as_bytes()).map_err(fault)
}

/// The address others on the local network reach this machine by. Choosing a
/// route for a datagram sends nothing.
pub(crate) fn lan_address() -> Option<IpAddr> {
    let socket = UdpSocket::bind("0.0.0.0:0").ok()?;
    socket.connect("10.255.255.255:9").ok()?;
    socket.local_addr().ok().map(|address| address.ip()).filter(|ip| !ip.is_unspecified())
}
