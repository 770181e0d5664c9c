//! Before anybody can sign in: two of the three administrators (三员) are added
//! with one-time passwords. Their posts follow once a playbook names the units.

use bihuan_app::commands::{NewPerson, NewPost};
use bihuan_app::{App, Caller};
use bihuan_domain::access::Role;
use bihuan_domain::ids::CommandId;

use super::person;
use crate::failure::Result;
use crate::say;

/// Approves the first playbook, since nobody else is there yet.
pub(super) const SECURITY: &str = "security";

const FIRST: [(&str, &str, Role); 2] =
    [("admin", "系统管理员", Role::SystemAdmin), (SECURITY, "安全管理员", Role::SecurityAdmin)];

/// Adds the administrators to a county without people, and gives those who hold
/// no post yet the one they were added for.
pub(super) async fn administrators(app: &App) -> Result {
    if app.store().people_after(app.county(), "", 1).await?.is_empty() {
        add(app).await?;
    }
    give_posts(app).await
}

async fn add(app: &App) -> Result {
    say::line("First start. Sign in with these; each asks for a password of your own at once:");
    for (login, name, _) in FIRST {
        let person = NewPerson {
            login: login.to_owned(),
            name: name.to_owned(),
            phone: None,
            password: None,
            must_change: true,
            posts: Vec::new(),
        };
        let id = person::add(app, person).await?;
        let password = person::one_time_password(app, id).await?;
        say::line(format_args!("  {login:9} {password}"));
    }
    Ok(())
}

async fn give_posts(app: &App) -> Result {
    let rules = app.rules();
    let root = rules.units.values().find(|unit| unit.above.is_none() && !unit.is_gone);
    let Some(root) = root else { return Ok(()) };
    for (login, _, role) in FIRST {
        let Some(row) = app.store().person_by_login(app.county(), login).await? else { continue };
        let Ok(id) = row.id.parse() else { continue };
        if row.left_us.is_some() || !app.store().posts_of(app.county(), id).await?.is_empty() {
            continue;
        }
        let post = NewPost { role, unit: root.code.clone(), grid: None };
        app.grant_post(&Caller::system(), CommandId(app.new_id()), id, post).await?;
    }
    Ok(())
}
