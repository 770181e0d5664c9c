//! PostgreSQL servers of a test's own, which it may stop, cut and fail over.
//!
//! They lie in a folder of their own and listen on loopback only. Started by
//! root they run as Debian's user `postgres`, since PostgreSQL refuses root.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::postgres::is_promised;

const SUPERUSER: &str = "bihuan";
/// Another test may take a free port between our finding and our using it.
const PORTS_TRIED: usize = 5;

/// A server and its data, gone when it is dropped.
pub struct Cluster {
    folder: TempDir,
    programs: PathBuf,
    port: u16,
    /// Whether what it acknowledged outlives the machine. Tests kill servers, not
    /// machines: for them flushing would only cost time.
    durable: bool,
}

/// How a server is stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// Every session is told and ended.
    Fast,
    /// As by a crash: nobody is told, nothing is finished.
    AtOnce,
}

impl Cluster {
    /// An empty, running server; none where PostgreSQL is not installed.
    ///
    /// # Panics
    /// When this run promised PostgreSQL and it is not installed.
    pub fn start() -> Option<Self> {
        Self::new(false)
    }

    /// The same, flushing every commit as a service does.
    ///
    /// # Panics
    /// As [`Self::start`].
    pub fn durable() -> Option<Self> {
        Self::new(true)
    }

    fn new(durable: bool) -> Option<Self> {
        let Some(programs) = programs() else {
            assert!(!is_promised(), "this run promised PostgreSQL, but it is not installed");
            eprintln!("PostgreSQL was not run: it is not installed");
            return None;
        };
        let mut cluster = Self { folder: own_folder(), programs, port: 0, durable };
        let user = format!("--username={SUPERUSER}");
        cluster.must(
            "initdb",
            &[
                &cluster.data_flag(),
                &user,
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--no-sync",
            ],
        );
        cluster.start_on_a_free_port();
        Some(cluster)
    }

    /// A second server that follows this one; from then on this one
    /// acknowledges only what the second has too.
    pub fn with_standby(&self) -> Self {
        let folder = own_folder();
        let mut standby =
            Self { folder, programs: self.programs.clone(), port: 0, durable: self.durable };
        let source = format!("--dbname=host=127.0.0.1 port={} user={SUPERUSER}", self.port);
        let flags = [&*standby.data_flag(), &source, "--write-recovery-conf", "--checkpoint=fast"];
        standby.must("pg_basebackup", &[&flags[..], &["--no-sync"]].concat());
        standby.start_on_a_free_port();
        self.sql("ALTER SYSTEM SET synchronous_standby_names = '*'");
        self.sql("SELECT pg_reload_conf()");
        self.until("SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'", "1");
        standby
    }

    pub fn address(&self) -> String {
        format!("postgres://{SUPERUSER}@127.0.0.1:{}/postgres", self.port)
    }

    pub const fn port(&self) -> u16 {
        self.port
    }

    /// Starts a server that was stopped, where it was.
    pub fn start_again(&self) {
        assert!(self.starts(), "{}", self.log());
    }

    pub fn stop(&self, how: Stop) {
        let mode = match how {
            Stop::Fast => "--mode=fast",
            Stop::AtOnce => "--mode=immediate",
        };
        self.must("pg_ctl", &["stop", "--silent", "--wait", mode, &self.data_flag()]);
    }

    /// From now on it answers nobody and closes nothing, as a machine does that
    /// lost its power or its network.
    pub fn fall_silent(&self) {
        self.signal("-STOP");
    }

    /// Sends a signal to the server and all it started, as far as they are still
    /// there; the server first, so that it starts nothing meanwhile.
    fn signal(&self, signal: &str) {
        let file = self.folder.path().join("data/postmaster.pid");
        let Ok(text) = std::fs::read_to_string(file) else { return };
        let server = text.lines().next().unwrap_or_default();
        let send = |process: &str| Command::new("kill").args([signal, process]).output();
        drop(send(server));
        let children = std::fs::read_to_string(format!("/proc/{server}/task/{server}/children"));
        for child in children.unwrap_or_default().split_whitespace() {
            drop(send(child));
        }
    }

    /// Lets a server that follows take writes.
    pub fn promote(&self) {
        self.must("pg_ctl", &["promote", "--silent", "--wait", &self.data_flag()]);
    }

    /// Cuts every connection of the application.
    pub fn cut_connections(&self) {
        self.sql(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity \
             WHERE application_name = 'bihuan'",
        );
    }

    /// What one statement answers.
    pub fn sql(&self, statement: &str) -> String {
        let port = self.port.to_string();
        let flags = ["--host=127.0.0.1", "--username", SUPERUSER, "--port", &port];
        let what = ["--no-align", "--tuples-only", "--quiet", "--command", statement, "postgres"];
        self.must("psql", &[&flags[..], &what[..]].concat())
    }

    /// Asks until the answer is this.
    ///
    /// # Panics
    /// When it is not within a minute.
    pub fn until(&self, statement: &str, answer: &str) {
        let begun = std::time::Instant::now();
        while self.sql(statement) != answer {
            assert!(begun.elapsed().as_secs() < 60, "{statement} does not become {answer}");
        }
    }

    fn start_on_a_free_port(&mut self) {
        for _ in 0..PORTS_TRIED {
            let free = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr());
            self.port = free.unwrap_or_else(|fault| panic!("no free port: {fault}")).port();
            if self.starts() {
                return;
            }
        }
        panic!("PostgreSQL does not start: {}", self.log());
    }

    fn starts(&self) -> bool {
        let fsync = if self.durable { "on" } else { "off" };
        let options = format!(
            "--options=-h 127.0.0.1 -p {} -k {} -c fsync={fsync} -c max_connections=100",
            self.port,
            self.folder.path().display()
        );
        let log = format!("--log={}", self.log_file().display());
        let data = self.data_flag();
        self.run("pg_ctl", &["start", "--silent", "--wait", &data, &log, &options]).status.success()
    }

    fn data_flag(&self) -> String {
        format!("--pgdata={}", self.folder.path().join("data").display())
    }

    fn log_file(&self) -> PathBuf {
        self.folder.path().join("log")
    }

    fn log(&self) -> String {
        std::fs::read_to_string(self.log_file()).unwrap_or_default()
    }

    fn must(&self, program: &str, flags: &[&str]) -> String {
        let ran = self.run(program, flags);
        let said = String::from_utf8_lossy(&ran.stderr);
        assert!(ran.status.success(), "{program} {flags:?}: {said}\n{}", self.log());
        String::from_utf8_lossy(&ran.stdout).trim().to_owned()
    }

    fn run(&self, program: &str, flags: &[&str]) -> Output {
        let program = self.programs.join(program);
        let mut command = match is_root() {
            true => {
                let mut command = Command::new("runuser");
                command.args(["--user", "postgres", "--"]).arg(&program);
                command
            }
            false => Command::new(&program),
        };
        command.args(flags).current_dir(self.folder.path());
        command.output().unwrap_or_else(|fault| panic!("{}: {fault}", program.display()))
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // It may be stopped already, or silent.
        self.signal("-CONT");
        self.run("pg_ctl", &["stop", "--silent", "--mode=immediate", &self.data_flag()]);
    }
}

/// Debian keeps the server's programs out of PATH.
fn programs() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
    let versions = versions.filter_map(|version| Some(version.ok()?.path()));
    let numbered = versions.filter_map(|path| Some((number_of(&path)?, path)));
    let newest = numbered.max_by_key(|(number, _)| *number)?;
    Some(newest.1.join("bin")).filter(|programs| programs.join("initdb").exists())
}

fn number_of(path: &Path) -> Option<u32> {
    path.file_name()?.to_str()?.parse().ok()
}

/// Not in the folder for temporary files that a test may have been given: the
/// user `postgres` may not reach it.
fn own_folder() -> TempDir {
    let folder = tempfile::Builder::new().prefix("bihuan-cluster.").tempdir_in("/tmp");
    let folder = folder.unwrap_or_else(|fault| panic!("no folder for PostgreSQL: {fault}"));
    if is_root() {
        let given = Command::new("chown").arg("postgres").arg(folder.path()).status();
        assert!(given.is_ok_and(|given| given.success()), "there is no user postgres");
    }
    folder
}

fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt as _;
    std::fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0)
}
