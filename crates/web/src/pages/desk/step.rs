//! One step of a matter as a page of its own: `/m/{number}/{step}`. The fields
//! of every step stand in [`fields_of`]; a new step is a new arm there and two
//! messages, never a new template.

mod supervision;

use askama::Template;
use bihuan_domain::matter::{Rating, Step, Urgency};

use crate::i18n::Lang;
use crate::shell::Shell;
use crate::view::field::{Choice, Control, Field};
use crate::view::form::Form;
use crate::view::lamp::Lamp;
use crate::view::state::Refused;

/// What the fields of a step choose among. Handlers fill what the step needs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offered {
    pub items: Vec<Choice>,
    pub units: Vec<Choice>,
    pub grids: Vec<Choice>,
    /// Lawful channels, each with what the reporter is told.
    pub channels: Vec<Choice>,
    /// Deadlines that may be extended, each with its date and what is left.
    pub nodes: Vec<Choice>,
    /// Matters it may be merged into.
    pub matters: Vec<Choice>,
    /// Photos that may be shown to the reporter.
    pub photos: Vec<Choice>,
    /// What the item's evidence rule still asks for, in words.
    pub evidence_wanted: Option<String>,
    /// The drafted answer, as the approver must see it.
    pub draft: Option<String>,
    /// Words suggested for the answer, to be corrected.
    pub answer: String,
    /// The reporter still waits for an answer, and it can be written in the same
    /// form.
    pub answers: bool,
    /// Lines of the villages' duty list.
    pub duties: Vec<Choice>,
    /// Manners of handling the regime knows, and the matter's own.
    pub kinds: Vec<Choice>,
    pub kind: String,
    /// Whether the matter is of a line of the catalogue.
    pub has_items: bool,
    /// Closing gives a grade.
    pub grades: bool,
    /// Handing in says whether others have the same fault.
    pub alike: bool,
    /// The draft as it stands.
    pub redraft: Redraft,
    /// The unit reads no words of the report and must be told what to do.
    pub is_confidential: bool,
}

/// What a draft says of itself, as texts and codes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Redraft {
    pub words: String,
    pub goal: String,
    pub basis: String,
    pub official: String,
    pub person: String,
    pub lead: String,
    pub co: Vec<String>,
    pub from_on: String,
    pub due_on: String,
    pub duty: String,
}

#[derive(Template)]
#[template(path = "pages/desk/step.html")]
pub struct StepPage {
    pub shell: Shell,
    pub step: Step,
    pub number: String,
    pub title: String,
    pub lamp: Lamp,
    /// Short facts beside the form: name and value.
    pub facts: Vec<(String, String)>,
    /// The reporter's words, or the draft an approver reads.
    pub quoted: Option<String>,
    pub form: Form,
    /// Why it was not taken, with what to do next.
    pub refused: Option<Refused>,
    /// Of the step that signs for them.
    pub slips: Vec<super::matter::SlipPaper>,
    /// What may be done instead: words and address.
    pub instead: Vec<(String, String)>,
}

impl StepPage {
    fn name(&self) -> String {
        self.shell.code_of("step", self.step.code()).into_owned()
    }

    fn means(&self) -> String {
        self.shell.code_of("step-means", self.step.code()).into_owned()
    }
}

/// What a step form carries besides its fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ticket {
    pub number: String,
    /// Made with the page: a repeated submit gets the first answer.
    pub command: String,
    /// Entries seen when the page was made.
    pub seen: u64,
    /// The list to go back to, if any.
    pub from: Option<String>,
}

/// The form of a step.
pub fn form(lang: Lang, step: Step, ticket: &Ticket, offered: &Offered) -> Form {
    let action = format!("/m/{}/{}", ticket.number, step.code());
    let form =
        Form::post(action, lang.code_of("step", step.code()), fields_of(lang, step, offered))
            .in_parts()
            .with("command", &ticket.command)
            .with("seen", ticket.seen.to_string())
            .or_back(format!("/m/{}", ticket.number), lang.tr("form-cancel"));
    match &ticket.from {
        None => form,
        Some(list) => form.with("from", list),
    }
}

/// Every field of every step.
pub fn fields_of(lang: Lang, step: Step, offered: &Offered) -> Vec<Field> {
    let with = Fields { lang, offered };
    match step {
        // Filing, importing and erasing are not done on a matter's own page.
        Step::File | Step::Import | Step::Erase | Step::Sign | Step::Unmerge => Vec::new(),
        Step::SignSlip => Vec::new(),
        Step::ApproveFiling | Step::Criticise => vec![with.approve(), with.reason().optional()],
        Step::Redraft => with.redraft(),
        Step::Link => with.link(),
        Step::Plan => with.plan(),
        Step::Confer => with.confer(),
        Step::PassOver => with.pass_over(),
        Step::Publicise => vec![with.publicity()],
        Step::Issue => with.issue(),
        Step::Slip => with.slip(),
        Step::ProposeCriticism | Step::Object => vec![with.reason()],
        Step::Review => with.review(),
        Step::Merge => vec![with.merge_target()],
        Step::Decline => vec![with.channel(), with.reason()],
        Step::Accept => vec![with.item(), with.urgency()],
        Step::RequestVerification => vec![with.grid().optional(), with.note().optional()],
        Step::Verify => vec![with.holds(), with.note().optional(), with.photos_now()],
        Step::Dispatch => vec![with.lead(), with.co_units(), with.brief()],
        Step::UndoDispatch | Step::Reopen | Step::Escalate => vec![with.reason()],
        Step::Resume | Step::Withdraw => vec![with.reason().optional()],
        Step::Return => vec![with.reason(), with.suggested_unit().optional()],
        Step::Adjudicate => vec![with.lead(), with.note().optional()],
        Step::RequestTransfer => vec![with.suggested_unit(), with.reason()],
        Step::Transfer => vec![with.approve(), with.transfer_to(), with.reason().optional()],
        Step::CoHandle => vec![with.co_unit(), with.note().optional()],
        Step::Act => vec![with.note(), with.photos_now(), with.documents()],
        Step::RequestExtension => {
            vec![
                with.node(),
                with.until().optional(),
                with.amount().optional(),
                with.amount_unit(),
                with.reason(),
            ]
        }
        Step::Extend => vec![with.approve(), with.reason().optional()],
        Step::Suspend => vec![with.review_on(), with.reason()],
        Step::Submit | Step::SettleOnSpot => {
            let mut fields = vec![with.note(), with.photos_after(), with.documents()];
            if offered.answers {
                fields.extend([with.answer().optional(), with.show_photos()]);
            }
            if offered.alike {
                fields.extend(with.alike());
            }
            fields
        }
        Step::Check => vec![with.holds(), with.note().optional(), with.photos_now()],
        Step::LookBack => vec![with.holds(), with.note(), with.photos_now()],
        Step::Close if offered.answers => vec![with.answer(), with.note().optional()],
        Step::Close if offered.grades => vec![with.grade(), with.note().optional()],
        Step::Close | Step::StrikeOff => vec![with.note().optional()],
        Step::Rate => vec![with.rating(), with.words().optional()],
        Step::Ask => vec![with.question()],
        Step::Supplement => vec![with.words().optional(), with.photos_now()],
        Step::Answer => vec![with.answer(), with.shown_photos()],
        Step::ApproveAnswer => Vec::new(),
        Step::AmendClass if offered.has_items => {
            vec![with.item(), with.urgency(), with.reason().optional()]
        }
        Step::AmendClass => vec![with.kind(), with.reason()],
        Step::AmendPlace => {
            vec![with.place(), with.address(), with.grid().optional(), with.reason().optional()]
        }
        Step::SetObjectUnit => vec![with.object_unit()],
        Step::Instruct | Step::Urge => vec![with.words()],
        Step::ReadIdentity => vec![with.identity_reason()],
    }
}

const PHOTOS: &str = "image/jpeg,image/png,image/webp";
const DOCUMENTS: &str = ".pdf,.ofd,.docx,.xlsx,.mp4";
const LONGEST: u32 = 2_000;

struct Fields<'a> {
    lang: Lang,
    offered: &'a Offered,
}

impl Fields<'_> {
    fn reason(&self) -> Field {
        Field::area("reason", self.lang.tr("field-reason"), 3)
            .hint(self.lang.tr("field-reason-hint"))
            .max_length(LONGEST)
    }

    fn note(&self) -> Field {
        Field::area("note", self.lang.tr("field-note"), 4)
            .hint(self.lang.tr("field-note-hint"))
            .max_length(LONGEST)
    }

    /// What the unit is told; all it is told where the report is confidential.
    fn brief(&self) -> Field {
        if !self.offered.is_confidential {
            return self.note().optional();
        }
        self.note().hint(self.lang.tr("field-summary-hint"))
    }

    fn words(&self) -> Field {
        Field::area("words", self.lang.tr("field-words"), 4).max_length(LONGEST)
    }

    fn question(&self) -> Field {
        Field::area("question", self.lang.tr("field-question"), 3)
            .hint(self.lang.tr("field-question-hint"))
            .max_length(LONGEST)
    }

    fn answer(&self) -> Field {
        Field::area("answer", self.lang.tr("field-answer"), 6)
            .hint(self.lang.tr("field-answer-hint"))
            .max_length(LONGEST)
            .value(self.offered.answer.as_str())
    }

    /// Never ticked beforehand: what residents see is chosen.
    fn show_photos(&self) -> Field {
        Field::tick("show_photos", self.lang.tr("field-show-photos"))
            .hint(self.lang.tr("field-shown-photos-hint"))
            .optional()
    }

    fn identity_reason(&self) -> Field {
        Field::area("reason", self.lang.tr("field-reason"), 3)
            .hint(self.lang.tr("field-identity-hint"))
            .max_length(LONGEST)
    }

    fn select(&self, name: &'static str, label: &str, choices: &[Choice]) -> Field {
        let mut all = vec![Choice::new("", self.lang.tr("field-choose"))];
        all.extend_from_slice(choices);
        Field::new(name, label, Control::Select(all))
    }

    fn item(&self) -> Field {
        self.select("item", &self.lang.tr("field-item"), &self.offered.items)
    }

    fn lead(&self) -> Field {
        self.select("lead", &self.lang.tr("field-lead"), &self.offered.units)
            .hint(self.lang.tr("field-lead-hint"))
    }

    fn co_units(&self) -> Field {
        Field::new("co", self.lang.tr("field-co"), Control::Folded(self.offered.units.clone()))
            .optional()
    }

    fn co_unit(&self) -> Field {
        self.select("unit", &self.lang.tr("field-co"), &self.offered.units)
    }

    fn suggested_unit(&self) -> Field {
        self.select("suggested", &self.lang.tr("field-suggested"), &self.offered.units)
    }

    fn transfer_to(&self) -> Field {
        self.select("to", &self.lang.tr("field-transfer-to"), &self.offered.units)
            .hint(self.lang.tr("field-transfer-to-hint"))
            .optional()
    }

    fn object_unit(&self) -> Field {
        self.select("unit", &self.lang.tr("field-object"), &self.offered.units)
            .hint(self.lang.tr("field-object-hint"))
            .optional()
    }

    fn grid(&self) -> Field {
        self.select("grid", &self.lang.tr("field-grid"), &self.offered.grids)
    }

    fn node(&self) -> Field {
        let radios = Control::Radios(self.offered.nodes.clone());
        Field::new("node", self.lang.tr("field-node"), radios)
    }

    fn channel(&self) -> Field {
        let radios = Control::Radios(self.offered.channels.clone());
        Field::new("channel", self.lang.tr("field-channel"), radios)
            .hint(self.lang.tr("field-channel-hint"))
    }

    fn merge_target(&self) -> Field {
        if self.offered.matters.is_empty() {
            return Field::line("into", self.lang.tr("field-into"))
                .hint(self.lang.tr("field-into-hint"));
        }
        let radios = Control::Radios(self.offered.matters.clone());
        Field::new("into", self.lang.tr("field-into"), radios)
    }

    fn urgency(&self) -> Field {
        let choices = Urgency::OF_ITEMS
            .iter()
            .map(|one| Choice::new(one.code(), self.lang.code_of("urgency", one.code())))
            .collect();
        Field::new("urgency", self.lang.tr("field-urgency"), Control::Radios(choices))
            .value(Urgency::Ordinary.code())
    }

    fn rating(&self) -> Field {
        let choices = Rating::ALL
            .iter()
            .map(|one| Choice::new(one.code(), self.lang.code_of("rating", one.code())))
            .collect();
        Field::new("rating", self.lang.tr("field-rating"), Control::Radios(choices))
    }

    fn yes_no(&self, name: &'static str, label: &str, yes: &str, no: &str) -> Field {
        let choices = vec![Choice::new("yes", yes), Choice::new("no", no)];
        Field::new(name, label, Control::Radios(choices))
    }

    fn holds(&self) -> Field {
        let lang = self.lang;
        self.yes_no(
            "holds",
            &lang.tr("field-holds"),
            &lang.tr("field-holds-yes"),
            &lang.tr("field-holds-no"),
        )
    }

    fn approve(&self) -> Field {
        let lang = self.lang;
        self.yes_no(
            "approve",
            &lang.tr("field-approve"),
            &lang.tr("field-approve-yes"),
            &lang.tr("field-approve-no"),
        )
    }

    fn until(&self) -> Field {
        let date = Control::Line { kind: "date", autocomplete: "off" };
        Field::new("until", self.lang.tr("field-until"), date)
            .hint(self.lang.tr("field-until-hint"))
    }

    fn amount(&self) -> Field {
        let number = Control::Line { kind: "number", autocomplete: "off" };
        Field::new("amount", self.lang.tr("field-amount"), number)
    }

    fn amount_unit(&self) -> Field {
        let choices = vec![
            Choice::new("work-days", self.lang.tr("limit-work-days")),
            Choice::new("work-hours", self.lang.tr("limit-work-hours")),
            Choice::new("days", self.lang.tr("limit-days")),
        ];
        Field::new("amount_unit", self.lang.tr("field-amount-unit"), Control::Select(choices))
            .value("work-days")
    }

    fn review_on(&self) -> Field {
        let date = Control::Line { kind: "date", autocomplete: "off" };
        Field::new("review_on", self.lang.tr("field-review-on"), date)
            .hint(self.lang.tr("field-review-on-hint"))
    }

    fn place(&self) -> Field {
        Field::line("place", self.lang.tr("field-place")).optional()
    }

    fn address(&self) -> Field {
        Field::line("address", self.lang.tr("field-address")).optional()
    }

    fn files(&self, name: &'static str, label: &str, accept: &'static str, camera: bool) -> Field {
        Field::new(name, label, Control::Files { accept, multiple: true, camera }).optional()
    }

    fn photos_now(&self) -> Field {
        self.files("photos", &self.lang.tr("field-photos"), PHOTOS, false)
            .hint(self.lang.tr("field-photos-hint"))
    }

    fn photos_after(&self) -> Field {
        let hint = self.offered.evidence_wanted.clone();
        let hint = hint.unwrap_or_else(|| self.lang.tr("field-photos-hint").into_owned());
        self.files("photos", &self.lang.tr("field-photos-after"), PHOTOS, false).hint(hint)
    }

    fn documents(&self) -> Field {
        self.files("documents", &self.lang.tr("field-documents"), DOCUMENTS, false)
            .hint(self.lang.tr("field-documents-hint"))
    }

    fn shown_photos(&self) -> Field {
        let ticks = Control::Ticks(self.offered.photos.clone());
        Field::new("photos", self.lang.tr("field-shown-photos"), ticks)
            .hint(self.lang.tr("field-shown-photos-hint"))
            .optional()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(step: Step) -> Vec<Field> {
        fields_of(Lang::Zh, step, &Offered::default())
    }

    #[test]
    fn what_takes_something_from_somebody_asks_for_a_reason() {
        for step in [
            Step::Decline,
            Step::Return,
            Step::UndoDispatch,
            Step::RequestTransfer,
            Step::RequestExtension,
            Step::Suspend,
            Step::Reopen,
            Step::ReadIdentity,
        ] {
            let asked = fields(step).iter().any(|field| field.name == "reason" && !field.optional);
            assert!(asked, "{}", step.code());
        }
    }

    #[test]
    fn no_step_forces_a_photo() {
        for step in Step::ALL {
            for field in fields(*step) {
                let is_file = matches!(field.control, Control::Files { .. });
                assert!(!is_file || field.optional, "{}", step.code());
            }
        }
    }

    #[test]
    fn the_answer_is_asked_for_where_the_work_is_handed_in_or_closed() {
        let offered =
            Offered { answers: true, answer: "修好了".to_owned(), ..Offered::default() };
        for step in [Step::Submit, Step::SettleOnSpot, Step::Close] {
            let answer = |offered: &Offered| {
                let mut fields = fields_of(Lang::Zh, step, offered).into_iter();
                fields.find(|field| field.name == "answer").map(|field| field.value)
            };
            assert_eq!(answer(&offered).as_deref(), Some("修好了"), "{}", step.code());
            assert_eq!(answer(&Offered::default()), None, "{}", step.code());
        }
    }

    #[test]
    fn a_step_form_carries_what_makes_a_repeat_and_a_race_visible() {
        let ticket = Ticket {
            number: "XY-1".to_owned(),
            command: "c".to_owned(),
            seen: 7,
            from: Some("inbox".to_owned()),
        };
        let form = form(Lang::Zh, Step::Sign, &ticket, &Offered::default());
        assert_eq!(form.action, "/m/XY-1/sign");
        for (name, value) in [("command", "c"), ("seen", "7"), ("from", "inbox")] {
            assert!(form.hidden.contains(&(name.to_owned(), value.to_owned())), "{name}");
        }
    }
}
