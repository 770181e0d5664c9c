//! From text to a [`Draft`]: everything read, nothing resolved. Whatever can be
//! said about one line alone is said here; what needs the whole is `check`'s.

mod burden;
mod case;
mod catalogue;
mod head;
mod organisation;
mod paper;
mod read;
mod regime;
mod wording;

use std::collections::BTreeMap;

use jiff::civil::Date;
use toml::de::DeTable;

pub(super) use self::read::Located;
use self::read::{Fields, Value};
use super::case::Case;
use super::diagnostic::{Findings, Spot};
use super::model::{
    AnswerWording, Burdens, Channel, Class, Grid, Item, PaperTemplate, Place, Regime, Text, Unit,
    WorkHours,
};
use super::nearest::nearest;
use super::problem::Problem;
use super::source::Source;
use crate::ids::CountyCode;
use crate::matter::{Step, Urgency};

const SECTIONS: [&str; 13] = [
    "playbook", "work", "regime", "class", "item", "channel", "answer", "paper", "burden", "unit",
    "grids", "place", "case",
];

/// What a code names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Unit,
    Class,
    Item,
    Grid,
    Regime,
    Channel,
    Place,
    Paper,
    Duty,
}

pub(super) struct Head {
    pub(super) county: CountyCode,
    pub(super) name: Text,
    pub(super) version: String,
    pub(super) in_force_from: Option<Date>,
    pub(super) number_prefix: String,
    pub(super) official: bool,
}

pub(super) struct DraftRegime {
    pub(super) regime: Regime,
    pub(super) spot: Spot,
    pub(super) steps: BTreeMap<Step, Spot>,
    /// One for each of the regime's nodes.
    pub(super) nodes: Vec<Spot>,
}

pub(super) struct DraftItem {
    pub(super) item: Item,
    pub(super) spot: Spot,
    pub(super) limits: BTreeMap<Urgency, Spot>,
}

/// How many third-level grids to make, and from which seed.
pub(super) struct Generate {
    pub(super) third_level: u32,
    pub(super) seed: u32,
    pub(super) spot: Spot,
}

/// A playbook as it was read.
pub(super) struct Draft<'s> {
    pub(super) out: Findings<'s>,
    /// Some file could not be read, so that an unknown name proves nothing.
    pub(super) incomplete: bool,
    pub(super) sections: BTreeMap<&'static str, Spot>,
    pub(super) head: Option<Head>,
    pub(super) work: Option<WorkHours>,
    pub(super) regimes: Vec<DraftRegime>,
    pub(super) classes: Vec<Located<Class>>,
    pub(super) items: Vec<DraftItem>,
    pub(super) channels: Vec<Located<Channel>>,
    pub(super) answers: Vec<Located<AnswerWording>>,
    pub(super) papers: Vec<Located<PaperTemplate>>,
    pub(super) burdens: Burdens,
    pub(super) units: Vec<Located<Unit>>,
    pub(super) grids: Vec<Located<Grid>>,
    pub(super) generate: Option<Generate>,
    pub(super) places: Vec<Located<Place>>,
    pub(super) cases: Vec<Case>,
    declared: BTreeMap<(Kind, String), Spot>,
    aliases: Vec<(Kind, String, String)>,
    references: Vec<(Kind, Located<String>)>,
}

impl<'s> Draft<'s> {
    pub(super) fn read(source: &'s Source) -> Self {
        let mut draft = Self {
            out: Findings::new(source),
            incomplete: false,
            sections: BTreeMap::new(),
            head: None,
            work: None,
            regimes: Vec::new(),
            classes: Vec::new(),
            items: Vec::new(),
            channels: Vec::new(),
            answers: Vec::new(),
            papers: Vec::new(),
            burdens: Burdens::default(),
            units: Vec::new(),
            grids: Vec::new(),
            generate: None,
            places: Vec::new(),
            cases: Vec::new(),
            declared: BTreeMap::new(),
            aliases: Vec::new(),
            references: Vec::new(),
        };
        for (index, (_, text)) in source.files.iter().enumerate() {
            draft.read_file(index, text);
        }
        draft
    }

    fn read_file(&mut self, file: usize, text: &str) {
        let (document, errors) = DeTable::parse_recoverable(text);
        if errors.is_empty() {
            self.read_sections(&Fields::new(document.get_ref(), Spot { file, offset: 0 }));
            return;
        }
        self.incomplete = true;
        for error in errors {
            let span = error.span().unwrap_or_default();
            let spot = Spot { file, offset: span.start };
            let written = text.get(span).unwrap_or_default();
            let twice = error.message().starts_with("duplicate key");
            let problem = match Urgency::from_code(written) {
                Some(urgency) if twice => {
                    Problem::LimitTwice { urgency: urgency.code().to_owned() }
                }
                _ => Problem::Syntax { what: error.message().to_owned() },
            };
            self.out.add(spot, problem);
        }
    }

    fn read_sections(&mut self, document: &Fields<'_>) {
        for (name, value) in document.entries() {
            match name.value.as_str() {
                "playbook" => head::read_playbook(name.spot, value, self),
                "work" => head::read_work(name.spot, value, self),
                "regime" => self.read_regimes(value),
                "class" => self.read_each(value, catalogue::read_class),
                "item" => self.read_each(value, catalogue::read_item),
                "channel" => self.read_each(value, catalogue::read_channel),
                "answer" => self.read_each(value, wording::read_answer),
                "paper" => self.read_each(value, paper::read_paper),
                "burden" => burden::read_burdens(name.spot, value, self),
                "unit" => self.read_each(value, organisation::read_unit),
                "grids" => organisation::read_grids(name.spot, value, self),
                "place" => self.read_each(value, organisation::read_place),
                "case" => self.read_each(value, case::read_case),
                _ => {
                    let near = SECTIONS.join(", ");
                    self.out.add(name.spot, Problem::UnknownSection { name: name.value, near });
                }
            }
        }
    }

    fn read_each(&mut self, list: Value<'_>, read: fn(&mut Fields<'_>, &mut Self)) {
        for entry in list.list(&mut self.out) {
            if let Some(mut fields) = entry.fields(&mut self.out) {
                read(&mut fields, self);
                fields.finish(&mut self.out);
            }
        }
    }

    fn read_regimes(&mut self, table: Value<'_>) {
        let Some(regimes) = table.fields(&mut self.out) else { return };
        for (code, value) in regimes.entries() {
            if let Some(mut fields) = value.fields(&mut self.out) {
                regime::read_regime(&code, &mut fields, self);
                fields.finish(&mut self.out);
            }
        }
    }

    /// Notes a section that may be written once; answers whether this is it.
    fn first(&mut self, name: &'static str, spot: Spot) -> bool {
        let Some(first) = self.sections.insert(name, spot) else { return true };
        self.sections.insert(name, first);
        let first = self.out.place(first);
        self.out.add(spot, Problem::SectionTwice { name: name.to_owned(), first });
        false
    }

    /// Reads and declares the `code` of an entry.
    fn code(&mut self, kind: Kind, fields: &mut Fields<'_>) -> Option<Located<String>> {
        let code = fields.need("code", "\"a-code\"", &mut self.out)?.string(&mut self.out)?;
        self.declare(kind, &code);
        Some(code)
    }

    fn declare(&mut self, kind: Kind, code: &Located<String>) {
        let written = code.value.clone();
        if !is_code(&written) {
            self.out.add(code.spot, Problem::BadCode { given: written });
            return;
        }
        if let Some(first) = self.declared.get(&(kind, written.clone())) {
            let first = self.out.place(*first);
            self.out.add(code.spot, Problem::DuplicateCode { code: written, first });
            return;
        }
        self.declared.insert((kind, written), code.spot);
    }

    /// Lets a Chinese name lead to its code in "did you mean".
    fn alias(&mut self, kind: Kind, name: &Text, code: &Located<String>) {
        self.aliases.push((kind, name.zh.clone(), code.value.clone()));
    }

    fn refer(&mut self, kind: Kind, name: &Located<String>) {
        self.references.push((kind, name.clone()));
    }

    /// Reads a key that names something declared elsewhere.
    fn reference(
        &mut self,
        kind: Kind,
        key: &'static str,
        example: &str,
        fields: &mut Fields<'_>,
    ) -> Option<Located<String>> {
        let name = fields.need(key, example, &mut self.out)?.string(&mut self.out)?;
        self.refer(kind, &name);
        Some(name)
    }

    pub(super) fn declare_generated(&mut self, kind: Kind, code: &str, spot: Spot) {
        self.declared.insert((kind, code.to_owned()), spot);
    }

    pub(super) fn is_declared(&self, kind: Kind, code: &str) -> bool {
        self.declared.contains_key(&(kind, code.to_owned()))
    }

    /// Whether anything of the kind was declared, even if the rest of it could
    /// not be read.
    pub(super) fn declares_any(&self, kind: Kind) -> bool {
        self.declared.keys().any(|(declared, _)| *declared == kind)
    }

    /// Reports every name that nothing declares.
    pub(super) fn resolve(&mut self) {
        for (kind, name) in std::mem::take(&mut self.references) {
            if self.is_declared(kind, &name.value) {
                continue;
            }
            let codes = self.declared.keys().filter(|(other, _)| *other == kind);
            let aliases = self.aliases.iter().filter(|(other, ..)| *other == kind);
            let known = codes
                .map(|(_, code)| (code.as_str(), code.as_str()))
                .chain(aliases.map(|(_, alias, code)| (alias.as_str(), code.as_str())));
            let near = nearest(&name.value, known);
            self.out.add(name.spot, unknown(kind, name.value, near));
        }
    }
}

fn unknown(kind: Kind, name: String, near: String) -> Problem {
    match kind {
        Kind::Unit => Problem::UnknownUnit { name, near },
        Kind::Class => Problem::UnknownClass { name, near },
        Kind::Item => Problem::UnknownItem { name, near },
        Kind::Grid => Problem::UnknownGrid { name, near },
        Kind::Regime => Problem::UnknownRegime { name, near },
        Kind::Channel | Kind::Place | Kind::Paper | Kind::Duty => {
            Problem::UnknownWord { key: "code".to_owned(), name, near }
        }
    }
}

fn is_code(text: &str) -> bool {
    let bounds = text.len() <= 32 && !text.starts_with('-') && !text.ends_with('-');
    bounds && !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

/// One of a closed set of words.
fn one_of<T: Copy>(
    written: &Located<String>,
    all: &[T],
    code: impl Fn(T) -> &'static str,
    problem: impl Fn(String, String) -> Problem,
    out: &mut Findings<'_>,
) -> Option<T> {
    let found = all.iter().copied().find(|candidate| code(*candidate) == written.value);
    if found.is_none() {
        let near = nearest(&written.value, all.iter().map(|known| (code(*known), code(*known))));
        out.add(written.spot, problem(written.value.clone(), near));
    }
    found
}

fn urgency(written: &Located<String>, out: &mut Findings<'_>) -> Option<Urgency> {
    let problem = |name, near| Problem::UnknownWord { key: "urgency".to_owned(), name, near };
    one_of(written, Urgency::ALL, Urgency::code, problem, out)
}
