//! Settings, read once: built in, then `bihuan.toml`, then `BIHUAN_*`, then
//! flags; the later wins, and each value knows where it came from.

use std::collections::BTreeMap;
use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use bihuan_domain::ids::CountyCode;
use bihuan_store::StoreError;
use bihuan_web::TrustedProxies;

use crate::failure::{Failure, Result};

/// One setting: its name in the file and as a flag; `BIHUAN_` and the name in
/// capitals in the environment.
pub(crate) struct Setting {
    pub(crate) name: &'static str,
    /// None: derived from others, or off.
    built_in: Option<&'static str>,
    /// Printed without its value.
    secret: bool,
    check: fn(&str) -> std::result::Result<(), String>,
}

const FILE: &str = "bihuan.toml";

pub(crate) const SETTINGS: [Setting; 25] = [
    plain("data", Some("bihuan-data"), any),
    secret("database", databases),
    plain("keys", None, any),
    plain("county", None, county_code),
    plain("outlines", None, any),
    plain("listen", Some("127.0.0.1:8080"), address),
    plain("tls", Some("false"), yes_or_no),
    plain("metrics", None, address),
    plain("leave_seconds", Some("0"), leave_seconds),
    plain("public_url", None, web_address),
    plain("tiles", None, tile_address),
    plain("trusted_proxies", None, networks),
    plain("log", Some("warn,bihuan=info"), any),
    plain("log_format", Some("text"), text_or_json),
    plain("blobs", None, blob_place),
    plain("backup_recipient", None, recipient),
    plain("s3_endpoint", None, any),
    plain("s3_region", None, any),
    plain("s3_access_key", None, any),
    secret("s3_secret_key", any),
    secret("mail", mail_address),
    plain("mail_from", None, any),
    secret("message_url", any),
    secret("message_body", any),
    secret("message_header", any),
];

const fn plain(
    name: &'static str,
    built_in: Option<&'static str>,
    check: fn(&str) -> std::result::Result<(), String>,
) -> Setting {
    Setting { name, built_in, secret: false, check }
}

const fn secret(name: &'static str, check: fn(&str) -> std::result::Result<(), String>) -> Setting {
    Setting { name, built_in: None, secret: true, check }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    BuiltIn,
    File(PathBuf),
    Environment(String),
    Flag(String),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BuiltIn => f.write_str("built in"),
            Self::File(path) => write!(f, "{}", path.display()),
            Self::Environment(name) => f.write_str(name),
            Self::Flag(name) => f.write_str(name),
        }
    }
}

#[derive(Clone, Debug)]
struct Value {
    text: String,
    origin: Origin,
}

/// What flags said, by a setting's name.
pub(crate) type Flags = Vec<(&'static str, String)>;

#[derive(Clone, Debug)]
pub(crate) struct Settings {
    values: BTreeMap<&'static str, Value>,
}

impl Settings {
    /// `file` was named by the caller and must be there; without one,
    /// `bihuan.toml` here is read if there is one.
    pub(crate) fn read(file: Option<&Path>, flags: Flags) -> Result<Self> {
        let mut settings = Self { values: BTreeMap::new() };
        for setting in &SETTINGS {
            if let Some(text) = setting.built_in {
                settings.set(setting.name, text.to_owned(), Origin::BuiltIn)?;
            }
        }
        settings.read_file(file)?;
        for setting in &SETTINGS {
            let variable = variable(setting.name);
            match std::env::var(&variable) {
                Ok(text) => settings.set(setting.name, text, Origin::Environment(variable))?,
                Err(std::env::VarError::NotPresent) => {}
                Err(fault) => return Err(Failure::Usage(format!("{variable}: {fault}"))),
            }
        }
        for (name, text) in flags {
            let flag = format!("--{}", name.replace('_', "-"));
            settings.set(name, text, Origin::Flag(flag))?;
        }
        Ok(settings)
    }

    fn read_file(&mut self, named: Option<&Path>) -> Result {
        let path = named.unwrap_or_else(|| Path::new(FILE));
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(fault) if named.is_none() && fault.kind() == std::io::ErrorKind::NotFound => {
                return Ok(());
            }
            Err(fault) => return Err(Failure::Usage(format!("{}: {fault}", path.display()))),
        };
        let table: toml::Table =
            text.parse().map_err(|fault| Failure::Usage(format!("{}: {fault}", path.display())))?;
        for (key, value) in table {
            let Some(setting) = SETTINGS.iter().find(|setting| setting.name == key) else {
                let known: Vec<_> = SETTINGS.iter().map(|setting| setting.name).collect();
                return Err(Failure::Usage(format!(
                    "{}: there is no setting `{key}`; there are {}",
                    path.display(),
                    known.join(", ")
                )));
            };
            let text = match value {
                toml::Value::String(text) => text,
                toml::Value::Boolean(flag) => flag.to_string(),
                toml::Value::Array(texts) if key == "database" => list(texts).ok_or_else(|| {
                    let fault = "a list of databases holds texts in quotes and nothing else";
                    Failure::Usage(format!("{}: {fault}", path.display()))
                })?,
                other => {
                    return Err(Failure::Usage(format!(
                        "{}: `{key}` is a {}; write it as text in quotes",
                        path.display(),
                        other.type_str()
                    )));
                }
            };
            self.set(setting.name, text, Origin::File(path.to_owned()))?;
        }
        Ok(())
    }

    /// The same for one of the counties the data holds.
    pub(crate) fn of_county(&self, county: &str) -> Result<Self> {
        let mut settings = self.clone();
        settings.set("county", county.to_owned(), Origin::Flag("--county".to_owned()))?;
        Ok(settings)
    }

    fn set(&mut self, name: &'static str, text: String, origin: Origin) -> Result {
        let setting = SETTINGS.iter().find(|setting| setting.name == name);
        if let Some((setting, why)) = setting.and_then(|s| Some((s, (s.check)(&text).err()?))) {
            let shown = if setting.secret { "…" } else { &text };
            return Err(Failure::Usage(format!("{name} = \"{shown}\" ({origin}): {why}")));
        }
        self.values.insert(name, Value { text, origin });
        Ok(())
    }

    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(|value| value.text.as_str()).filter(|text| !text.is_empty())
    }

    pub(crate) fn is_on(&self, name: &str) -> bool {
        self.get(name) == Some("true")
    }

    /// Whether nobody said anything about it.
    pub(crate) fn is_built_in(&self, name: &str) -> bool {
        self.values.get(name).is_none_or(|value| value.origin == Origin::BuiltIn)
    }

    /// The same with another data folder.
    pub(crate) fn in_folder(&self, data: PathBuf) -> Self {
        let mut settings = self.clone();
        let text = data.display().to_string();
        settings.values.insert("data", Value { text, origin: Origin::BuiltIn });
        settings
    }

    pub(crate) fn data(&self) -> PathBuf {
        PathBuf::from(self.get("data").unwrap_or_default())
    }

    /// The address of the database, or those of its servers with commas between.
    pub(crate) fn database(&self) -> String {
        self.get("database").map_or_else(
            || format!("sqlite:{}", self.data().join("bihuan.db").display()),
            str::to_owned,
        )
    }

    /// The file of a SQLite database.
    pub(crate) fn database_file(&self) -> Option<PathBuf> {
        self.database().strip_prefix("sqlite:").map(PathBuf::from)
    }

    /// Where photos lie; none when they lie in a bucket.
    pub(crate) fn blobs_folder(&self) -> Option<PathBuf> {
        match self.get("blobs") {
            Some(place) if place.starts_with("s3://") => None,
            Some(folder) => Some(PathBuf::from(folder)),
            None => Some(self.data().join("blobs")),
        }
    }

    /// Beside the data folder and never in it, so that copying the folder does
    /// not copy the keys.
    pub(crate) fn keys(&self) -> PathBuf {
        self.get("keys").map_or_else(
            || {
                let mut name = self.data().into_os_string();
                name.push(".keys");
                PathBuf::from(name)
            },
            PathBuf::from,
        )
    }

    /// The county's drawn areas: a file somebody named, or the one that lies in
    /// the data folder, if there is one.
    pub(crate) fn outlines(&self) -> Option<PathBuf> {
        let named = self.get("outlines").map(PathBuf::from);
        named.or_else(|| Some(self.own_outlines()).filter(|file| file.exists()))
    }

    pub(crate) fn own_outlines(&self) -> PathBuf {
        self.data().join("outlines.geojson")
    }

    pub(crate) fn county(&self) -> Option<CountyCode> {
        self.get("county").map(CountyCode::new)
    }

    /// How long a process that was asked to stop goes on taking requests.
    pub(crate) fn leave(&self) -> Duration {
        let seconds = self.get("leave_seconds").and_then(|text| text.parse().ok());
        Duration::from_secs(seconds.unwrap_or_default())
    }

    pub(crate) fn listen(&self) -> Result<SocketAddr> {
        let text = self.get("listen").unwrap_or_default();
        text.parse().map_err(|_| Failure::Usage(format!("listen = \"{text}\" is no address")))
    }

    /// The proxies whose word about a sender's address is believed.
    pub(crate) fn trusted_proxies(&self) -> Result<TrustedProxies> {
        self.get("trusted_proxies").unwrap_or_default().parse().map_err(Failure::Usage)
    }

    /// Every effective value: name, value, origin. Secrets show only that they
    /// are set.
    pub(crate) fn shown(&self) -> Vec<(&'static str, String, String)> {
        SETTINGS
            .iter()
            .map(|setting| match self.values.get(setting.name) {
                Some(value) if setting.secret => {
                    (setting.name, "(set, not shown)".to_owned(), value.origin.to_string())
                }
                Some(value) => (setting.name, value.text.clone(), value.origin.to_string()),
                None => (setting.name, self.derived(setting.name), "derived".to_owned()),
            })
            .collect()
    }

    fn derived(&self, name: &str) -> String {
        match name {
            "database" => self.database(),
            "keys" => self.keys().display().to_string(),
            "blobs" => self.data().join("blobs").display().to_string(),
            "public_url" => "(the address listened on)".to_owned(),
            "outlines" => match self.outlines() {
                Some(file) => file.display().to_string(),
                None => "(none: positions tell no grid)".to_owned(),
            },
            "county" => "(the one in the data)".to_owned(),
            "trusted_proxies" => "(none: who connects is the sender)".to_owned(),
            _ => "(off)".to_owned(),
        }
    }
}

pub(crate) fn variable(name: &str) -> String {
    format!("BIHUAN_{}", name.to_ascii_uppercase())
}

fn any(_: &str) -> std::result::Result<(), String> {
    Ok(())
}

/// As one text, since flags and the environment have no lists.
fn list(texts: Vec<toml::Value>) -> Option<String> {
    let texts: Option<Vec<_>> =
        texts.iter().map(|text| text.as_str().map(ToOwned::to_owned)).collect();
    texts.map(|texts| texts.join(", "))
}

/// What an address of an unknown kind holds is not repeated: it may be a password.
fn databases(text: &str) -> std::result::Result<(), String> {
    match bihuan_store::engine::addresses(text) {
        Ok(_) => Ok(()),
        Err(StoreError::UnknownEngine(_)) if text.is_empty() => Ok(()),
        Err(StoreError::UnknownEngine(_)) => {
            Err("write sqlite:PATH or postgres://USER:PASSWORD@HOST/NAME".to_owned())
        }
        Err(fault) => Err(fault.to_string()),
    }
}

fn county_code(text: &str) -> std::result::Result<(), String> {
    if text.len() == 6 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(());
    }
    Err("a county is named by the six digits of its government, e.g. 410182".to_owned())
}

fn address(text: &str) -> std::result::Result<(), String> {
    text.parse::<SocketAddr>()
        .map(|_| ())
        .map_err(|_| "write an address and a port, e.g. 127.0.0.1:8080".to_owned())
}

/// With the last requests' half minute it stays below what systemd waits.
fn leave_seconds(text: &str) -> std::result::Result<(), String> {
    match text.parse::<u8>() {
        Ok(0..=20) => Ok(()),
        _ => Err("write seconds, 0 to 20".to_owned()),
    }
}

fn yes_or_no(text: &str) -> std::result::Result<(), String> {
    one_of(text, &["true", "false"])
}

fn text_or_json(text: &str) -> std::result::Result<(), String> {
    one_of(text, &["text", "json"])
}

fn one_of(text: &str, words: &[&str]) -> std::result::Result<(), String> {
    if words.contains(&text) { Ok(()) } else { Err(format!("write {}", words.join(" or "))) }
}

fn web_address(text: &str) -> std::result::Result<(), String> {
    if text.starts_with("https://") || text.starts_with("http://") {
        return Ok(());
    }
    Err("write the address residents use, e.g. https://bihuan.example.gov.cn".to_owned())
}

fn tile_address(text: &str) -> std::result::Result<(), String> {
    let address = text.strip_prefix("pmtiles://").unwrap_or(text);
    let is_one = text.starts_with("pmtiles://") || text.contains("{z}");
    if is_one && web_address(address).is_ok() {
        return Ok(());
    }
    Err("write pmtiles://https://… for one PMTiles file, or https://…/{z}/{x}/{y}.png".to_owned())
}

fn networks(text: &str) -> std::result::Result<(), String> {
    text.parse::<TrustedProxies>().map(drop)
}

fn blob_place(text: &str) -> std::result::Result<(), String> {
    if text.contains("://") && !text.starts_with("s3://") {
        return Err("write a folder or s3://BUCKET/PREFIX".to_owned());
    }
    Ok(())
}

fn recipient(text: &str) -> std::result::Result<(), String> {
    use std::str::FromStr as _;
    age::x25519::Recipient::from_str(text).map(drop).map_err(|fault| fault.to_string())
}

fn mail_address(text: &str) -> std::result::Result<(), String> {
    if text.is_empty() || text.starts_with("smtp://") || text.starts_with("smtps://") {
        return Ok(());
    }
    Err("write smtp://HOST:PORT or smtps://USER:PASSWORD@HOST".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flag_wins_over_the_file_and_each_value_knows_its_origin() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("any.toml");
        std::fs::write(&file, "county = \"410182\"\nlisten = \"0.0.0.0:80\"\ntls = true\n")
            .unwrap();
        let settings =
            Settings::read(Some(&file), vec![("listen", "127.0.0.1:1".to_owned())]).unwrap();
        let shown = settings.shown();
        let of = |name: &str| shown.iter().find(|row| row.0 == name).unwrap().clone();
        assert_eq!(of("listen").1, "127.0.0.1:1");
        assert_eq!(of("listen").2, "--listen");
        assert_eq!(of("county").2, file.display().to_string());
        assert_eq!(of("log_format").2, "built in");
        assert!(settings.is_on("tls"));
    }

    #[test]
    fn an_unknown_setting_is_refused_with_the_known_ones() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("any.toml");
        std::fs::write(&file, "lisen = \"0.0.0.0:80\"\n").unwrap();
        let fault = Settings::read(Some(&file), Vec::new()).unwrap_err().to_string();
        assert!(fault.contains("lisen") && fault.contains("listen"), "{fault}");
    }

    #[test]
    fn a_value_that_cannot_be_meant_is_refused() {
        for (name, text) in [
            ("county", "41018"),
            ("listen", "8080"),
            ("tls", "yes"),
            ("log_format", "xml"),
            ("blobs", "ftp://host"),
            ("mail", "mail.example"),
            ("tiles", "https://tiles.example/map.png"),
            ("trusted_proxies", "nginx"),
            ("leave_seconds", "21"),
        ] {
            let refused = Settings::read(None, vec![(name, text.to_owned())]);
            assert!(matches!(refused, Err(Failure::Usage(_))), "{name}");
        }
    }

    #[test]
    fn secrets_are_not_shown() {
        let address = "postgres://u:hidden@localhost/x".to_owned();
        let settings = Settings::read(None, vec![("database", address)]).unwrap();
        assert!(settings.shown().iter().all(|row| !row.1.contains("hidden")));
    }

    #[test]
    fn the_servers_of_a_database_are_a_list_in_the_file_and_one_text_elsewhere() {
        let (one, two) = ("postgres://a:s,t@one/x", "postgres://a@two/x");
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("any.toml");
        std::fs::write(&file, format!("database = [\"{one}\", \"{two}\"]\n")).unwrap();
        let settings = Settings::read(Some(&file), Vec::new()).unwrap();
        assert_eq!(settings.database(), format!("{one}, {two}"));
        let flags = vec![("database", format!("{one},{two}"))];
        assert!(Settings::read(None, flags).is_ok());
        std::fs::write(&file, "database = [1]\n").unwrap();
        assert!(Settings::read(Some(&file), Vec::new()).is_err());
    }

    #[test]
    fn sqlite_in_a_list_is_refused_and_no_password_is_repeated() {
        for list in ["sqlite:x, postgres://a:hidden@h/x", "mysql://a:hidden@h/x"] {
            let refused = Settings::read(None, vec![("database", list.to_owned())]);
            let fault = refused.unwrap_err().to_string();
            assert!(fault.contains("postgres://") && !fault.contains("hidden"), "{fault}");
        }
    }

    #[test]
    fn keys_lie_beside_the_data_and_not_in_it() {
        let settings = Settings::read(None, vec![("data", "/srv/county".to_owned())]).unwrap();
        assert_eq!(settings.keys(), PathBuf::from("/srv/county.keys"));
    }
}
