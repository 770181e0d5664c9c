//! One file a command. A command reads what it was given, calls the
//! application, and says what came of it.

pub(crate) mod backup;
pub(crate) mod calendar;
pub(crate) mod completions;
mod config;
pub(crate) mod demo;
pub(crate) mod doctor;
pub(crate) mod export;
mod first_start;
pub(crate) mod import;
mod invented;
pub(crate) mod key;
pub(crate) mod person;
pub(crate) mod playbook;
pub(crate) mod restore;
pub(crate) mod serve;
pub(crate) mod simulate;
pub(crate) mod tasks;
pub(crate) mod verify;
pub(crate) mod whatif;

use std::io::IsTerminal as _;

use rustix::process::Signal;
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

use crate::args::{Args, Command};
use crate::failure::{Failure, Result};
use crate::settings::Settings;

pub(crate) fn run(args: Args) -> Result {
    let mut flags = args.common.flags();
    match &args.command {
        Command::Serve(args) => flags.extend(args.flags()),
        Command::Demo(args) => flags.extend(args.flags()),
        _ => {}
    }
    let settings = Settings::read(args.common.config.as_deref(), flags)?;
    log(&settings)?;
    // Two providers are linked in; without a choice the first handshake would panic. An error
    // means that one was chosen already.
    drop(rustls::crypto::ring::default_provider().install_default());
    match args.command {
        Command::Config => config::run(&settings),
        Command::Completions(args) => {
            completions::run(&args, <Args as clap::CommandFactory>::command())
        }
        Command::Playbook(playbook::Command::Init(args)) => playbook::init(&settings, &args),
        Command::Playbook(playbook::Command::Check(args)) => playbook::check(&args),
        Command::Key(key::Command::Recipient { file }) => key::recipient(&file),
        Command::Verify(args) if args.file.is_some() => verify::file(&args),
        command => runtime()?.block_on(with_application(command, settings)),
    }
}

async fn with_application(command: Command, settings: Settings) -> Result {
    // Without a listener the first write beyond a limit on the size of files would end us; with one
    // it fails like a write to a full disk.
    let _listener = signal(SignalKind::from_raw(Signal::XFSZ.as_raw()))
        .map_err(|fault| Failure::Broken(format!("signals: {fault}")))?;
    match command {
        Command::Serve(args) => serve::run(&settings, &args).await,
        Command::Demo(args) => demo::run(&settings, &args).await,
        Command::Simulate(args) => simulate::run(&settings, &args).await,
        Command::Import(args) => import::run(&settings, &args).await,
        Command::Export(args) => export::run(&settings, &args).await,
        Command::Verify(args) => verify::data(&settings, &args).await,
        Command::Backup(args) => backup::run(&settings, &args).await,
        Command::Restore(args) => restore::run(&settings, &args).await,
        Command::Key(_) => key::accept(&settings).await,
        Command::Playbook(command) => playbook::run(&settings, &command).await,
        Command::Whatif(args) => whatif::run(&settings, &args).await,
        Command::Calendar(command) => calendar::run(&settings, &command).await,
        Command::Person(command) => person::run(&settings, &command).await,
        Command::Tasks(command) => tasks::run(&settings, &command).await,
        Command::Doctor(args) => doctor::run(&settings, &args).await,
        Command::Config | Command::Completions(_) => Ok(()),
    }
}

fn runtime() -> Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|fault| Failure::Broken(format!("no threads: {fault}")))
}

/// To the error output, so that what a command prints stays readable by
/// programs.
fn log(settings: &Settings) -> Result {
    let wanted = settings.get("log").unwrap_or_default();
    let filter = EnvFilter::try_new(wanted)
        .map_err(|fault| Failure::Usage(format!("log = \"{wanted}\": {fault}")))?;
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        // A log on a full disk would fail, and its complaint of that end the request it is about.
        .log_internal_errors(false)
        .with_writer(std::io::stderr);
    if settings.get("log_format") == Some("json") {
        log.json().init();
    } else {
        log.init();
    }
    Ok(())
}
