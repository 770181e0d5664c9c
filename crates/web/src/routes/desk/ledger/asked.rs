//! A ledger's address: which filters, columns and page it asks for. The same
//! names stand in links, in the filter form and in saved ledgers. A name or
//! value that is not known is a fault, because a list that ignored it would
//! count something else than the link said.

use bihuan_app::queries::ledger::{Answer, Asked, Criticised, OpenLamp, Part, Standing};
use bihuan_domain::calendar::start_of_day;
use bihuan_domain::instant::Instant;
use bihuan_domain::matter::{Grade, Rating, Source, Stage, Urgency};
use jiff::ToSpan;
use jiff::civil::Date;

use crate::pages::desk::ledger::{LedgerColumn, LedgerOf};
use crate::problem::Problem;

/// What stands where a matter has no town, class or unit.
pub(crate) const UNKNOWN: &str = "none";

const LAMPS: [(&str, OpenLamp); 4] = [
    ("on-track", OpenLamp::OnTrack),
    ("due-soon", OpenLamp::DueSoon),
    ("overdue", OpenLamp::Overdue),
    ("parked", OpenLamp::Parked),
];

const STANDINGS: [(&str, Standing); 5] = [
    ("filed", Standing::Filed),
    ("open", Standing::Open),
    ("closed", Standing::Closed),
    ("elsewhere", Standing::Elsewhere),
    ("kept", Standing::Kept),
];

const CRITICISED: [(&str, Criticised); 2] =
    [("proposed", Criticised::Proposed), ("approved", Criticised::Approved)];

/// A ledger as it was asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Request {
    pub(crate) asked: Asked,
    /// Chosen columns; empty for the usual ones.
    pub(crate) columns: Vec<LedgerColumn>,
    pub(crate) after: Option<String>,
    pub(crate) of: LedgerOf,
    /// Rows on the pages before.
    pub(crate) before: usize,
    /// The saved ledger whose address this is.
    pub(crate) saved: Option<String>,
    /// Filters as they were sent, without the empty ones.
    filters: Vec<(String, String)>,
}

type Pairs = Vec<(String, String)>;

impl Request {
    pub(crate) fn read(pairs: Pairs) -> Result<Self, Problem> {
        let mut request = Self::default();
        let mut filed = Span::default();
        let mut closed = Span::default();
        let mut order: Vec<String> = Vec::new();
        for (name, value) in pairs {
            if value.is_empty() {
                continue;
            }
            if name == "order" {
                order = value.split(',').map(ToOwned::to_owned).collect();
                continue;
            }
            let is_filter =
                request.take(&name, &value, &mut filed, &mut closed).ok_or(Problem::Malformed)?;
            if !is_filter {
                continue;
            }
            // Of two values one would be passed over in silence.
            if request.filters.iter().any(|(given, _)| *given == name) {
                return Err(Problem::Malformed);
            }
            request.filters.push((name, value));
        }
        request.asked.filed = filed.period();
        request.asked.closed = closed.period();
        request.columns.sort_by_key(|column| {
            let place = order.iter().position(|code| code == column.code());
            place.unwrap_or(usize::MAX)
        });
        Ok(request)
    }

    /// Whether it is a filter; none when it is unknown.
    fn take(
        &mut self,
        name: &str,
        value: &str,
        filed: &mut Span,
        closed: &mut Span,
    ) -> Option<bool> {
        let asked = &mut self.asked;
        match name {
            "column" => {
                let column = LedgerColumn::from_code(value)?;
                if !self.columns.contains(&column) {
                    self.columns.push(column);
                }
                return Some(false);
            }
            "after" => {
                self.after = Some(value.to_owned());
                return Some(false);
            }
            "row" => {
                self.before = value.parse().ok()?;
                return Some(false);
            }
            "saved" => {
                self.saved = Some(value.to_owned());
                return Some(false);
            }
            "state" => asked.standing = Some(of(&STANDINGS, value)?),
            "lamp" => asked.lamp = Some(of(&LAMPS, value)?),
            "stage" => asked.stage = Some(Stage::from_code(value)?),
            "source" => asked.source = Some(Source::from_code(value)?),
            "class" => asked.class = Some(part(value)),
            "town" => asked.town = Some(part(value)),
            "unit" => asked.unit = Some(part(value)),
            "place" => asked.place = Some(value.to_owned()),
            "rating" if value == "any" => asked.rating = Some(Answer::Any),
            "rating" => asked.rating = Some(Answer::Is(Rating::from_code(value)?)),
            "late" => asked.late = Some(flag(value)?),
            "reopened" => asked.reopened = Some(flag(value)?),
            "stuck" => asked.stuck = flag(value)?,
            "reported" => asked.reported = flag(value)?,
            "regime" => {
                self.of = LedgerOf::of_regime(value)?;
                asked.regime = Some(value.to_owned());
            }
            "kind" => asked.kind = Some(Urgency::from_code(value)?),
            "grade" => asked.grade = Some(Grade::from_code(value)?),
            "criticism" => asked.criticised = Some(of(&CRITICISED, value)?),
            "approved" => asked.approved = flag(value)?,
            "undivided" => asked.undivided = flag(value)?,
            "covers" => asked.covers = flag(value)?,
            "from" => filed.from = Some(value.parse().ok()?),
            "to" => filed.to = Some(value.parse().ok()?),
            "closed-from" => closed.from = Some(value.parse().ok()?),
            "closed-to" => closed.to = Some(value.parse().ok()?),
            _ => return None,
        }
        Some(true)
    }

    pub(crate) fn columns(&self) -> Vec<LedgerColumn> {
        if self.columns.is_empty() { self.of.usual().to_vec() } else { self.columns.clone() }
    }

    pub(crate) fn filters(&self) -> &[(String, String)] {
        &self.filters
    }

    /// The address of this ledger with other columns.
    pub(crate) fn with_columns(&self, columns: &[LedgerColumn]) -> String {
        let chosen = columns.iter().map(|column| ("column".to_owned(), column.code().to_owned()));
        let pairs: Pairs = self.filters.iter().cloned().chain(chosen).collect();
        format!("/ledger?{}", address(&pairs))
    }

    /// Filters and columns: what a saved ledger keeps.
    pub(crate) fn kept(&self) -> Pairs {
        let columns = self.columns.iter();
        let columns = columns.map(|column| ("column".to_owned(), column.code().to_owned()));
        self.filters.iter().cloned().chain(columns).collect()
    }

    pub(crate) fn kept_text(&self) -> String {
        address(&self.kept())
    }
}

/// Pairs as the part of an address after `?`.
pub(crate) fn address(pairs: &[(String, String)]) -> String {
    serde_html_form::to_string(pairs).unwrap_or_default()
}

/// Whole days, both included.
#[derive(Default)]
struct Span {
    from: Option<Date>,
    to: Option<Date>,
}

impl Span {
    fn period(&self) -> Option<(Instant, Instant)> {
        if self.from.is_none() && self.to.is_none() {
            return None;
        }
        let from = self.from.map_or(Instant::from_micros(i64::MIN), start_of_day);
        let to = self.to.map_or(Instant::from_micros(i64::MAX), after_day);
        Some((from, to))
    }
}

/// The first moment after a day.
pub(crate) fn after_day(day: Date) -> Instant {
    day.checked_add(1.day()).map_or(Instant::from_micros(i64::MAX), start_of_day)
}

fn of<T: Copy>(names: &[(&str, T)], value: &str) -> Option<T> {
    names.iter().find(|(name, _)| *name == value).map(|(_, of)| *of)
}

fn part(value: &str) -> Part {
    if value == UNKNOWN { Part::Unknown } else { Part::Is(value.to_owned()) }
}

fn flag(value: &str) -> Option<bool> {
    match value {
        "1" => Some(true),
        "0" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Request, Problem> {
        Request::read(serde_html_form::from_str(text).expect("pairs"))
    }

    #[test]
    fn a_ledgers_address_survives_being_kept() {
        let text = "state=open&town=SH&from=2022-09-01&to=2022-09-30&column=matter&column=due";
        let request = read(text).expect("a ledger");
        assert_eq!(request.kept_text(), text);
        let (from, to) = request.asked.filed.expect("a period");
        assert_eq!(to.minutes_since(from), 30 * 24 * 60, "both days are included");
    }

    #[test]
    fn an_empty_choice_of_the_form_narrows_nothing() {
        assert_eq!(read("lamp=&town=&from=").expect("a ledger"), Request::default());
    }

    #[test]
    fn what_is_not_known_is_refused_and_not_ignored() {
        for text in ["lamp=red", "person=7", "from=yesterday", "late=yes", "column=phone"] {
            assert_eq!(read(text), Err(Problem::Malformed), "{text}");
        }
    }

    #[test]
    fn ticking_one_more_column_leaves_the_others_where_they_were() {
        let text = "column=matter&column=due&column=unit&order=unit%2Cmatter";
        let request = read(text).expect("a ledger");
        assert_eq!(request.kept_text(), "column=unit&column=matter&column=due");
    }

    #[test]
    fn a_ledger_of_a_regime_shows_its_own_usual_columns() {
        let request = read("regime=supervised-task&kind=major&undivided=1").expect("a ledger");
        assert_eq!(request.columns(), LedgerOf::Tasks.usual());
        assert_eq!(request.asked.regime.as_deref(), Some("supervised-task"));
        assert!(request.asked.undivided);
        for text in ["regime=grid-case", "kind=red", "criticism=1", "grade=best", "row=-1"] {
            assert_eq!(read(text), Err(Problem::Malformed), "{text}");
        }
    }

    #[test]
    fn a_column_given_twice_stands_once_and_a_filter_given_twice_is_refused() {
        let request = read("column=due&column=matter&column=due").expect("a ledger");
        assert_eq!(request.kept_text(), "column=due&column=matter");
        for text in [
            "state=open&state=closed",
            "unit=lighting&unit=lighting",
            "from=2022-09-01&from=2022-09-02",
        ] {
            assert_eq!(read(text), Err(Problem::Malformed), "{text}");
        }
    }
}
