//! Erasing content of a matter where the law asks for it: find the matter, choose
//! what goes and on what ground. The words themselves are not shown.

use askama::Template;
use bihuan_domain::matter::ErasureGround;

use super::{Frame, choose};
use crate::i18n::Lang;
use crate::shell::Shell;
use crate::view::field::{Choice, Control, Field};
use crate::view::form::{Entered, Form};

#[derive(Template)]
#[template(path = "pages/admin/erase.html")]
pub struct Erase {
    pub shell: Shell,
    pub frame: Frame,
    pub find: Form,
    /// The matter's number and the form; none until one is found.
    pub found: Option<(String, Form)>,
    /// The matter is there, and nothing of it is left to erase.
    pub is_empty: bool,
}

pub fn find_form(lang: Lang, number: &str) -> Form {
    let field = Field::line("words", lang.tr("erase-number")).value(number);
    Form::filter("/admin/erase", lang.tr("erase-find"), vec![field])
}

pub fn erase_form(lang: Lang, number: &str, contents: Vec<Choice>, entered: &Entered) -> Form {
    let grounds = ErasureGround::ALL
        .iter()
        .map(|ground| Choice::new(ground.code(), lang.code_of("erasure", ground.code())))
        .collect();
    let fields = vec![
        Field::new("content", lang.tr("erase-content"), Control::Radios(contents)),
        Field::new("ground", lang.tr("erase-ground"), choose(lang, grounds)),
    ];
    Form::post("/admin/erase", lang.tr("erase-do"), fields)
        .with("number", number)
        .warn(lang.tr("erase-warning"))
        .entered(entered)
}
