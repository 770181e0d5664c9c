//! What outlasts everything else. Tables the write path fills are described
//! there; the registers' are described here.

use crate::table::{self, Conflict, Kind, Table, tables};

tables! { REGISTERS:
    UNIT = "unit" key 2 Fail {
        county: Text, code: Text, name_zh: Text, name_en: Text, above: Text, grid: Text,
        merged_into: Text, retired_us: Int,
    }
    PERSON = "person" key 2 Fail {
        county: Text, id: Text, login: Text, name: Text, phone: Text, password: Text,
        must_change: Int, added_us: Int, left_us: Int,
    }
    POST = "post" key 2 Fail {
        county: Text, id: Text, person: Text, role: Text, unit: Text, grid: Text,
        granted_us: Int, revoked_us: Int,
    }
    PLACE = "place" key 2 Fail {
        county: Text, id: Text, name_zh: Text, name_en: Text, grid: Text, lat_e6: Int,
        lon_e6: Int, generation: Int, retired_us: Int,
    }
    PLAYBOOK_VERSION = "playbook_version" key 2 Fail {
        county: Text, version: Text, hash: Text, files: Text, from_us: Int, applied_us: Int,
        reverted_us: Int,
    }
    HOLIDAY_YEAR = "holiday_year" key 2 Fail {
        county: Text, year: Int, notice: Text, body: Text, loaded_us: Int,
    }
    SAVED_LEDGER = "saved_ledger" key 2 Fail {
        county: Text, id: Text, person: Text, name: Text, query: Text,
    }
    SETTING = "setting" key 2 Replace { county: Text, name: Text, value: Text, }
    LOG = "log" key 2 Fail { county: Text, log: Int, size: Int, }
    WHOLE_MESSAGE = "message" key 2 Fail {
        county: Text, id: Text, dedupe: Text, person: Text, channel: Text, matter: Text,
        kind: Text, facts: Text, made_us: Int, after_us: Int, sent_us: Int, read_us: Int,
        tries: Int, fault: Text,
    }
}

static OF_THE_WRITE_PATH: [&Table; 12] = [
    &table::ENTRY,
    &table::UNSEALED,
    &table::CONTENT,
    &table::IDENTITY,
    &table::IDENTITY_READ,
    &table::COMMAND,
    &table::REPORT_CODE,
    &table::ATTACHMENT,
    &table::NUMBER_COUNTER,
    &table::LEAF,
    &table::LOG_HASH,
    &table::CHECKPOINT,
];

pub(super) fn durable() -> impl Iterator<Item = &'static Table> {
    REGISTERS.iter().chain(&OF_THE_WRITE_PATH).copied()
}
