//! A folder of its own for each test, and the binary run in it.

use std::path::PathBuf;
use std::process::{Command, Output};

use tempfile::TempDir;

pub(crate) struct Place {
    folder: TempDir,
    /// Instead of a SQLite file in the folder.
    database: Option<String>,
}

/// How a run ended.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Place {
    pub(crate) fn empty() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), database: None }
    }

    /// With its data in the database at `address`.
    pub(crate) fn on(address: &str) -> Self {
        Self { database: Some(address.to_owned()), ..Self::empty() }
    }

    /// With a small playbook in force.
    pub(crate) fn begun() -> Self {
        Self::empty().begin()
    }

    /// Puts a small playbook in force.
    pub(crate) fn begin(self) -> Self {
        self.good(&["playbook", "init", "rules", "--county", "410182"]);
        self.good(&["playbook", "apply", "rules"]);
        self
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        std::fs::write(self.path(name), content).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    /// The command, in this folder and free of the settings around the test.
    pub(crate) fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bihuan"));
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("BIHUAN_") {
                command.env_remove(name);
            }
        }
        if let Some(address) = &self.database {
            command.env("BIHUAN_DATABASE", address);
        }
        command.current_dir(self.folder.path()).args(words);
        command
    }

    pub(crate) fn run(&self, words: &[&str]) -> Ran {
        let Output { status, stdout, stderr } = self.command(words).output().unwrap();
        Ran {
            code: status.code().unwrap(),
            out: String::from_utf8(stdout).unwrap(),
            err: String::from_utf8(stderr).unwrap(),
        }
    }

    /// Runs what must end well.
    pub(crate) fn good(&self, words: &[&str]) -> String {
        let ran = self.run(words);
        assert_eq!(ran.code, 0, "{words:?}: {ran:?}");
        ran.out
    }

    /// Runs what must end with this code; returns what it said of it.
    pub(crate) fn ends(&self, code: i32, words: &[&str]) -> String {
        let ran = self.run(words);
        assert_eq!(ran.code, code, "{words:?}: {ran:?}");
        ran.out + &ran.err
    }
}
