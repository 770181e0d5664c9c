//! Fields of the steps that tasks, findings, inspections and papers have.

use bihuan_domain::matter::{Audience, Grade, SlipColour};

use super::{Fields, LONGEST};
use crate::i18n::Key;
use crate::view::field::{Choice, Control, Field};

impl Fields<'_> {
    fn area(&self, name: &'static str, label: &str, rows: u8) -> Field {
        Field::area(name, label, rows).max_length(LONGEST)
    }

    fn date(&self, name: &'static str, label: &str) -> Field {
        Field::new(name, label, Control::Line { kind: "date", autocomplete: "off" })
    }

    fn whole(&self, name: &'static str, label: &str) -> Field {
        Field::new(name, label, Control::Line { kind: "number", autocomplete: "off" })
    }

    /// What a draft says, as it stands.
    pub(super) fn redraft(&self) -> Vec<Field> {
        let (lang, old) = (self.lang, &self.offered.redraft);
        let line = |name: &'static str, key: Key, value: &str| {
            Field::line(name, lang.tr(key.0)).value(value).optional()
        };
        let mut fields = vec![
            self.area("words", &lang.tr("field-task"), 3).value(old.words.as_str()),
            self.area("goal", &lang.tr("field-goal"), 2).value(old.goal.as_str()).optional(),
            self.kind(),
            self.lead().value(old.lead.as_str()).optional(),
            self.co_units().value(old.co.join("\n")),
            line("official", Key("field-official"), &old.official),
            line("person", Key("field-person"), &old.person),
            line("basis", Key("field-basis"), &old.basis),
            self.date("from_on", &lang.tr("field-from-on")).value(old.from_on.as_str()).optional(),
            self.date("due_on", &lang.tr("field-due-on")).value(old.due_on.as_str()).optional(),
        ];
        fields.extend(self.duty());
        fields
    }

    /// The line of villages' duties it falls under, where there is a list.
    fn duty(&self) -> Option<Field> {
        let duties = &self.offered.duties;
        let field = || {
            self.select("duty", &self.lang.tr("field-duty"), duties)
                .hint(self.lang.tr("field-duty-hint"))
                .value(self.offered.redraft.duty.as_str())
                .optional()
        };
        (!duties.is_empty()).then(field)
    }

    pub(super) fn kind(&self) -> Field {
        let kinds = self.offered.kinds.clone();
        Field::new("urgency", self.lang.tr("field-urgency"), Control::Radios(kinds))
            .value(self.offered.kind.as_str())
    }

    pub(super) fn link(&self) -> Vec<Field> {
        let links = ["parent", "child", "came-of", "led-to", "found-by", "covers", "covered-by"];
        let links = links.map(|code| Choice::new(code, self.lang.code_of("link", code)));
        let link = Control::Radios(links.to_vec());
        vec![
            Field::new("link", self.lang.tr("field-link"), link),
            Field::line("into", self.lang.tr("field-into")).hint(self.lang.tr("field-into-hint")),
        ]
    }

    pub(super) fn plan(&self) -> Vec<Field> {
        vec![
            self.area("note", &self.lang.tr("field-plan"), 5),
            Field::area("stages", self.lang.tr("field-stages"), 4)
                .hint(self.lang.tr("field-stages-hint")),
        ]
    }

    pub(super) fn confer(&self) -> Vec<Field> {
        let units = Control::Folded(self.offered.units.clone());
        vec![
            Field::new("units", self.lang.tr("field-confer-units"), units),
            self.area("note", &self.lang.tr("field-decisions"), 5),
        ]
    }

    pub(super) fn pass_over(&self) -> Vec<Field> {
        let units = Control::Ticks(self.offered.units.clone());
        vec![Field::new("units", self.lang.tr("field-over-units"), units), self.reason()]
    }

    pub(super) fn publicity(&self) -> Field {
        self.area("words", &self.lang.tr("field-publicity"), 4)
            .hint(self.lang.tr("field-publicity-hint"))
    }

    pub(super) fn issue(&self) -> Vec<Field> {
        let audiences = Audience::ALL
            .iter()
            .map(|one| Choice::new(one.code(), self.lang.code_of("audience", one.code())))
            .collect();
        vec![
            Field::new("audiences", self.lang.tr("field-audiences"), Control::Ticks(audiences))
                .hint(self.lang.tr("field-audiences-hint")),
            self.area("words", &self.lang.tr("field-conclusion"), 5).optional(),
        ]
    }

    pub(super) fn slip(&self) -> Vec<Field> {
        let colours = SlipColour::ALL
            .iter()
            .map(|one| Choice::new(one.code(), self.lang.code_of("slip", one.code())))
            .collect();
        vec![
            self.node(),
            Field::new("colour", self.lang.tr("field-colour"), Control::Radios(colours))
                .value(SlipColour::Blue.code()),
        ]
    }

    pub(super) fn review(&self) -> Vec<Field> {
        let lang = self.lang;
        let upheld = self.yes_no(
            "upheld",
            &lang.tr("field-upheld"),
            &lang.tr("field-upheld-yes"),
            &lang.tr("field-upheld-no"),
        );
        vec![upheld, self.reason(), self.grade().optional()]
    }

    pub(super) fn grade(&self) -> Field {
        let grades = Grade::ALL
            .iter()
            .map(|one| Choice::new(one.code(), self.lang.code_of("grade", one.code())))
            .collect();
        Field::new("grade", self.lang.tr("field-grade"), Control::Radios(grades))
    }

    /// 举一反三
    pub(super) fn alike(&self) -> Vec<Field> {
        vec![
            self.whole("alike_looked", &self.lang.tr("field-alike-looked"))
                .hint(self.lang.tr("field-alike-hint")),
            self.whole("alike_found", &self.lang.tr("field-alike-found")),
            self.whole("alike_mended", &self.lang.tr("field-alike-mended")),
        ]
    }
}
