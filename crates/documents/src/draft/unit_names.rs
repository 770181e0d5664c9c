//! Units by the names people write for them: with the county before the name or
//! without, in one cell with others.

use std::collections::BTreeMap;

use bihuan_domain::ids::UnitCode;
use bihuan_domain::playbook::nearest_names;

use super::{Field, Trouble, Units, squeezed};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownUnit {
    pub code: UnitCode,
    /// The first is the one shown.
    pub names: Vec<String>,
}

/// The units a county knows, by everything they may be called.
#[derive(Clone, Debug)]
pub struct UnitNames {
    units: Vec<KnownUnit>,
    county: String,
    /// Names as they are known, and codes.
    exact: BTreeMap<String, Vec<usize>>,
    /// Names with and without the county before them.
    loose: BTreeMap<String, Vec<usize>>,
}

/// More in one cell are a slip, such as a paragraph in the wrong column.
const MOST_UNITS: usize = 30;

/// Longer than any name; what is longer is not compared with the known ones.
const NAME_CHARACTERS: usize = 40;

const SEPARATORS: [char; 9] = ['、', ',', '，', ';', '；', '\n', '\r', '/', '|'];

/// What stands behind a name without being part of it.
const AFTER_NAME: [&str; 8] =
    ["(牵头)", "(配合)", "(主办)", "(协办)", "等单位", "等部门", "等", "。"];

/// The units written in one cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct UnitList {
    pub(crate) known: Vec<UnitCode>,
    pub(crate) troubles: Vec<Trouble>,
}

impl UnitNames {
    /// `county` is the county's own name, 荥阳市, which may stand before the
    /// name of every unit.
    pub fn new(units: impl IntoIterator<Item = KnownUnit>, county: &str) -> Self {
        let mut names = Self {
            units: units.into_iter().collect(),
            county: squeezed(county),
            exact: BTreeMap::new(),
            loose: BTreeMap::new(),
        };
        for (at, unit) in names.units.iter().enumerate() {
            let known = unit.names.iter().map(|name| squeezed(name));
            for name in known.chain([squeezed(unit.code.as_str())]) {
                for key in keys(&name, &names.county) {
                    remember(&mut names.loose, key, at);
                }
                remember(&mut names.exact, name, at);
            }
        }
        names
    }

    /// The shown name of a unit.
    pub fn name(&self, code: &UnitCode) -> Option<&str> {
        self.units.iter().find(|unit| unit.code == *code).map(shown)
    }

    /// The lead unit and those that help, as they are typed into two fields.
    pub fn read(&self, lead: &str, others: &str) -> (Units, Vec<(Field, Trouble)>) {
        read_units(self, lead, others)
    }

    /// The shown names of all units.
    pub fn shown(&self) -> impl Iterator<Item = &str> {
        self.units.iter().map(shown)
    }

    fn called(&self, written: &str) -> Vec<usize> {
        let written = squeezed(written);
        if written.is_empty() {
            return Vec::new();
        }
        if let Some(found) = self.exact.get(&written) {
            return found.clone();
        }
        let mut found: Vec<usize> = keys(&written, &self.county)
            .iter()
            .filter_map(|key| self.loose.get(key))
            .flatten()
            .copied()
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    fn look_up(&self, written: &str) -> Result<UnitCode, Trouble> {
        let called = self.called(written);
        if let [at] = called.as_slice() {
            return Ok(self.units[*at].code.clone());
        }
        let written = written.chars().take(NAME_CHARACTERS).collect::<String>();
        if called.is_empty() {
            let known = self.units.iter().map(shown);
            let bare = squeezed(&written);
            let nearest = nearest_names(&bare, known).into_iter().map(str::to_owned).collect();
            return Err(Trouble::UnitUnknown { written, nearest });
        }
        let names = called.iter().map(|at| shown(&self.units[*at]).to_owned()).collect();
        Err(Trouble::UnitAmbiguous { written, names })
    }

    /// All units written in `text`.
    pub(crate) fn list(&self, text: &str) -> UnitList {
        let mut list = UnitList::default();
        for (count, written) in self.split(text).into_iter().enumerate() {
            if count == MOST_UNITS {
                list.troubles.push(Trouble::TooManyUnits { limit: MOST_UNITS });
                break;
            }
            match self.look_up(written) {
                Ok(code) if list.known.contains(&code) => {
                    list.troubles.push(Trouble::UnitTwice { written: written.to_owned() });
                }
                Ok(code) => list.known.push(code),
                Err(trouble) => list.troubles.push(trouble),
            }
        }
        list
    }

    /// English names have spaces inside, so spaces part units only where the
    /// whole is none and every part is one.
    fn split<'a>(&self, text: &'a str) -> Vec<&'a str> {
        let pieces = text.split(SEPARATORS).map(bare_name).filter(|piece| !piece.is_empty());
        let mut found = Vec::new();
        for piece in pieces {
            let parts: Vec<&str> = piece.split_whitespace().collect();
            let is_one = parts.len() < 2 || !self.called(piece).is_empty();
            if !is_one && parts.iter().all(|part| !self.called(part).is_empty()) {
                found.extend(parts);
            } else {
                found.push(piece);
            }
        }
        found
    }
}

/// The units of a phrase that names nothing else; `None` when any part of it is
/// no known unit.
pub(crate) fn units_in(names: &UnitNames, phrase: &str) -> Option<Vec<UnitCode>> {
    let list = names.list(phrase);
    (list.troubles.is_empty() && !list.known.is_empty()).then_some(list.known)
}

/// The lead unit and those that help, from their two cells. Several in the
/// first are common where a table has only one column for units; the first is
/// the lead by custom, and that is said.
pub(crate) fn read_units(
    names: &UnitNames,
    lead: &str,
    others: &str,
) -> (Units, Vec<(Field, Trouble)>) {
    let lead = names.list(lead);
    let mut troubles: Vec<_> =
        lead.troubles.into_iter().map(|trouble| (Field::LeadUnit, trouble)).collect();
    let mut units = Units::default();
    let mut known = lead.known.into_iter();
    units.lead = known.next();
    units.others = known.collect();
    if let (Some(taken), false) = (&units.lead, units.others.is_empty()) {
        let shown = |code: &UnitCode| names.name(code).unwrap_or(code.as_str()).to_owned();
        let trouble = Trouble::SeveralLeadUnits {
            taken: shown(taken),
            others: units.others.iter().map(shown).collect(),
        };
        troubles.push((Field::LeadUnit, trouble));
    }
    let list = names.list(others);
    troubles.extend(list.troubles.into_iter().map(|trouble| (Field::CoUnits, trouble)));
    for code in list.known {
        if units.lead.as_ref() == Some(&code) || units.others.contains(&code) {
            let written = names.name(&code).unwrap_or(code.as_str()).to_owned();
            troubles.push((Field::CoUnits, Trouble::UnitTwice { written }));
        } else {
            units.others.push(code);
        }
    }
    (units, troubles)
}

fn shown(unit: &KnownUnit) -> &str {
    unit.names.first().map_or(unit.code.as_str(), String::as_str)
}

fn bare_name(piece: &str) -> &str {
    let piece = piece.trim().trim_end_matches(['。', '.', '：', ':']).trim();
    for end in AFTER_NAME {
        for end in [end.to_owned(), end.replace('(', "（").replace(')', "）")] {
            if let Some(name) = piece.strip_suffix(&end) {
                return name.trim();
            }
        }
    }
    piece
}

/// A name, and the same without what may stand before it: the county's name
/// (荥阳市, 荥阳), or only its rank (市). Never two of them at once, or
/// 荥阳市市场监督管理局 would lose a 市 too many.
fn keys(name: &str, county: &str) -> Vec<String> {
    let name = name.strip_prefix("中共").unwrap_or(name);
    let mut keys = vec![name.to_owned()];
    let rank = county.chars().next_back().filter(|rank| "市县区旗".contains(*rank));
    let place = rank.and_then(|rank| county.strip_suffix(rank)).unwrap_or(county);
    let rank = rank.map(String::from).unwrap_or_default();
    for before in [county, place, rank.as_str()] {
        if before.is_empty() {
            continue;
        }
        if let Some(rest) = name.strip_prefix(before).filter(|rest| rest.chars().count() > 1) {
            keys.push(rest.to_owned());
        }
    }
    keys
}

fn remember(index: &mut BTreeMap<String, Vec<usize>>, key: String, at: usize) {
    let found = index.entry(key).or_default();
    if !found.contains(&at) {
        found.push(at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> UnitNames {
        let unit = |code: &str, names: &[&str]| KnownUnit {
            code: UnitCode::new(code),
            names: names.iter().map(|name| (*name).to_owned()).collect(),
        };
        let units = [
            unit("water", &["市水利局", "Water Resources Bureau"]),
            unit("market", &["市市场监督管理局"]),
            unit("works", &["市政养护中心"]),
            unit("housing", &["市住房和城乡建设局"]),
            unit("yulong", &["豫龙镇人民政府"]),
            unit("party-office", &["市委办公室"]),
        ];
        UnitNames::new(units, "荥阳市")
    }

    #[test]
    fn a_unit_is_found_with_the_county_before_its_name_and_without() {
        let names = names();
        for (written, code) in [
            ("市水利局", "water"),
            ("水利局", "water"),
            ("荥阳市水利局", "water"),
            ("荥阳水利局", "water"),
            (" 市 水利局 ", "water"),
            ("water resources bureau", "water"),
            ("water", "water"),
            ("荥阳市市场监督管理局", "market"),
            ("荥阳市场监督管理局", "market"),
            ("市场监督管理局", "market"),
            ("市政养护中心", "works"),
            ("荥阳市豫龙镇人民政府", "yulong"),
            ("中共荥阳市委办公室", "party-office"),
        ] {
            assert_eq!(names.list(written).known, [UnitCode::new(code)], "{written}");
        }
        assert_eq!(names.list("水务局").known, []);
        assert_eq!(names.list(""), UnitList::default());
    }

    #[test]
    fn an_unknown_unit_names_the_nearest() {
        let list = names().list("市住建局");
        let [Trouble::UnitUnknown { written, nearest }] = list.troubles.as_slice() else {
            panic!("{list:?}");
        };
        assert_eq!(written, "市住建局");
        assert_eq!(nearest.first().map(String::as_str), Some("市住房和城乡建设局"));
        assert!(nearest.len() <= 3);
    }

    #[test]
    fn several_in_a_cell_are_parted_however_they_are_written() {
        let names = names();
        for text in [
            "水利局、市场监督管理局",
            "水利局,市场监督管理局",
            "水利局，市场监督管理局；",
            "水利局\n市场监督管理局",
            "水利局 市场监督管理局",
            "水利局（牵头）；市场监督管理局等",
        ] {
            let list = names.list(text);
            assert_eq!(list.known, [UnitCode::new("water"), UnitCode::new("market")], "{text}");
            assert_eq!(list.troubles, [], "{text}");
        }
        assert_eq!(names.list("Water Resources Bureau").known, [UnitCode::new("water")]);
    }

    #[test]
    fn a_name_two_units_share_is_not_given_to_either() {
        let unit = |code: &str, name: &str| KnownUnit {
            code: UnitCode::new(code),
            names: vec![name.to_owned()],
        };
        let names = UnitNames::new([unit("a", "市城管局"), unit("b", "荥阳城管局")], "荥阳市");
        let list = names.list("城管局");
        assert!(
            matches!(list.troubles.as_slice(), [Trouble::UnitAmbiguous { names, .. }] if names.len() == 2)
        );
        assert_eq!(names.list("市城管局").known, [UnitCode::new("a")], "an exact name is clear");
    }

    #[test]
    fn a_paragraph_in_the_column_of_units_is_cut_short() {
        let list = names().list(&"某单位、".repeat(10_000));
        assert_eq!(list.troubles.len(), MOST_UNITS + 1);
        assert_eq!(list.troubles.last(), Some(&Trouble::TooManyUnits { limit: MOST_UNITS }));
    }

    #[test]
    fn the_first_of_several_leads_and_that_is_said() {
        let names = names();
        let (units, troubles) =
            read_units(&names, "水利局、市场监督管理局", "豫龙镇人民政府、水利局");
        assert_eq!(units.lead, Some(UnitCode::new("water")));
        assert_eq!(units.others, [UnitCode::new("market"), UnitCode::new("yulong")]);
        let several = Trouble::SeveralLeadUnits {
            taken: "市水利局".to_owned(),
            others: vec!["市市场监督管理局".to_owned()],
        };
        let twice = Trouble::UnitTwice { written: "市水利局".to_owned() };
        assert_eq!(troubles, [(Field::LeadUnit, several), (Field::CoUnits, twice)]);
    }
}
