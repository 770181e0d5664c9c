//! The binary as shipped, serving a county of its own.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant as Stopwatch};

pub(crate) struct Server {
    child: Child,
    pub(crate) address: String,
    /// Until it listened.
    pub(crate) started_in: Duration,
}

/// Megabytes. A page of the database that several connections map is counted
/// once for each, except in `own`: what would be lost if it were not kept here.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Memory {
    pub(crate) now: f64,
    pub(crate) own: f64,
    pub(crate) highest: f64,
}

impl Server {
    /// Serves these data and believes this machine's word for who reports.
    pub(crate) fn start(data: &Path, words: &[&str]) -> Self {
        Self::start_with(data, words, &[])
    }

    /// The same under these settings.
    pub(crate) fn start_with(data: &Path, words: &[&str], settings: &[(&str, &str)]) -> Self {
        let watch = Stopwatch::now();
        let mut child = Command::new(env!("CARGO_BIN_EXE_bihuan"))
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(data)
            .args(words)
            .env("BIHUAN_TRUSTED_PROXIES", "127.0.0.1")
            .env("BIHUAN_LOG", "error")
            .envs(settings.iter().copied())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let listening = lines.find_map(|line| {
            line.unwrap().strip_prefix("Listening on http://").map(ToOwned::to_owned)
        });
        Self { child, address: listening.unwrap(), started_in: watch.elapsed() }
    }

    pub(crate) fn memory(&self) -> Memory {
        let path = PathBuf::from(format!("/proc/{}/status", self.child.id()));
        let text = std::fs::read_to_string(path).unwrap_or_default();
        let of = |name: &str| {
            let line = text.lines().find_map(|line| line.strip_prefix(name));
            let words = line.and_then(|line| line.split_whitespace().next());
            words.and_then(|kilobytes| kilobytes.parse::<f64>().ok()).unwrap_or(f64::NAN) / 1024.0
        };
        Memory { now: of("VmRSS:"), own: of("RssAnon:"), highest: of("VmHWM:") }
    }

    /// What it has used of the processors, in seconds.
    pub(crate) fn processor_seconds(&self) -> f64 {
        const TICKS_A_SECOND: f64 = 100.0;
        let path = PathBuf::from(format!("/proc/{}/stat", self.child.id()));
        let text = std::fs::read_to_string(path).unwrap_or_default();
        // After the name in brackets; user and system are the 14th and 15th.
        let fields = text.rsplit(')').next().unwrap_or_default().split_whitespace();
        let ticks = fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok());
        ticks.sum::<f64>() / TICKS_A_SECOND
    }

    /// Asked to stop, as an init system does.
    pub(crate) fn stop(mut self) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        assert!(self.child.wait().unwrap().success());
    }
}
