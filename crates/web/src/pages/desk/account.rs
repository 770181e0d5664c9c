//! Coming in and going out: sign-in, one's own password, one's own sessions.
//! A wrong name and a wrong password get the same words.

use askama::Template;

use crate::i18n::Lang;
use crate::shell::Shell;
use crate::view::day::Day;
use crate::view::field::{Control, Field};
use crate::view::form::Form;
use crate::view::state::Refused;
use crate::view::table::{Act, Cell, Column, Row, Table};

#[derive(Template)]
#[template(path = "pages/desk/sign_in.html")]
pub struct SignIn {
    pub shell: Shell,
    pub form: Form,
    /// Wrong name or password, throttled, signed out elsewhere.
    pub refused: Option<Refused>,
    /// A form was being filled when the session ended; it is kept.
    pub kept_form: bool,
}

/// `back` is where the person wanted to go.
pub fn sign_in_form(lang: Lang, back: &str) -> Form {
    let name = Control::Line { kind: "text", autocomplete: "username" };
    let fields = vec![
        Field::new("name", lang.tr("signin-name"), name),
        Field::new(
            "password",
            lang.tr("signin-password"),
            Control::Secret { autocomplete: "current-password" },
        ),
    ];
    Form::post("/sign-in", lang.tr("signin-go"), fields).with("back", back)
}

#[derive(Template)]
#[template(path = "pages/desk/password.html")]
pub struct Password {
    pub shell: Shell,
    pub form: Form,
    /// Signed in with a password somebody else gave: it must be changed first.
    pub is_first: bool,
    pub done: Option<String>,
}

pub fn password_form(lang: Lang, least: u32) -> Form {
    let hint = lang.trn("password-new-hint", "n", least);
    let new = || Control::Secret { autocomplete: "new-password" };
    let current = Control::Secret { autocomplete: "current-password" };
    let fields = vec![
        Field::new("current", lang.tr("password-current"), current),
        Field::new("new", lang.tr("password-new"), new()).hint(hint),
        Field::new("again", lang.tr("password-again"), new()),
    ];
    Form::post("/me/password", lang.tr("password-go"), fields)
}

/// One place where this account is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    pub id: String,
    /// `Chrome，Windows`, from the browser's own words.
    pub device: String,
    pub began: Day,
    pub last_used: Day,
    pub is_this: bool,
}

#[derive(Template)]
#[template(path = "pages/desk/me.html")]
pub struct Me {
    pub shell: Shell,
    pub name: String,
    pub account: String,
    /// Every post held; one acts under one of them at a time.
    pub posts: Vec<Post>,
    pub sessions: Vec<Session>,
    pub done: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    pub id: String,
    pub unit: String,
    pub role: String,
    pub is_current: bool,
}

impl Me {
    fn session_table(&self) -> Table {
        let lang = self.shell.lang();
        let columns = vec![
            Column::words(lang.tr("me-device")),
            Column::words(lang.tr("me-began")),
            Column::words(lang.tr("me-last-used")),
            Column::acts(),
        ];
        let rows = self.sessions.iter().map(|one| session_row(lang, one)).collect();
        Table::new(columns, rows).or_nothing(lang.tr("me-no-sessions"), "")
    }

    fn post_table(&self) -> Table {
        let lang = self.shell.lang();
        let columns = vec![
            Column::words(lang.tr("col-unit")),
            Column::words(lang.tr("col-post")),
            Column::acts(),
        ];
        let rows = self.posts.iter().map(|one| post_row(lang, one)).collect();
        Table::new(columns, rows).or_nothing(lang.tr("me-no-posts"), lang.tr("me-no-posts-how"))
    }
}

fn session_row(lang: Lang, one: &Session) -> Row {
    let end = if one.is_this {
        Cell::Tag(lang.tr("me-this-session").into_owned())
    } else {
        Cell::Acts(vec![Act::Post {
            label: lang.tr("me-end-session").into_owned(),
            action: "/me/sessions/end".to_owned(),
            fields: vec![("session".to_owned(), one.id.clone())],
        }])
    };
    Row::of(vec![Cell::words(&one.device), Cell::Day(one.began), Cell::Day(one.last_used), end])
        .current(one.is_this)
}

fn post_row(lang: Lang, one: &Post) -> Row {
    let change = if one.is_current {
        Cell::Tag(lang.tr("me-this-post").into_owned())
    } else {
        Cell::Acts(vec![Act::Post {
            label: lang.tr("me-use-post").into_owned(),
            action: "/me/post".to_owned(),
            fields: vec![("post".to_owned(), one.id.clone())],
        }])
    };
    Row::of(vec![Cell::words(&one.unit), Cell::words(&one.role), change]).current(one.is_current)
}
