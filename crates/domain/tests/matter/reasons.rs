//! Every reason for a refusal is provoked by a test, or belongs to a layer that
//! has its own.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use bihuan_domain::refusal::Reason;

/// Given by whoever reads the request, keeps the accounts or commits the act.
const OTHER_LAYERS: &[Reason] = &[
    Reason::WordsTooLong,
    Reason::PaperTooLong,
    Reason::NothingToErase,
    Reason::Classified,
    Reason::CircularParts,
    Reason::WholeIsOver,
    Reason::FileRefused,
    Reason::PlaceOutsideCounty,
    Reason::ChangedMeanwhile,
    Reason::CommandIdReused,
    Reason::PasswordTooShort,
    Reason::LoginTaken,
    Reason::TooMuchOpenWork,
    Reason::PlaybookHasErrors,
    Reason::PlaybookOfAnother,
    Reason::VersionExists,
    Reason::NoEarlierVersion,
    Reason::CalendarUnreadable,
    Reason::UnitCodeTaken,
    Reason::UnitAboveItself,
    Reason::PostInTheWay,
    Reason::PostHeld,
    Reason::LastOfPost,
    Reason::CannotTakeOver,
    Reason::ProposalGone,
];

/// Reasons that the tests beside this one expect of a refusal.
fn provoked() -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/matter");
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.ends_with("reasons.rs") {
            continue;
        }
        let text = fs::read_to_string(path).unwrap();
        for (index, start) in text.match_indices("Reason::") {
            let rest = &text[index + start.len()..];
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
            found.insert(rest[..end].to_owned());
        }
    }
    found
}

#[test]
fn every_reason_is_provoked_here_or_belongs_to_another_layer() {
    let provoked = provoked();
    for reason in Reason::ALL {
        let here = provoked.contains(&format!("{reason:?}"));
        let elsewhere = OTHER_LAYERS.contains(reason);
        assert!(here != elsewhere, "{reason:?}: provoked {here}, of another layer {elsewhere}");
    }
}
