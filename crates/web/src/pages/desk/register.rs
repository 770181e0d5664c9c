//! Writing down what somebody else says: by phone, in person, by letter, from a
//! leader's note. Beside it, what the same caller and the same place already
//! have open. A phone number goes by POST only and is never part of an address.

use askama::Template;
use bihuan_domain::matter::{Source, Urgency};

use crate::i18n::Lang;
use crate::shell::Shell;
use crate::view::field::{Choice, Control, Field};
use crate::view::form::{Entered, Form};
use crate::view::lamp::Lamp;
use crate::view::state::Refused;

/// A matter already here.
#[derive(Clone, Debug, PartialEq)]
pub struct Near {
    pub number: String,
    pub href: String,
    pub title: String,
    pub lamp: Lamp,
    /// `12345，9月26日 周一，豫龙镇`
    pub about: String,
}

#[derive(Template)]
#[template(path = "pages/desk/register.html")]
pub struct Register {
    pub shell: Shell,
    pub form: Form,
    /// Not asked yet: a phone number is needed first.
    pub caller_asked: bool,
    /// Matters of the same caller, found by a keyed hash of the number.
    pub caller: Vec<Near>,
    /// Open matters at the same place.
    pub place: Vec<Near>,
    pub refused: Option<Refused>,
}

/// Sources an officer may register.
const SOURCES: [Source; 5] =
    [Source::Hotline, Source::Visit, Source::Letter, Source::LeaderNote, Source::Complaint];

pub fn is_offered(source: Source) -> bool {
    SOURCES.contains(&source)
}

pub struct Offered {
    pub items: Vec<Choice>,
    /// By town.
    pub villages: Vec<(String, Vec<Choice>)>,
}

pub fn form(lang: Lang, command: &str, offered: Offered, entered: &Entered) -> Form {
    let sources =
        SOURCES.map(|one| Choice::new(one.code(), lang.code_of("source", one.code()))).to_vec();
    let urgencies = Urgency::OF_ITEMS
        .iter()
        .map(|one| Choice::new(one.code(), lang.code_of("urgency", one.code())))
        .collect();
    let choose = |choices: Vec<Choice>| {
        let mut all = vec![Choice::new("", lang.tr("field-choose"))];
        all.extend(choices);
        Control::Select(all)
    };
    let phone = Control::Line { kind: "tel", autocomplete: "off" };
    let fields = vec![
        Field::new("source", lang.tr("register-source"), Control::Radios(sources))
            .value(Source::Hotline.code()),
        Field::new("phone", lang.tr("register-phone"), phone)
            .hint(lang.tr("register-phone-hint"))
            .optional(),
        Field::line("caller", lang.tr("register-caller")).optional(),
        Field::tick("confidential", lang.tr("register-confidential")),
        Field::area("words", lang.tr("register-words"), 6)
            .hint(lang.tr("register-words-hint"))
            .max_length(2_000),
        Field::line("place", lang.tr("register-place"))
            .hint(lang.tr("register-place-hint"))
            .optional(),
        Field::new("grid", lang.tr("field-grid"), Control::Grouped(offered.villages)).optional(),
        Field::line("position", lang.tr("places-position"))
            .hint(lang.tr("register-position-hint"))
            .optional(),
        Field::new("item", lang.tr("field-item"), choose(offered.items))
            .hint(lang.tr("register-item-hint"))
            .optional(),
        Field::new("urgency", lang.tr("field-urgency"), Control::Radios(urgencies))
            .value(Urgency::Ordinary.code()),
        Field::tick("accept", lang.tr("register-accept")),
    ];
    Form::post("/register", lang.tr("register-go"), fields)
        .with("command", command)
        .also("/register/look-up", lang.tr("register-look-up"))
        .entered(entered)
}
