//! What happened to the county itself rather than to one matter: its rules, its
//! organisation, its people, its log. Kept in the stream `county`, beside the
//! matters' streams and under the same seal.
//!
//! Events hold ids and codes only. A person's name, phone and sign-in stand in
//! rows that can be erased; the journal knows the id.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::access::Role;
use crate::ids::{GridCode, PersonId, PlaceId, UnitCode};
use crate::journal::{Commitment, Digest};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case", deny_unknown_fields)]
pub enum CountyEvent {
    /// Waits for another person's approval.
    PlaybookProposed {
        version: String,
        hash: Digest,
        from: Date,
    },
    /// Taking a version back waits for another person's approval.
    PlaybookRevertProposed {
        version: String,
    },
    /// What was proposed is not put in force.
    PlaybookProposalDropped {},
    /// From `from` on, new matters are filed under this version.
    PlaybookApplied {
        version: String,
        hash: Digest,
        from: Date,
        approved_by: PersonId,
    },
    /// `version` is taken back; `to` is in force again.
    PlaybookReverted {
        version: String,
        to: String,
        approved_by: PersonId,
    },
    /// The holiday notice of a year was loaded; open nodes move by one event each.
    CalendarLoaded {
        year: i16,
        /// Number of the State Council notice.
        notice: String,
        hash: Digest,
    },

    UnitAdded {
        unit: UnitCode,
        #[serde(skip_serializing_if = "Option::is_none", default)]
        above: Option<UnitCode>,
    },
    /// The open work and the posts of `from` go to `into`.
    UnitMerged {
        from: UnitCode,
        into: UnitCode,
    },
    UnitRetired {
        unit: UnitCode,
    },

    PersonAdded {
        person: PersonId,
    },
    /// The open work goes to the successor in the same act.
    PersonLeft {
        person: PersonId,
        #[serde(skip_serializing_if = "Option::is_none", default)]
        successor: Option<PersonId>,
    },
    PostGranted(Post),
    PostRevoked(Post),
    PasswordReset {
        person: PersonId,
    },

    PlaceAdded {
        place: PlaceId,
        #[serde(skip_serializing_if = "Option::is_none", default)]
        grid: Option<GridCode>,
    },
    PlaceRetired {
        place: PlaceId,
    },

    /// Someone looked for a reporter's matters by phone; the number is nowhere.
    PhoneSearched {
        found: u64,
    },

    Imported {
        /// The other system's name for itself.
        origin: String,
        file: Digest,
        counts: ImportCounts,
    },
    /// Content behind a commitment was lawfully erased by the county rather than
    /// within one matter.
    ContentErased {
        content: Commitment,
        ground: String,
    },
    /// The first entry of every log but the first, alone in a stream of its own
    /// (`LogName::stream`).
    LogOpened(LogOpened),
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Post {
    pub person: PersonId,
    pub role: Role,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub unit: Option<UnitCode>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub grid: Option<GridCode>,
}

/// Every row read is in exactly one of the other three.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportCounts {
    pub read: u64,
    pub written: u64,
    pub already_there: u64,
    pub rejected: u64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogOpened {
    /// Number of the log this entry opens.
    pub log: u64,
    /// Text of the last known checkpoint of the log before; none only if that log
    /// never had one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub previous: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_event_names_itself_and_comes_back_unchanged() {
        let person = PersonId(uuid::Uuid::nil());
        let post =
            Post { person, role: Role::Handler, unit: None, grid: Some(GridCode::new("05")) };
        let event = CountyEvent::PostGranted(post);
        let json = serde_json::to_value(&event).unwrap();
        assert_eq!(
            json,
            json!({"event": "post-granted", "person": person, "role": "handler", "grid": "05"})
        );
        assert_eq!(serde_json::from_value::<CountyEvent>(json).unwrap(), event);
    }

    #[test]
    fn a_person_is_added_by_id_alone() {
        let named = json!({"event": "person-added", "person": uuid::Uuid::nil(), "name": "王"});
        assert!(serde_json::from_value::<CountyEvent>(named).is_err());
    }

    #[test]
    fn the_hash_of_a_playbook_is_not_spelled_like_a_commitment() {
        let event = CountyEvent::PlaybookApplied {
            version: "2026-1".into(),
            hash: Digest::of(b"playbook"),
            from: jiff::civil::date(2026, 1, 1),
            approved_by: PersonId(uuid::Uuid::nil()),
        };
        let json = serde_json::to_value(&event).unwrap();
        assert!(json["hash"].as_str().unwrap().starts_with("sha256:"));
        assert_eq!(json["from"], "2026-01-01");
    }
}
