//! Administration, by three hands: the system administrator keeps units, people
//! and places; the security administrator gives and takes posts; the auditor
//! reads the journal and who looked at identities. What a post may not open is
//! absent from its navigation.

pub mod calendar;
pub mod erase;
pub mod identity_looks;
pub mod journal;
pub mod messages;
pub mod people;
pub mod places;
pub mod playbook;
pub mod posts;
pub mod tasks;
pub mod units;

#[cfg(test)]
mod samples;
#[cfg(test)]
pub(crate) use samples::samples;

use crate::i18n::Lang;
use crate::view::field::{Choice, Control};
use crate::view::state::Refused;

macro_rules! sections {
    ($($name:ident = $code:literal,)*) => {
        /// A section of administration, at `/admin/<code>`; its name is the
        /// message `admin-<code>`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Section { $($name,)* }

        impl Section {
            pub const ALL: &[Self] = &[$(Self::$name),*];

            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }
        }
    };
}

sections! {
    Units = "units",
    People = "people",
    Posts = "posts",
    Places = "places",
    Playbook = "playbook",
    Calendar = "calendar",
    Messages = "messages",
    Tasks = "tasks",
    Journal = "journal",
    IdentityLooks = "identity-looks",
    Erase = "erase",
}

/// The sections this post may open, and what the last act came to.
#[derive(Clone, Debug)]
pub struct Frame {
    pub sections: Vec<Section>,
    pub current: Section,
    pub done: Option<String>,
    pub refused: Option<Refused>,
}

impl Frame {
    pub const fn new(sections: Vec<Section>, current: Section) -> Self {
        Self { sections, current, done: None, refused: None }
    }

    fn is_current(&self, section: &Section) -> bool {
        self.current == *section
    }
}

/// A selection that begins with "choose".
fn choose(lang: Lang, choices: Vec<Choice>) -> Control {
    let mut all = vec![Choice::new("", lang.tr("field-choose"))];
    all.extend(choices);
    Control::Select(all)
}

const DATE: Control = Control::Line { kind: "date", autocomplete: "off" };
