//! The statements of the registers.

crate::engine::statements! {
    UNITS = "SELECT code, name_zh, name_en, above, grid, merged_into, retired_us FROM unit \
        WHERE county = $1 ORDER BY code";
    ADD_UNIT = "INSERT INTO unit (county, code, name_zh, name_en, above, grid) \
        VALUES ($1, $2, $3, $4, $5, $6)";
    MERGE_UNIT = "UPDATE unit SET merged_into = $3, retired_us = $4 \
        WHERE county = $1 AND code = $2 AND retired_us IS NULL";
    MOVE_UNITS = "UPDATE unit SET above = $3 \
        WHERE county = $1 AND above = $2 AND retired_us IS NULL";
    UNIT_STANDS = "SELECT code FROM unit WHERE county = $1 AND code = $2 \
        AND retired_us IS NULL";
    OPEN_MATTERS_OF = {
        sqlite: "SELECT matter FROM matter_unit INDEXED BY matter_unit_work_idx \
            WHERE county = $1 AND unit = $2 AND is_open = 1 ORDER BY matter LIMIT $3",
        postgres: "SELECT matter FROM matter_unit WHERE county = $1 AND unit = $2 \
            AND is_open = 1 ORDER BY matter LIMIT $3"
    };
    HOLDERS = "SELECT person.id FROM person JOIN post ON post.county = person.county \
        AND post.person = person.id WHERE person.county = $1 AND post.role = $2 \
        AND post.revoked_us IS NULL AND person.left_us IS NULL \
        AND person.password IS NOT NULL ORDER BY person.id";
    PLAYBOOKS = "SELECT version, hash, files, from_us, applied_us, reverted_us \
        FROM playbook_version WHERE county = $1 ORDER BY applied_us, version";
    PUT_PLAYBOOK = "INSERT INTO playbook_version (county, version, hash, files, from_us, \
        applied_us) VALUES ($1, $2, $3, $4, $5, $6)";
    REVERT_PLAYBOOK = "UPDATE playbook_version SET reverted_us = $3 \
        WHERE county = $1 AND version = $2 AND reverted_us IS NULL";
    HOLIDAYS = "SELECT year, notice, body, loaded_us FROM holiday_year WHERE county = $1 \
        ORDER BY year";
    PUT_HOLIDAY = "INSERT INTO holiday_year (county, year, notice, body, loaded_us) \
        VALUES ($1, $2, $3, $4, $5) ON CONFLICT (county, year) DO UPDATE SET \
        notice = excluded.notice, body = excluded.body, loaded_us = excluded.loaded_us";
    PERSON = "SELECT id, login, name, phone, password, must_change, added_us, left_us \
        FROM person WHERE county = $1 AND id = $2";
    PERSON_BY_LOGIN = "SELECT id, login, name, phone, password, must_change, added_us, \
        left_us FROM person WHERE county = $1 AND login = $2";
    PEOPLE_AFTER = "SELECT id, login, name, phone, password, must_change, added_us, left_us \
        FROM person WHERE county = $1 AND login > $2 ORDER BY login LIMIT $3";
    PEOPLE_NAMES = {
        sqlite: "SELECT id, name FROM person WHERE county = $1 \
            AND id IN (SELECT value FROM json_each($2))",
        postgres: "SELECT id, name FROM person WHERE county = $1 AND id IN \
            (SELECT value FROM jsonb_array_elements_text($2::text::jsonb) AS rows(value))"
    };
    ADD_PERSON = "INSERT INTO person (county, id, login, name, phone, password, must_change, \
        added_us) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    SET_PASSWORD = "UPDATE person SET password = $3, must_change = $4 \
        WHERE county = $1 AND id = $2";
    LEAVE = "UPDATE person SET left_us = $3, password = NULL WHERE county = $1 AND id = $2";
    POSTS_OF = "SELECT id, person, role, unit, grid, granted_us, revoked_us FROM post \
        WHERE county = $1 AND person = $2 ORDER BY granted_us, id";
    POSTS_IN = "SELECT id, person, role, unit, grid, granted_us, revoked_us FROM post \
        WHERE county = $1 AND unit = $2 AND role = $3 AND revoked_us IS NULL ORDER BY id";
    POSTS_IN_GRID = "SELECT id, person, role, unit, grid, granted_us, revoked_us FROM post \
        WHERE county = $1 AND grid = $2 AND revoked_us IS NULL ORDER BY id";
    PUT_POST = "INSERT INTO post (county, id, person, role, unit, grid, granted_us) \
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    REVOKE_POST = "UPDATE post SET revoked_us = $3 \
        WHERE county = $1 AND id = $2 AND revoked_us IS NULL";
    MOVE_POSTS = "UPDATE post SET unit = $3 WHERE county = $1 AND unit = $2";
    ADD_SESSION = "INSERT INTO session (county, token, person, post, agent, made_us, seen_us, \
        ends_us) VALUES ($1, $2, $3, $4, $5, $6, $6, $7)";
    SESSION = "SELECT token, person, post, agent, made_us, seen_us, ends_us FROM session \
        WHERE county = $1 AND token = $2";
    // Not knowing that there is one county, SQLite holds its rows to be few and
    // would read them all: where it does, the index is named.
    SESSIONS_OF = {
        sqlite: "SELECT token, person, post, agent, made_us, seen_us, ends_us FROM session \
            INDEXED BY session_person_idx WHERE county = $1 AND person = $2 ORDER BY made_us",
        postgres: "SELECT token, person, post, agent, made_us, seen_us, ends_us FROM session \
            WHERE county = $1 AND person = $2 ORDER BY made_us"
    };
    CHOOSE_POST = "UPDATE session SET post = $3 WHERE county = $1 AND token = $2";
    END_SESSION = "DELETE FROM session WHERE county = $1 AND token = $2";
    END_SESSIONS_OF = {
        sqlite: "DELETE FROM session INDEXED BY session_person_idx \
            WHERE county = $1 AND person = $2",
        postgres: "DELETE FROM session WHERE county = $1 AND person = $2"
    };
    END_OLD_SESSIONS = "DELETE FROM session WHERE county = $1 AND ends_us < $2";
    TAKE_BACK = "UPDATE throttle SET count = count - 1 WHERE county = $1 AND key = $2 \
        AND from_us = $3 AND count > 0";
    UNTHROTTLE = "DELETE FROM throttle WHERE county = $1 AND key = $2";
    FORGET_ATTEMPTS = "DELETE FROM throttle WHERE county = $1 AND from_us < $2";
    THROTTLED = "SELECT count FROM throttle WHERE county = $1 AND key = $2 \
        AND from_us BETWEEN $3 AND $4";
    PLACE = "SELECT id, name_zh, name_en, grid, lat_e6, lon_e6, generation, retired_us \
        FROM place WHERE county = $1 AND id = $2";
    PLACES_AFTER = "SELECT id, name_zh, name_en, grid, lat_e6, lon_e6, generation, retired_us \
        FROM place WHERE county = $1 AND id > $2 ORDER BY id LIMIT $3";
    ADD_PLACE = "INSERT INTO place (county, id, name_zh, name_en, grid, lat_e6, lon_e6, \
        generation, retired_us) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) \
        ON CONFLICT (county, id) DO NOTHING";
    PUT_PLACE = "INSERT INTO place (county, id, name_zh, name_en, grid, lat_e6, lon_e6, \
        generation, retired_us) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) \
        ON CONFLICT (county, id) DO UPDATE SET name_zh = excluded.name_zh, \
        name_en = excluded.name_en, grid = excluded.grid, lat_e6 = excluded.lat_e6, \
        lon_e6 = excluded.lon_e6, generation = excluded.generation, \
        retired_us = excluded.retired_us";
    MATTER_BY_CODE = "SELECT matter FROM report_code WHERE county = $1 AND code = $2";
    IDENTITY = "SELECT sealed FROM identity WHERE county = $1 AND matter = $2";
    MATTERS_BY_PHONE = "SELECT matter FROM identity WHERE county = $1 AND phone_key = $2 \
        ORDER BY matter DESC LIMIT 50";
    ATTACHMENT = "SELECT id, commitment, matter, sha256, kind, name, bytes, stored, thumb, \
        given_us FROM attachment WHERE county = $1 AND id = $2";
    ATTACHMENTS_BEFORE = "SELECT id, commitment, matter, sha256, kind, name, bytes, stored, thumb, \
        given_us FROM attachment WHERE county = $1 AND id < $2 ORDER BY id DESC LIMIT $3";
    ATTACHMENTS_OF = {
        sqlite: "SELECT id, commitment, matter, sha256, kind, name, bytes, stored, thumb, \
            given_us FROM attachment INDEXED BY attachment_matter_idx \
            WHERE county = $1 AND matter = $2 ORDER BY id",
        postgres: "SELECT id, commitment, matter, sha256, kind, name, bytes, stored, thumb, \
            given_us FROM attachment WHERE county = $1 AND matter = $2 ORDER BY id"
    };
    SETTING = "SELECT value FROM setting WHERE county = $1 AND name = $2";
    PUT_SETTING = "INSERT INTO setting (county, name, value) VALUES ($1, $2, $3) \
        ON CONFLICT (county, name) DO UPDATE SET value = excluded.value";
    SAVED_LEDGERS = "SELECT id, name, query FROM saved_ledger WHERE county = $1 \
        AND person = $2 ORDER BY name, id";
    SAVE_LEDGER = "INSERT INTO saved_ledger (county, id, person, name, query) \
        VALUES ($1, $2, $3, $4, $5) ON CONFLICT (county, id) DO NOTHING";
    REPLACE_LEDGER = "DELETE FROM saved_ledger WHERE county = $1 AND person = $2 \
        AND name = $3 AND id <> $4";
    DROP_LEDGER = "DELETE FROM saved_ledger WHERE county = $1 AND person = $2 AND id = $3";
    FORGET_COMMANDS = "DELETE FROM command WHERE county = $1 AND at_us < $2";
}
