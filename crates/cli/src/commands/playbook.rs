//! `bihuan playbook`

use std::path::PathBuf;

use bihuan_app::App;
use bihuan_documents::paper::{Issue, Paper, docx, pdf};
use bihuan_domain::calendar::HolidayYear;
use bihuan_domain::ids::{CommandId, PersonId, UnitCode};
use bihuan_domain::playbook::{
    ChangeKind, Checked, Playbook, Source, check as compile, diff, run_cases, template,
};
use jiff::civil::Date;

use super::{first_start, person};
use crate::failure::{Failure, Result};
use crate::outside::fonts::fonts;
use crate::settings::Settings;
use crate::{say, shipped, wire};

/// Stands in the number of a paper nobody will issue.
const SAMPLE_YEAR: i16 = 2026;

/// Write, check, compare and put in force a county's playbook
#[derive(clap::Subcommand)]
pub(crate) enum Command {
    Init(Init),
    Check(Check),
    /// Say in words what one playbook changes in another
    #[command(after_help = "Examples:
  bihuan playbook diff my-county                 against the version in force
  bihuan playbook diff playbooks/xingyang my-county")]
    Diff {
        /// Folder of the old playbook; without a second one, of the new
        first: PathBuf,
        second: Option<PathBuf>,
    },
    Apply(Apply),
    /// Take the version in force back; the one before it is in force again
    #[command(after_help = "Example:\n  bihuan playbook revert --approved-by security")]
    Revert {
        #[arg(long, value_name = "LOGIN")]
        approved_by: String,
    },
}

/// Write a small playbook without errors, to be changed line by line
#[derive(clap::Args)]
#[command(after_help = "Example:\n  bihuan playbook init my-county --county 410182 --name 荥阳市")]
pub(crate) struct Init {
    folder: PathBuf,
    /// Name of the county
    #[arg(long, default_value = "示例县")]
    name: String,
}

/// Find everything that is wrong with a playbook, run its worked cases and set its papers
#[derive(clap::Args)]
#[command(after_help = "Example:\n  bihuan playbook check my-county\n
Exit code 4 when there are errors or a case does not hold.")]
pub(crate) struct Check {
    folder: PathBuf,
}

/// Put a playbook in force; matters already filed keep theirs
#[derive(clap::Args)]
#[command(after_help = "Examples:
  bihuan playbook apply xingyang --data /srv/county
  bihuan playbook apply my-county --from 2027-01-01 --approved-by security")]
pub(crate) struct Apply {
    /// Folder, or the name of a playbook that comes with bihuan
    folder: PathBuf,
    /// The first day new matters are filed under it [default: at once]
    #[arg(long, value_name = "DATE")]
    from: Option<Date>,
    /// Who approved it; the first playbook of a county needs nobody
    #[arg(long, value_name = "LOGIN")]
    approved_by: Option<String>,
}

pub(crate) fn init(settings: &Settings, args: &Init) -> Result {
    let Some(county) = settings.county() else {
        let why = "whose playbook is it? Give the six digits of the county: --county 410182";
        return Err(Failure::Usage(why.to_owned()));
    };
    if args.folder.exists() {
        let folder = args.folder.display();
        return Err(Failure::Refused(format!("{folder} is there already; nothing was written")));
    }
    for (path, text) in template(county.as_str(), &args.name) {
        let path = args.folder.join(path);
        let folder = path.parent().unwrap_or(&args.folder);
        std::fs::create_dir_all(folder)
            .and_then(|()| std::fs::write(&path, text))
            .map_err(|fault| Failure::file("the file", &path, fault))?;
    }
    say::line(format_args!(
        "Written to {}. Next: bihuan playbook check {0}",
        args.folder.display()
    ));
    Ok(())
}

pub(crate) fn check(args: &Check) -> Result {
    let checked = checked(&shipped::playbook(&args.folder)?)?;
    let results = run_cases(&checked, &HolidayYear::shipped());
    let failing: Vec<_> = results.iter().filter(|case| !case.holds()).collect();
    for diagnostic in failing.iter().flat_map(|case| &case.problems) {
        say::line(diagnostic);
    }
    if !failing.is_empty() {
        let (failing, all) = (failing.len(), results.len());
        return Err(Failure::Found(format!("{failing} of {all} worked cases do not hold")));
    }
    set_papers(&checked.playbook)?;
    let Playbook { version, items, units, grids, papers, .. } = &checked.playbook;
    say::line(format_args!(
        "Version {version}: {} items, {} units, {} grids, {} papers, {} worked cases hold. No errors.",
        items.len(),
        units.len(),
        grids.len(),
        papers.len(),
        results.len()
    ));
    Ok(())
}

/// Sets every paper with its samples, as a draft.
fn set_papers(playbook: &Playbook) -> Result {
    if playbook.papers.is_empty() {
        return Ok(());
    }
    let fonts = match fonts() {
        Ok(fonts) => fonts,
        // Whoever writes a playbook need not have the server's fonts.
        Err(fault) => {
            say::note(format_args!("The papers were filled but not set: {fault}"));
            return Ok(());
        }
    };
    for template in &playbook.papers {
        let broken = |why: String| Failure::Found(format!("paper {}: {why}", template.code));
        let unit_name = |unit: &UnitCode| playbook.unit(unit).map(|unit| unit.name.zh.clone());
        let filled = template.fill(&template.samples(), unit_name).map_err(|problems| {
            let said: Vec<_> = problems.iter().map(|problem| problem.words().en).collect();
            broken(said.join("; "))
        })?;
        let issue = Issue::draft(SAMPLE_YEAR, playbook.name.zh.clone());
        let paper = Paper::of(&filled, issue);
        pdf(&paper, &fonts).map_err(|fault| broken(fault.to_string()))?;
        docx(&paper).map_err(|fault| broken(fault.to_string()))?;
    }
    Ok(())
}

pub(crate) async fn run(settings: &Settings, command: &Command) -> Result {
    match command {
        Command::Init(args) => init(settings, args),
        Command::Check(args) => check(args),
        Command::Diff { first, second: Some(second) } => {
            let (old, new) = (shipped::playbook(first)?, shipped::playbook(second)?);
            show_diff(&checked(&old)?.playbook, &checked(&new)?.playbook);
            Ok(())
        }
        Command::Diff { first, second: None } => {
            let new = checked(&shipped::playbook(first)?)?.playbook;
            let app = wire::open_existing(settings).await?;
            let old = app.rules().in_force(app.now()).map(|version| version.playbook.clone());
            app.store().close().await;
            show_diff(old?.as_ref(), &new);
            Ok(())
        }
        Command::Apply(args) => {
            let source = shipped::playbook(&args.folder)?;
            let county = checked(&source)?.playbook.county;
            let app = wire::open(settings, Some(county)).await?;
            let done = apply(&app, &source, args.from, args.approved_by.as_deref()).await;
            app.store().close().await;
            done
        }
        Command::Revert { approved_by } => {
            let app = wire::open_existing(settings).await?;
            let done = revert(&app, approved_by).await;
            app.store().close().await;
            done
        }
    }
}

/// Applies a checked playbook. A county without people gets its administrators
/// in the same go, since every version names who approved it.
pub(super) async fn apply(
    app: &App,
    source: &Source,
    from: Option<Date>,
    approved_by: Option<&str>,
) -> Result {
    first_start::administrators(app).await?;
    let approver = approver(app, approved_by).await?;
    let command = CommandId(app.new_id());
    let applied = app.apply_playbook(&wire::caller(), command, source, from, approver).await?;
    first_start::administrators(app).await?;
    say::line(format_args!("Version {} is in force from {}.", applied.version, applied.from));
    Ok(())
}

async fn approver(app: &App, login: Option<&str>) -> Result<PersonId> {
    match login {
        Some(login) => person::of_login(app, login).await,
        None if app.rules().is_empty() => person::of_login(app, first_start::SECURITY).await,
        None => Err(Failure::Usage("who approved it? --approved-by LOGIN".to_owned())),
    }
}

async fn revert(app: &App, login: &str) -> Result {
    let approver = person::of_login(app, login).await?;
    let command = CommandId(app.new_id());
    let version = app.revert_playbook(&wire::caller(), command, approver).await?;
    say::line(format_args!("Version {version} is in force again."));
    Ok(())
}

/// The playbook, with its warnings said; or all that is wrong.
pub(super) fn checked(source: &Source) -> Result<Checked> {
    match compile(source) {
        Ok(checked) => {
            checked.warnings.iter().for_each(say::line);
            Ok(checked)
        }
        Err(diagnostics) => {
            diagnostics.iter().for_each(say::line);
            let errors = diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).count();
            Err(Failure::Found(format!("the playbook has {errors} errors")))
        }
    }
}

fn show_diff(old: &Playbook, new: &Playbook) {
    let changes = diff(old, new);
    if changes.is_empty() {
        say::line("No difference.");
    }
    for change in changes {
        let sign = match change.kind {
            ChangeKind::Added => '+',
            ChangeKind::Removed => '-',
            ChangeKind::Changed => '~',
        };
        say::line(format_args!("{sign} {}", change.text.en));
    }
}
