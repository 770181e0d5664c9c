//! A reporter's identity, shown once on the page that answers the step. It is in
//! no address and in no history of the browser's cache.

use askama::Template;

use crate::shell::Shell;

#[derive(Template)]
#[template(path = "pages/desk/identity.html")]
pub struct Identity {
    pub shell: Shell,
    pub number: String,
    pub name: Option<String>,
    pub phone: Option<String>,
    pub confidential: bool,
}

impl Identity {
    fn or_nothing(&self, value: &Option<String>) -> String {
        match value {
            Some(value) => value.clone(),
            None => self.shell.tr("identity-none-given").into_owned(),
        }
    }
}
