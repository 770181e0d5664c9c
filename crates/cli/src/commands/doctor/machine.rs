//! What the machine gives: room, files that may be open, fonts.

use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use rustix::process::{Resource, getrlimit};

use super::Finding;
use crate::outside::fonts::fonts;
use crate::settings::Settings;

const MEGABYTE: u64 = 1 << 20;
/// Below this the next photos may not be taken (default, not official).
const LEAST_ROOM: u64 = 200 * MEGABYTE;
/// Below this somebody should make room (default, not official).
const SMALL_ROOM: u64 = 5 * 1024 * MEGABYTE;
/// Bytes written to see whether a folder takes any.
const TRIED: usize = 1 << 20;
/// A disk that needs this long for them is worth a look (default, not official).
const SLOW: Duration = Duration::from_secs(1);
/// Each connection and each file being read takes one.
const LEAST_OPEN_FILES: u64 = 1024;

pub(super) fn findings(settings: &Settings) -> Vec<Finding> {
    let mut findings = Vec::new();
    let data = settings.data();
    if data.exists() {
        findings.push(room(&data));
    }
    let folders = [Some(data), settings.blobs_folder(), Some(std::env::temp_dir())];
    let there = folders.into_iter().flatten().filter(|folder| folder.exists());
    findings.extend(there.map(|folder| writable(&folder)));
    findings.push(open_files());
    findings.extend(file_size());
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

/// Asked by doing: permissions, quotas, full disks and read-only mounts all say
/// no alike.
fn writable(folder: &Path) -> Finding {
    let begun = Instant::now();
    let written = tempfile::tempfile_in(folder).and_then(|mut file| {
        file.write_all(&[0; TRIED])?;
        file.sync_all()
    });
    match written {
        Ok(()) => taken(folder, begun.elapsed()),
        Err(fault) => Finding::fault(
            "folder",
            format!(
                "{} cannot be written: {fault}. Make room, give it to the user bihuan runs as, or \
                 mount it for writing; until then nothing is taken and what is there is safe",
                folder.display()
            ),
        ),
    }
}

/// Every act waits until the disk has it.
fn taken(folder: &Path, took: Duration) -> Finding {
    let says = format!("{} can be written, 1 MB in {} ms", folder.display(), took.as_millis());
    if took < SLOW {
        return Finding::good("folder", says);
    }
    let says = format!(
        "{says}: this disk is slow, and every act waits for it. What else writes to it? Where it \
         takes more than half a minute, people are told to send again"
    );
    Finding::look("folder", says)
}

/// A limit on the size of files is met by the database first.
fn file_size() -> Option<Finding> {
    let most = getrlimit(Resource::Fsize).current?;
    Some(Finding::look(
        "limits",
        format!(
            "files may not grow beyond {} MB: lift it (LimitFSIZE=infinity, ulimit -f)",
            most / MEGABYTE
        ),
    ))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::doctor::Level;

    #[test]
    fn a_slow_disk_is_worth_a_look() {
        let slow = taken(Path::new("/srv/county"), Duration::from_secs(2));
        assert_eq!(slow.level, Level::Look);
        assert!(slow.says.contains("1 MB in 2000 ms: this disk is slow"), "{}", slow.says);
        assert_eq!(taken(Path::new("/srv/county"), Duration::from_millis(20)).level, Level::Good);
    }
}
