//! What machines do on a bad day. For each: nothing is acknowledged that is not
//! kept, what was acknowledged outlasts it, the page and the doctor say what
//! is the matter, and when it is over the server goes on by itself.

use std::fs::{self, Permissions};
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use rustix::process::{Resource, Rlimit, getrlimit, prlimit};

use crate::backup::PHOTO;
use crate::begun::Place;
use crate::serving::{PARTS, Resident, Serving};

const CANNOT_KEEP: &str = "暂时存不下来";

fn county() -> Place {
    let place = Place::empty();
    place.good(&["playbook", "apply", "xingyang"]);
    place
}

/// Changes what a running server may use; none is as much as at its start.
fn limit(serving: &Serving, resource: Resource, most: Option<u64>) {
    let own = getrlimit(resource);
    let new = Rlimit { current: most.or(own.current), maximum: own.maximum };
    prlimit(Some(serving.id()), resource, new).unwrap();
}

/// Ends the server and looks whether exactly these reports were kept.
fn holds(place: &Place, serving: Serving, reports: usize) {
    assert_eq!(serving.stop(), Some(0));
    let verified = place.good(&["verify", "--rebuild"]);
    assert!(verified.ends_with("sound\n") && verified.contains(" 0 differed"), "{verified}");
    assert_eq!(place.good(&["export"]).lines().count() - 1, reports, "matters");
}

#[track_caller]
fn must_wait(answer: &str) {
    assert!(answer.starts_with("HTTP/1.1 503"), "{answer}");
    assert!(answer.to_ascii_lowercase().contains("\nretry-after: "), "{answer}");
}

fn faults(said: &str) -> Vec<&str> {
    said.lines().filter(|line| line.starts_with("fault")).collect()
}

#[test]
fn on_a_full_disk_nothing_is_taken_nothing_is_lost_and_room_made_is_used_at_once() {
    let place = county();
    place.write("bihuan.toml", "trusted_proxies = \"127.0.0.1\"\n");
    let mut command = place.command(&["serve", "--listen", "127.0.0.1:0"]);
    // The log lies on the same disk.
    command.stderr(fs::File::create(place.path("log")).unwrap());
    let serving = Serving::run(command);
    let resident = Resident::new(&serving.address(), 1).unwrap();
    let before = resident.report(1).unwrap();
    // A limit on the size of files is a full disk that one may make oneself.
    limit(&serving, Resource::Fsize, Some(1));
    for _ in 0..3 {
        let answer = resident.sends(2).unwrap();
        must_wait(&answer);
        assert!(answer.contains(CANNOT_KEEP), "{answer}");
        assert!(answer.contains("The lamp no. 2 is out"), "what was typed is lost: {answer}");
    }
    let answer = resident.sends_with(3, PHOTO).unwrap();
    must_wait(&answer);
    assert!(answer.contains(CANNOT_KEEP) && answer.contains("照片没能留下"), "{answer}");
    assert!(resident.finds(&before), "reading goes on");
    let ready = resident.get("/readyz");
    assert!(ready.starts_with("HTTP/1.1 503") && ready.ends_with("cannot-keep\n"), "{ready}");
    assert!(resident.get("/healthz").starts_with("HTTP/1.1 200"));

    limit(&serving, Resource::Fsize, None);
    // What was found holds for a second.
    while !resident.get("/readyz").starts_with("HTTP/1.1 200") {}
    let second = resident.report(2).unwrap();
    let third = resident.report_with(3, PHOTO).unwrap();
    for code in [&before, &second, &third] {
        assert!(resident.finds(code));
    }
    assert_eq!(resident.report(2).unwrap(), second, "sent again, filed once");
    holds(&place, serving, 3);
}

/// The command in a world where its user owns nothing by being root.
fn as_nobody_special(place: &Place, words: &[&str]) -> Command {
    let own = place.command(words);
    if !rustix::process::geteuid().is_root() {
        return own;
    }
    let mut command = Command::new("setpriv");
    command.arg("--bounding-set=-dac_override,-dac_read_search").arg(own.get_program());
    command.args(own.get_args()).current_dir(own.get_current_dir().unwrap());
    for (name, value) in own.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    command
}

/// Whoever may not write into it, until it is dropped.
struct ReadOnly(PathBuf);

impl ReadOnly {
    fn make(folder: PathBuf) -> Self {
        fs::set_permissions(&folder, Permissions::from_mode(0o555)).unwrap();
        Self(folder)
    }
}

impl Drop for ReadOnly {
    fn drop(&mut self) {
        fs::set_permissions(&self.0, Permissions::from_mode(0o755)).unwrap();
    }
}

#[test]
fn a_read_only_folder_is_not_served_and_the_doctor_says_why() {
    let place = county();
    let read_only = ReadOnly::make(place.path("bihuan-data"));
    let run = |words: &[&str]| {
        let output = as_nobody_special(&place, words).output().unwrap();
        let said = [output.stdout, output.stderr].concat();
        (output.status.code(), String::from_utf8(said).unwrap())
    };
    let (code, said) = run(&["serve", "--listen", "127.0.0.1:0"]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("cannot be written") && said.contains("bihuan doctor"), "{said}");
    let (code, said) = run(&["doctor"]);
    assert_eq!(code, Some(4), "{said}");
    let says = |about: &str| {
        let says = |line: &&str| line[5..].trim_start().starts_with(about);
        faults(&said).into_iter().any(|line| says(&line) && line.contains("cannot be written"))
    };
    assert!(says("folder") && says("data"), "{said}");

    drop(read_only);
    let serving = Serving::to_residents(&place);
    Resident::new(&serving.address(), 1).unwrap().report(1).unwrap();
    holds(&place, serving, 1);
}

#[test]
fn where_photos_cannot_be_written_reports_without_one_are_taken() {
    let place = county();
    place.write("bihuan.toml", "trusted_proxies = \"127.0.0.1\"\n");
    let command = as_nobody_special(&place, &["serve", "--listen", "127.0.0.1:0"]);
    let serving = Serving::run(command);
    let resident = Resident::new(&serving.address(), 1).unwrap();
    let read_only = ReadOnly::make(place.path("bihuan-data/blobs"));
    let answer = resident.sends_with(1, PHOTO).unwrap();
    must_wait(&answer);
    assert!(answer.contains(CANNOT_KEEP) && answer.contains("照片没能留下"), "{answer}");
    let words = resident.report(2).unwrap();
    drop(read_only);
    let code = resident.report_with(1, PHOTO).unwrap();
    assert!(resident.finds(&code) && resident.finds(&words));
    holds(&place, serving, 2);
}

#[test]
fn a_missing_photo_is_said_to_be_missing_and_comes_back_with_its_file() {
    let place = county();
    let serving = Serving::to_residents(&place);
    let resident = Resident::new(&serving.address(), 1).unwrap();
    let code = resident.report_with(1, PHOTO).unwrap();
    let page = resident.get(&format!("/t/{code}"));
    let photo = page.split("/photo/").nth(1).unwrap().split(['"', '/']).next().unwrap();
    let photo = format!("/t/{code}/photo/{photo}");
    let mut files = Vec::new();
    files_under(&place.path("bihuan-data/blobs"), &mut files);
    assert_eq!(files.len(), 2, "a photo and its thumbnail: {files:?}");
    let kept = files.iter().find(|file| !file.to_str().unwrap().ends_with("-thumb")).unwrap();
    let away = place.path("away");
    fs::rename(kept, &away).unwrap();

    let answer = resident.get(&photo);
    assert!(answer.starts_with("HTTP/1.1 404") && answer.contains("这份文件不在了"), "{answer}");
    assert!(resident.get(&format!("/t/{code}")).starts_with("HTTP/1.1 200"));
    let said = place.ends(4, &["doctor"]);
    let [fault] = faults(&said)[..] else { panic!("{said}") };
    assert!(fault.contains("files") && fault.contains("1 of the newest 2"), "{said}");
    assert!(place.ends(4, &["verify"]).contains("fault[file-missing]"));

    fs::rename(&away, kept).unwrap();
    assert!(faults(&place.good(&["doctor"])).is_empty());
    holds(&place, serving, 1);
}

fn files_under(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files_under(&path, found);
        } else {
            found.push(path);
        }
    }
}

#[test]
fn without_its_key_the_data_are_not_served_and_with_its_copy_they_are() {
    let place = county();
    let serving = Serving::to_residents(&place);
    let code = Resident::new(&serving.address(), 1).unwrap().report(1).unwrap();
    let key = place.path("bihuan-data.keys/county.key");
    fs::rename(&key, place.path("copy")).unwrap();
    let resident = Resident::new(&serving.address(), 1).unwrap();
    resident.report(2).expect("a server that has read its key goes on");
    assert_eq!(serving.stop(), Some(0));

    let said = place.ends(3, &["serve", "--listen", "127.0.0.1:0"]);
    assert!(said.contains("Put the copy of the key"), "{said}");
    assert!(!key.exists(), "no other key is made in its place");
    fs::rename(place.path("copy"), &key).unwrap();
    let serving = Serving::to_residents(&place);
    assert!(Resident::new(&serving.address(), 1).unwrap().finds(&code));
    holds(&place, serving, 2);
}

#[test]
fn damaged_pages_are_said_to_be_damaged_and_nothing_is_taken_on_top_of_them() {
    let place = county();
    let serving = Serving::to_residents(&place);
    let code = Resident::new(&serving.address(), 1).unwrap().report(1).unwrap();
    assert_eq!(serving.stop(), Some(0));
    let serving = Serving::to_residents(&place);
    let resident = Resident::new(&serving.address(), 1).unwrap();
    let path = place.path("bihuan-data/bihuan.db");
    let pages = fs::metadata(&path).unwrap().len() / 4096;
    let mut file = fs::OpenOptions::new().write(true).open(&path).unwrap();
    for page in 2..pages {
        file.seek(SeekFrom::Start(page * 4096)).unwrap();
        file.write_all(&[0x5a; 4096]).unwrap();
    }
    for answer in [resident.get(&format!("/t/{code}")), resident.sends(2).unwrap()] {
        assert!(answer.starts_with("HTTP/1.1 500"), "{answer}");
        assert!(answer.contains("有一部分数据读不出来"), "{answer}");
    }
    let said = place.ends(4, &["doctor"]);
    assert!(faults(&said).iter().any(|line| line.contains("bihuan restore")), "{said}");
}

/// A connection that the server has taken: it answered on it.
fn connected(serving: &Serving) -> TcpStream {
    let address = serving.address();
    let mut stream = TcpStream::connect(&address).unwrap();
    write!(stream, "GET /healthz HTTP/1.1\r\nHost: {address}\r\n\r\n").unwrap();
    let mut answer = Vec::new();
    while !answer.ends_with(b"\r\n\r\nok") {
        let mut byte = [0];
        stream.read_exact(&mut byte).unwrap();
        answer.push(byte[0]);
    }
    stream
}

#[test]
fn when_no_more_files_may_be_opened_those_connected_are_told_to_wait_and_others_come_later() {
    let place = county();
    let serving = Serving::to_residents(&place);
    let resident = Resident::new(&serving.address(), 1).unwrap();
    let before = resident.report(1).unwrap();
    let (first, second) = (connected(&serving), connected(&serving));
    limit(&serving, Resource::Nofile, Some(1));
    let form = resident.form_with(2, PHOTO);
    let answer = resident.send_on(first, "POST /report", PARTS, &form).unwrap();
    must_wait(&answer);
    assert!(answer.contains("系统正忙"), "{answer}");
    let answer = resident.send_on(second, &format!("GET /t/{before}"), PARTS, b"").unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "what is open is read: {answer}");
    // Nobody takes this one yet; it waits in the system's own queue.
    let mut waiting = TcpStream::connect(serving.address()).unwrap();
    write!(waiting, "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").unwrap();

    limit(&serving, Resource::Nofile, None);
    let mut answer = String::new();
    waiting.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    resident.report_with(2, PHOTO).unwrap();
    holds(&place, serving, 2);

    let limited = Command::new("sh")
        .args(["-c", "ulimit -n 64; exec \"$0\" doctor", env!("CARGO_BIN_EXE_bihuan")])
        .current_dir(place.path(""))
        .stderr(Stdio::inherit())
        .output()
        .unwrap();
    let said = String::from_utf8(limited.stdout).unwrap();
    assert!(said.contains("64 files may be open at once: raise it"), "{said}");
}
