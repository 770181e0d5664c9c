//! What `bihuan playbook init` writes: small, complete, without errors, to be
//! changed line by line.

const FILES: [(&str, &str); 6] = [
    ("playbook.toml", include_str!("template/playbook.toml")),
    ("regimes.toml", include_str!("template/regimes.toml")),
    ("categories.toml", include_str!("template/categories.toml")),
    ("units.toml", include_str!("template/units.toml")),
    ("grids.toml", include_str!("template/grids.toml")),
    ("cases/first.toml", include_str!("template/first.toml")),
];

/// The files of a new playbook for the county of this six-digit code and name.
pub fn template(county: &str, name: &str) -> Vec<(String, String)> {
    // A name may not end the string it stands in.
    let name = name.replace(['"', '\\', '\n'], "");
    FILES
        .iter()
        .map(|(path, text)| {
            let text = text.replace("%COUNTY%", county).replace("%NAME%", &name);
            ((*path).to_owned(), text)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Source, check, run_cases};
    use super::*;
    use crate::calendar::HolidayYear;

    #[test]
    fn a_new_playbook_has_neither_errors_nor_warnings() {
        let checked = check(&Source::new(template("410182", "荥阳市"))).unwrap();
        assert_eq!(checked.warnings, []);
        assert_eq!(checked.playbook.county.as_str(), "410182");
        assert_eq!(checked.playbook.grids.len(), 3 + 8);
        assert!(!checked.cases.is_empty());
    }

    #[test]
    fn the_worked_cases_of_a_new_playbook_hold() {
        let checked = check(&Source::new(template("410182", "荥阳市"))).unwrap();
        let results = run_cases(&checked, &HolidayYear::shipped());
        assert!(!results.is_empty());
        for result in results {
            assert_eq!(result.problems, []);
        }
    }

    #[test]
    fn a_name_with_quotes_does_not_break_the_files() {
        assert!(check(&Source::new(template("410182", "某\"市\\"))).is_ok());
    }
}
