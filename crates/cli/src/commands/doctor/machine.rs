//! What the machine gives: room, files that may be open, fonts.

use std::path::Path;

use rustix::process::{Resource, getrlimit};

use super::Finding;
use crate::outside::fonts::fonts;
use crate::settings::Settings;

const MEGABYTE: u64 = 1 << 20;
/// Below this the next photos may not be taken (default, not official).
const LEAST_ROOM: u64 = 200 * MEGABYTE;
/// Below this somebody should make room (default, not official).
const SMALL_ROOM: u64 = 5 * 1024 * MEGABYTE;
/// Each connection and each file being read takes one.
const LEAST_OPEN_FILES: u64 = 1024;

pub(super) fn findings(settings: &Settings) -> Vec<Finding> {
    let mut findings = Vec::new();
    let data = settings.data();
    if data.exists() {
        findings.push(room(&data));
        findings.push(writable(&data));
    }
    findings.push(open_files());
    findings.extend(papers());
    findings
}

fn room(data: &Path) -> Finding {
    let free = match rustix::fs::statvfs(data) {
        Ok(found) => found.f_bavail.saturating_mul(found.f_frsize),
        Err(fault) => {
            return Finding::fault("disk", format!("{}: {fault}", data.display()));
        }
    };
    let says = format!("{} MB free for {}", free / MEGABYTE, data.display());
    if free < LEAST_ROOM {
        return Finding::fault("disk", format!("{says}: make room now, reports are refused"));
    }
    if free < SMALL_ROOM {
        return Finding::look("disk", format!("{says}: make room soon"));
    }
    Finding::good("disk", says)
}

/// Asked by doing: permissions, quotas and read-only mounts all say no alike.
fn writable(data: &Path) -> Finding {
    match tempfile::tempfile_in(data) {
        Ok(_) => Finding::good("folder", format!("{} can be written", data.display())),
        Err(fault) => Finding::fault(
            "folder",
            format!(
                "{} cannot be written: {fault}. Give it to the user bihuan runs as, or mount it \
                 for writing",
                data.display()
            ),
        ),
    }
}

fn open_files() -> Finding {
    match getrlimit(Resource::Nofile).current {
        Some(most @ ..LEAST_OPEN_FILES) => Finding::look(
            "limits",
            format!(
                "{most} files may be open at once: raise it (LimitNOFILE=, ulimit -n) to 65536"
            ),
        ),
        Some(most) => Finding::good("limits", format!("{most} files may be open at once")),
        None => Finding::good("limits", "any number of files may be open at once"),
    }
}

/// Which face each style of an official paper is set in.
fn papers() -> Vec<Finding> {
    let fonts = match fonts() {
        Ok(fonts) => fonts,
        Err(fault) => return vec![Finding::fault("papers", fault.to_string())],
    };
    let face = |face: &bihuan_documents::paper::Face| {
        let set = format!("{}  {}", face.wanted, face.used);
        if face.own {
            return Finding::good("papers", set);
        }
        Finding::look("papers", format!("{set}  stands in; the standard's face is not installed"))
    };
    fonts.faces().iter().map(face).collect()
}
