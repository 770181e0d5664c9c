//! The columns a ledger may show, and which of them each kind of ledger offers.
//! The heading of a column is the message `col-<code>`; the code also stands in
//! addresses and saved ledgers, so it never changes.

use bihuan_app::queries::ledger::Wanted;
use bihuan_app::queries::tasks::{FINDINGS, INSPECTIONS, NOTICES, TASKS};

use crate::i18n::Key;
use crate::view::table::Align;

macro_rules! ledger_columns {
    ($($name:ident = $code:literal,)*) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum LedgerColumn { $($name,)* }

        impl LedgerColumn {
            pub const ALL: &[Self] = &[$(Self::$name),*];

            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|column| column.code() == code)
            }
        }
    };
}

ledger_columns! {
    Row = "row",
    Matter = "matter",
    Lamp = "lamp",
    Due = "due",
    Stage = "stage",
    Source = "source",
    Class = "class",
    Item = "item",
    Urgency = "urgency",
    Town = "town",
    Place = "place",
    Unit = "unit",
    Filed = "filed",
    Closed = "closed",
    Returns = "returns",
    Extensions = "extensions",
    Reopened = "reopened",
    Rating = "rating",
    // Of tasks, findings and papers.
    Basis = "basis",
    Approver = "approver",
    Whole = "words",
    Goal = "goal",
    Kind = "kind",
    Official = "official",
    CoUnits = "co",
    Person = "person",
    Document = "document",
    Notices = "notices",
    Inspections = "inspections",
    Findings = "findings",
    Sign = "sign",
    DayOne = "d1",
    DayThree = "d3",
    DaySeven = "d7",
    Month = "month",
    Plan = "plan",
    Check = "check",
    Publicise = "publicise",
    Zero = "zero",
    LookBack = "look-back",
    Progress = "progress",
    Reports = "reports",
    Measures = "measures",
    Outcome = "result",
    Decisions = "decisions",
    Original = "original",
    Promised = "promised",
    ExtensionReasons = "extension-reasons",
    ReturnReasons = "return-reasons",
    Submitted = "submitted",
    AcceptedBy = "accepted-by",
    Reviewer = "reviewer",
    Grade = "grade",
    LookedBack = "looked-back",
    Alike = "alike",
    Slip = "slip",
    Criticism = "criticism",
}

/// What a ledger is of. All matters, or those of one regime, whose code stands in
/// its address.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LedgerOf {
    #[default]
    All,
    Tasks,
    Findings,
    Notices,
    Inspections,
}

impl LedgerOf {
    pub const ALL: [Self; 5] =
        [Self::All, Self::Tasks, Self::Findings, Self::Notices, Self::Inspections];

    pub const fn regime(self) -> Option<&'static str> {
        match self {
            Self::All => None,
            Self::Tasks => Some(TASKS),
            Self::Findings => Some(FINDINGS),
            Self::Notices => Some(NOTICES),
            Self::Inspections => Some(INSPECTIONS),
        }
    }

    pub fn of_regime(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|of| of.regime() == Some(code))
    }

    pub const fn title(self) -> Key {
        match self {
            Self::All => Key("ledger-title"),
            Self::Tasks => Key("ledger-of-tasks"),
            Self::Findings => Key("ledger-of-findings"),
            Self::Notices => Key("ledger-of-notices"),
            Self::Inspections => Key("ledger-of-inspections"),
        }
    }

    pub fn href(self) -> String {
        let regime = self.regime();
        regime.map_or_else(|| "/ledger".to_owned(), |code| format!("/ledger?regime={code}"))
    }

    /// What it shows until somebody chooses.
    pub const fn usual(self) -> &'static [LedgerColumn] {
        use LedgerColumn as C;
        match self {
            Self::All => &LedgerColumn::USUAL,
            Self::Tasks => &[
                C::Matter,
                C::Kind,
                C::Unit,
                C::DayOne,
                C::DayThree,
                C::DaySeven,
                C::Month,
                C::Progress,
                C::Promised,
                C::Lamp,
                C::Grade,
            ],
            Self::Findings => &[
                C::Matter,
                C::Kind,
                C::Unit,
                C::Notices,
                C::Promised,
                C::Check,
                C::Publicise,
                C::Zero,
                C::LookBack,
                C::Lamp,
                C::Reopened,
            ],
            Self::Notices => &[
                C::Document,
                C::Matter,
                C::Unit,
                C::Filed,
                C::Sign,
                C::Findings,
                C::Criticism,
                C::Stage,
            ],
            Self::Inspections => &[C::Matter, C::CoUnits, C::Filed, C::Approver, C::Stage],
        }
    }

    /// What may be chosen, in the order of the printed ledgers.
    pub const fn offered(self) -> &'static [LedgerColumn] {
        use LedgerColumn as C;
        match self {
            Self::All => C::OF_ALL,
            Self::Tasks => &[
                C::Row,
                C::Matter,
                C::Source,
                C::Basis,
                C::Filed,
                C::Approver,
                C::Whole,
                C::Goal,
                C::Kind,
                C::Official,
                C::Unit,
                C::CoUnits,
                C::Person,
                C::Sign,
                C::DayOne,
                C::DayThree,
                C::DaySeven,
                C::Month,
                C::Progress,
                C::Reports,
                C::Measures,
                C::Decisions,
                C::Original,
                C::Promised,
                C::Extensions,
                C::ExtensionReasons,
                C::Returns,
                C::ReturnReasons,
                C::Submitted,
                C::Reviewer,
                C::Grade,
                C::Zero,
                C::LookBack,
                C::LookedBack,
                C::Lamp,
                C::Stage,
                C::Slip,
                C::Criticism,
            ],
            Self::Findings => &[
                C::Row,
                C::Matter,
                C::Whole,
                C::Kind,
                C::Basis,
                C::Inspections,
                C::Notices,
                C::Goal,
                C::Measures,
                C::Unit,
                C::CoUnits,
                C::Person,
                C::Filed,
                C::Sign,
                C::Plan,
                C::Original,
                C::Promised,
                C::Progress,
                C::Reports,
                C::Outcome,
                C::Alike,
                C::Extensions,
                C::ExtensionReasons,
                C::Returns,
                C::ReturnReasons,
                C::Submitted,
                C::Check,
                C::AcceptedBy,
                C::Reviewer,
                C::Publicise,
                C::Zero,
                C::LookBack,
                C::LookedBack,
                C::Reopened,
                C::Lamp,
                C::Stage,
                C::Slip,
                C::Criticism,
            ],
            Self::Notices => &[
                C::Row,
                C::Document,
                C::Matter,
                C::Unit,
                C::CoUnits,
                C::Filed,
                C::Approver,
                C::Sign,
                C::Findings,
                C::Criticism,
                C::Lamp,
                C::Stage,
            ],
            Self::Inspections => &[
                C::Row,
                C::Matter,
                C::Whole,
                C::Basis,
                C::CoUnits,
                C::Filed,
                C::Approver,
                C::Lamp,
                C::Stage,
            ],
        }
    }
}

impl LedgerColumn {
    /// What a ledger of all matters shows until somebody chooses.
    pub const USUAL: [Self; 8] = [
        Self::Matter,
        Self::Lamp,
        Self::Due,
        Self::Class,
        Self::Town,
        Self::Unit,
        Self::Filed,
        Self::Stage,
    ];

    /// Those that matters of every regime have.
    const OF_ALL: &[Self] = &[
        Self::Row,
        Self::Matter,
        Self::Lamp,
        Self::Due,
        Self::Stage,
        Self::Source,
        Self::Class,
        Self::Item,
        Self::Urgency,
        Self::Town,
        Self::Place,
        Self::Unit,
        Self::Filed,
        Self::Closed,
        Self::Returns,
        Self::Extensions,
        Self::Reopened,
        Self::Rating,
    ];

    /// The node it tells about.
    pub const fn node(self) -> Option<&'static str> {
        match self {
            Self::Sign
            | Self::DayOne
            | Self::DayThree
            | Self::DaySeven
            | Self::Month
            | Self::Plan
            | Self::Check
            | Self::Publicise
            | Self::Zero
            | Self::LookBack => Some(self.code()),
            _ => None,
        }
    }

    pub const fn is_number(self) -> bool {
        matches!(
            self,
            Self::Row | Self::Returns | Self::Extensions | Self::Reopened | Self::Findings
        )
    }

    /// Sentences, which need room to be read.
    pub const fn is_text(self) -> bool {
        matches!(
            self,
            Self::Whole
                | Self::Basis
                | Self::Goal
                | Self::Progress
                | Self::Reports
                | Self::Measures
                | Self::Outcome
                | Self::Decisions
                | Self::ExtensionReasons
                | Self::ReturnReasons
                | Self::LookedBack
        )
    }

    pub(super) const fn align(self) -> Align {
        if self.is_number() {
            Align::Figures
        } else if self.is_text() {
            Align::Text
        } else {
            Align::Words
        }
    }

    /// What has to be read to show these columns.
    pub fn wanted(columns: &[Self]) -> Wanted {
        let any = |of: &[Self]| columns.iter().any(|column| of.contains(column));
        Wanted {
            nodes: columns.iter().any(|column| column.node().is_some()),
            texts: any(&[Self::Goal, Self::Basis, Self::Official, Self::Person, Self::Progress]),
            units: any(&[Self::CoUnits]),
            links: any(&[Self::Notices, Self::Inspections, Self::Findings]),
            record: any(&[
                Self::Approver,
                Self::Reports,
                Self::Measures,
                Self::Outcome,
                Self::Decisions,
                Self::ExtensionReasons,
                Self::ReturnReasons,
                Self::AcceptedBy,
                Self::Reviewer,
                Self::LookedBack,
                Self::Alike,
            ]),
        }
    }
}

/// The chosen columns with one of them a place earlier or later.
pub fn moved(chosen: &[LedgerColumn], at: usize, later: bool) -> Vec<LedgerColumn> {
    let mut columns = chosen.to_vec();
    let other = if later { at + 1 } else { at.wrapping_sub(1) };
    if at < columns.len() && other < columns.len() {
        columns.swap(at, other);
    }
    columns
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_usual_column_is_offered_and_every_column_is_offered_somewhere() {
        for of in LedgerOf::ALL {
            let offered = of.offered();
            for column in of.usual() {
                assert!(offered.contains(column), "{of:?}: {}", column.code());
            }
        }
        for column in LedgerColumn::ALL {
            let somewhere = LedgerOf::ALL.iter().any(|of| of.offered().contains(column));
            assert!(somewhere, "{}", column.code());
        }
    }

    #[test]
    fn the_record_is_read_only_where_a_column_asks_for_it() {
        for of in LedgerOf::ALL.into_iter().filter(|of| *of != LedgerOf::Inspections) {
            assert!(!LedgerColumn::wanted(of.usual()).record, "{of:?}");
        }
        assert!(LedgerColumn::wanted(&[LedgerColumn::Reviewer]).record);
    }

    #[test]
    fn a_column_moves_one_place_and_stays_at_the_edge() {
        use LedgerColumn::{Due, Lamp, Matter};
        assert_eq!(moved(&[Matter, Lamp, Due], 0, true), [Lamp, Matter, Due]);
        assert_eq!(moved(&[Matter, Lamp, Due], 2, false), [Matter, Due, Lamp]);
        assert_eq!(moved(&[Matter, Lamp], 0, false), [Matter, Lamp]);
        assert_eq!(moved(&[Matter, Lamp], 1, true), [Matter, Lamp]);
    }
}
