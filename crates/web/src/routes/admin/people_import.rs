//! `/admin/people/import`: a sheet of people, shown as it would be taken in and
//! written only after that.

use std::collections::BTreeSet;
use std::io::Cursor;

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::post;
use bihuan_app::Error;
use bihuan_app::access::{Admin, may};
use bihuan_app::commands::{NewPerson, NewPost};
use bihuan_documents::table_in::{Hint, Row, Rows};
use bihuan_domain::access::Role;
use bihuan_domain::ids::UnitCode;
use bihuan_domain::refusal::{Reason, Refusal};

use super::files::Received;
use super::{Again, Asked, POSTS, Sent, Visit, done, files, frame, given_by, people, shown};
use crate::csrf::{CsrfForm, CsrfMultipart};
use crate::i18n::Lang;
use crate::pages::admin::Section;
use crate::pages::admin::people::{PeoplePreview, Previewed, take_form};
use crate::problem::Problem;
use crate::routes::site::{SignedIn, Site, problem};
use crate::shell::Shell;
use crate::view::form::Entered;

/// Names of the columns, of which any may be used.
const NAME: [&str; 2] = ["姓名", "name"];
const ACCOUNT: [&str; 2] = ["账号", "account"];
const UNIT: [&str; 3] = ["单位", "单位代码", "unit"];
const POST: [&str; 3] = ["岗位", "post", "role"];

pub(super) fn uploads() -> Router<Site> {
    Router::new()
        .route("/admin/people/import", post(preview))
        .route("/admin/people/import/take", post(take))
}

async fn preview(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    form: CsrfMultipart,
) -> Result<Response, Problem> {
    if !may(session.caller.role(), Admin::KeepPeople) {
        return Err(Problem::Forbidden);
    }
    let lang = shell.lang();
    let file = files::read(form).await?.into_iter().next();
    let read = match file {
        None => Err(Refusal::new(Reason::FieldNeeded).with("field", "file")),
        Some(file) => {
            rows_of(file).map_err(|fault| Refusal::new(Reason::FileRefused).with("fault", fault))
        }
    };
    let (name, rows) = match read {
        Ok(read) => read,
        Err(refusal) => {
            let again = Some(Again { entered: Entered::default(), refusal });
            return people::page(Visit { site, session, shell }, &Asked::default(), again).await;
        }
    };
    let mut seen = BTreeSet::new();
    let mut previewed = Vec::with_capacity(rows.len());
    let given = given_by(&site, &session);
    for row in rows {
        previewed.push(look_at(&site, lang, &given, row, &mut seen).await?);
    }
    let (mut known, mut rejected, mut accepted) = (0, 0, Vec::new());
    for one in &previewed {
        match (&one.problem, one.is_known) {
            (Some(_), _) => rejected += 1,
            (None, true) => known += 1,
            (None, false) => {
                accepted.push([&*one.name, &*one.account, &*one.unit, &*one.role]);
            }
        }
    }
    let new = accepted.len() as u64;
    let rows = serde_json::to_string(&accepted).unwrap_or_default();
    let form = take_form(lang, &rows, new).with("command", site.new_command());
    for one in &mut previewed {
        one.unit = lang.pick(&site.app.rules().unit_name(&one.unit)).to_owned();
        if let Some(role) = Role::from_code(&one.role) {
            one.role = lang.code_of("role", role.code()).into_owned();
        }
    }
    let page = PeoplePreview {
        file: name,
        read: previewed.len() as u64,
        new,
        known,
        rejected,
        rows: previewed,
        form: (new > 0).then_some(form),
        frame: frame(&session, lang, Section::People, &Asked::default(), None)?,
        shell,
    };
    Ok(shown(page, None))
}

/// A row as it was read: its number and its four cells, or why it cannot be read.
type Read = (u64, Result<[String; 4], String>);

fn rows_of(file: Received) -> Result<(String, Vec<Read>), &'static str> {
    let rows = Rows::open(Cursor::new(file.bytes), &Hint::default()).map_err(|_| "not-a-table")?;
    let has = |names: &[&str]| names.iter().any(|name| rows.columns().position(name).is_some());
    if ![&NAME[..], &ACCOUNT, &UNIT, &POST].into_iter().all(has) {
        return Err("people-columns");
    }
    let read = rows.map(|row| match row {
        Ok(row) => {
            (row.number, Ok([NAME.as_slice(), &ACCOUNT, &UNIT, &POST].map(|of| cell(&row, of))))
        }
        Err(fault) => (fault.row, Err(fault.trouble.to_string())),
    });
    Ok((file.name, read.collect()))
}

fn cell(row: &Row, names: &[&str]) -> String {
    names.iter().find_map(|name| row.get(name)).unwrap_or_default().trim().to_owned()
}

async fn look_at(
    site: &Site,
    lang: Lang,
    given: &[Role],
    (row, read): Read,
    seen: &mut BTreeSet<String>,
) -> Result<Previewed, Problem> {
    let [name, account, unit, role] = match read {
        Ok(cells) => cells,
        Err(fault) => {
            let nothing = String::new;
            return Ok(Previewed {
                row,
                name: nothing(),
                account: nothing(),
                unit: nothing(),
                role: nothing(),
                problem: Some(fault),
                is_known: false,
            });
        }
    };
    let found = role_of(&role);
    let empty = [("people-name", &name), ("signin-name", &account)]
        .into_iter()
        .find(|(_, value)| value.is_empty());
    let fault = if let Some((column, _)) = empty {
        Some(lang.trn("people-column-missing", "column", lang.tr(column).into_owned()))
    } else if !seen.insert(account.clone()) {
        Some(lang.tr("people-twice").into_owned())
    } else if role.is_empty() {
        // Without a post: the security administrator gives one.
        None
    } else if !site.app.rules().unit_tree.contains(&UnitCode::new(&*unit)) {
        Some(lang.trn("people-unit-unknown", "unit", &*unit))
    } else {
        match found {
            None => Some(lang.trn("people-role-unknown", "role", &*role)),
            Some(role) if given.contains(&role) => None,
            Some(_) => Some(lang.tr("people-role-entrusted").into_owned()),
        }
    };
    let is_known = site.app.is_login_known(&account).await.map_err(problem)?;
    let role = found.map_or(role, |role| role.code().to_owned());
    Ok(Previewed { row, name, account, unit, role, problem: fault, is_known })
}

/// A post by its code or by its name in either language.
fn role_of(text: &str) -> Option<Role> {
    POSTS.into_iter().find(|role| {
        role.code() == text
            || Lang::ALL.into_iter().any(|lang| lang.code_of("role", role.code()) == text)
    })
}

async fn take(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    form: CsrfForm<Sent>,
) -> Result<Response, Problem> {
    if !may(session.caller.role(), Admin::KeepPeople) {
        return Err(Problem::Forbidden);
    }
    let sent = form.into_inner();
    let rows: Vec<[String; 4]> =
        serde_json::from_str(sent.one("rows")).map_err(|_| Problem::Malformed)?;
    let new: Option<Vec<NewPerson>> = rows.into_iter().map(new_person).collect();
    let new = new.ok_or(Problem::Malformed)?;
    let count = new.len();
    match site.app.add_people(&session.caller, sent.command(&site), new).await {
        Ok(_) => Ok(done(Section::People, "person-added", count)),
        Err(Error::Refused(refusal)) => {
            let again = Some(Again { entered: Entered::default(), refusal });
            people::page(Visit { site, session, shell }, &Asked::default(), again).await
        }
        Err(fault) => Err(problem(fault)),
    }
}

/// Without a password: the security administrator gives each a one-time one.
fn new_person([name, login, unit, role]: [String; 4]) -> Option<NewPerson> {
    let posts = if role.is_empty() {
        Vec::new()
    } else {
        let role = Role::from_code(&role).filter(|role| POSTS.contains(role))?;
        vec![NewPost { role, unit: UnitCode::new(unit), grid: None }]
    };
    Some(NewPerson { login, name, phone: None, password: None, must_change: true, posts })
}
