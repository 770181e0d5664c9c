//! Sentences for people, in both languages. They stand beside the code of a
//! fault, so that a command line and a page say the same.

use bihuan_domain::playbook::model::Text;

pub(crate) fn text(zh: &str, en: &str) -> Text {
    Text { zh: zh.to_owned(), en: en.to_owned() }
}
