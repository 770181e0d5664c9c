//! Posts: a role held in a unit, given and taken by the security administrator.
//! Nobody gives a post to themselves.

use askama::Template;

use super::{Frame, choose};
use crate::i18n::Lang;
use crate::shell::Shell;
use crate::view::day::Day;
use crate::view::field::{Choice, Field};
use crate::view::form::{Entered, Form};
use crate::view::table::{Act, Cell, Column, Pages, Row, Table};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostRow {
    pub id: String,
    pub person: String,
    pub account: String,
    pub role: String,
    pub unit: String,
    pub grid: Option<String>,
    pub since: Day,
    /// Nobody takes their own post.
    pub is_own: bool,
}

#[derive(Template)]
#[template(path = "pages/admin/posts.html")]
pub struct Posts {
    pub shell: Shell,
    pub frame: Frame,
    pub filters: Form,
    pub posts: Vec<PostRow>,
    pub pages: Pages,
    pub give: Form,
    /// Role, and what it may do, in words.
    pub roles: Vec<(String, String)>,
}

pub struct Offered {
    pub people: Vec<Choice>,
    pub roles: Vec<Choice>,
    pub units: Vec<Choice>,
    pub grids: Vec<Choice>,
}

pub fn give_form(lang: Lang, offered: Offered, entered: &Entered) -> Form {
    let fields = vec![
        Field::new("person", lang.tr("posts-person"), choose(lang, offered.people))
            .hint(lang.tr("posts-person-hint")),
        Field::new("role", lang.tr("posts-role"), choose(lang, offered.roles)),
        Field::new("unit", lang.tr("col-unit"), choose(lang, offered.units)),
        Field::new("grid", lang.tr("field-grid"), choose(lang, offered.grids))
            .hint(lang.tr("posts-grid-hint"))
            .optional(),
    ];
    Form::post("/admin/posts", lang.tr("posts-give-go"), fields).entered(entered)
}

impl Posts {
    fn table(&self) -> Table {
        let lang = self.shell.lang();
        let columns = vec![
            Column::words(lang.tr("posts-person")),
            Column::words(lang.tr("posts-role")),
            Column::words(lang.tr("posts-scope")),
            Column::words(lang.tr("posts-since")),
            Column::acts(),
        ];
        let rows = self.posts.iter().map(|post| row(lang, post)).collect();
        Table::new(columns, rows).or_nothing(lang.tr("posts-none"), lang.tr("posts-none-how"))
    }

    fn role_table(&self) -> Table {
        let lang = self.shell.lang();
        let columns =
            vec![Column::words(lang.tr("posts-role")), Column::words(lang.tr("posts-may"))];
        let rows = self.roles.iter();
        let rows = rows.map(|(role, may)| Row::of(vec![Cell::words(role), Cell::words(may)]));
        Table::new(columns, rows.collect())
    }
}

fn row(lang: Lang, post: &PostRow) -> Row {
    let scope = match &post.grid {
        None => Cell::words(&post.unit),
        Some(grid) => Cell::two(&post.unit, grid),
    };
    let take = if post.is_own {
        Cell::Tag(lang.tr("posts-own").into_owned())
    } else {
        Cell::Acts(vec![Act::Link {
            label: lang.tr("posts-take").into_owned(),
            href: format!("/admin/posts/{}/take", post.id),
        }])
    };
    Row::of(vec![
        Cell::two(&post.person, &post.account),
        Cell::words(&post.role),
        scope,
        Cell::Day(post.since),
        take,
    ])
}

/// Taking a post asks again, on a page of its own.
#[derive(Template)]
#[template(path = "pages/admin/take_post.html")]
pub struct TakePost {
    pub shell: Shell,
    pub frame: Frame,
    pub person: String,
    pub post: String,
    pub form: Form,
}

pub fn take_form(lang: Lang, id: &str) -> Form {
    Form::post(format!("/admin/posts/{id}/take"), lang.tr("posts-take-go"), Vec::new())
        .warn(lang.tr("posts-take-warning"))
        .or_back("/admin/posts", lang.tr("form-cancel"))
}
