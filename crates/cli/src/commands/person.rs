//! `bihuan person`: what must be possible before anybody can sign in.

use bihuan_app::commands::{NewPerson, NewPost};
use bihuan_app::{App, Caller};
use bihuan_domain::access::Role;
use bihuan_domain::ids::{CommandId, GridCode, PersonId, UnitCode};

use crate::failure::{Failure, Result};
use crate::settings::Settings;
use crate::{say, wire};

/// Add people and give one-time passwords
#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Add a person with a post and print a one-time password
    #[command(after_help = "Example:
  bihuan person add wang --name 王伟 --role handler --unit urban-management")]
    Add {
        login: String,
        #[arg(long)]
        name: String,
        /// e.g. triage, dispatcher, handler, grid-worker
        #[arg(long, value_parser = role)]
        role: Role,
        /// Code of the unit, as in the playbook
        #[arg(long)]
        unit: String,
        /// Code of the grid, for grid workers and leaders
        #[arg(long)]
        grid: Option<String>,
        /// Where messages go
        #[arg(long)]
        phone: Option<String>,
    },
    /// End a person's sessions and print a one-time password
    #[command(after_help = "Example:\n  bihuan person reset-password admin --data /srv/county")]
    ResetPassword { login: String },
}

pub(crate) async fn run(settings: &Settings, command: &Command) -> Result {
    let app = wire::open_existing(settings).await?;
    let done = obey(&app, command).await;
    app.store().close().await;
    let (login, password) = done?;
    say::line(format_args!("{login}  {password}"));
    say::note("The password works once: the first sign-in asks for another.");
    Ok(())
}

async fn obey(app: &App, command: &Command) -> Result<(String, String)> {
    let (login, person) = match command {
        Command::ResetPassword { login } => (login, of_login(app, login).await?),
        Command::Add { login, name, role, unit, grid, phone } => {
            let post = NewPost {
                role: *role,
                unit: UnitCode::new(unit),
                grid: grid.as_ref().map(GridCode::new),
            };
            let person = NewPerson {
                login: login.clone(),
                name: name.clone(),
                phone: phone.clone(),
                password: None,
                must_change: true,
                posts: vec![post],
            };
            (login, add(app, person).await?)
        }
    };
    let password = one_time_password(app, person).await?;
    Ok((login.clone(), password))
}

pub(super) async fn add(app: &App, person: NewPerson) -> Result<PersonId> {
    let added = app.add_people(&Caller::system(), CommandId(app.new_id()), vec![person]).await?;
    added.first().copied().ok_or_else(|| Failure::Broken("nobody was added".to_owned()))
}

pub(super) async fn one_time_password(app: &App, person: PersonId) -> Result<String> {
    Ok(app.reset_password(&Caller::system(), CommandId(app.new_id()), person).await?)
}

pub(super) async fn of_login(app: &App, login: &str) -> Result<PersonId> {
    let found = app.store().person_by_login(app.county(), login).await?;
    let id = found.and_then(|person| person.id.parse().ok());
    id.ok_or_else(|| Failure::Refused(format!("nobody signs in as `{login}`")))
}

fn role(text: &str) -> std::result::Result<Role, String> {
    let given = |role: &Role| !matches!(role, Role::Reporter | Role::System);
    Role::from_code(text).filter(given).ok_or_else(|| {
        let known: Vec<_> = Role::ALL.into_iter().filter(given).map(Role::code).collect();
        format!("there are {}", known.join(", "))
    })
}
