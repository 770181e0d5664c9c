-- What administrators keep: units, people, posts, rules in force, places.

CREATE TABLE unit (
    county     TEXT NOT NULL,
    code       TEXT NOT NULL,
    name_zh    TEXT NOT NULL,
    name_en    TEXT NOT NULL,
    above      TEXT,
    grid       TEXT,
    merged_into TEXT,
    retired_us INTEGER,
    PRIMARY KEY (county, code)
) STRICT, WITHOUT ROWID;

CREATE TABLE person (
    county      TEXT NOT NULL,
    id          TEXT NOT NULL,
    login       TEXT NOT NULL,
    name        TEXT NOT NULL,
    phone       TEXT,
    password    TEXT,
    must_change INTEGER NOT NULL,
    added_us    INTEGER NOT NULL,
    left_us     INTEGER,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX person_login_uq ON person (county, login);

CREATE TABLE post (
    county     TEXT NOT NULL,
    id         TEXT NOT NULL,
    person     TEXT NOT NULL,
    role       TEXT NOT NULL,
    unit       TEXT NOT NULL,
    grid       TEXT,
    granted_us INTEGER NOT NULL,
    revoked_us INTEGER,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX post_person_idx ON post (county, person);
CREATE INDEX post_unit_idx ON post (county, unit, role);
CREATE INDEX post_grid_idx ON post (county, grid);

CREATE TABLE session (
    county   TEXT NOT NULL,
    token    TEXT NOT NULL,
    person   TEXT NOT NULL,
    post     TEXT NOT NULL,
    agent    TEXT NOT NULL,
    made_us  INTEGER NOT NULL,
    seen_us  INTEGER NOT NULL,
    ends_us  INTEGER NOT NULL,
    PRIMARY KEY (county, token)
) STRICT, WITHOUT ROWID;

CREATE INDEX session_person_idx ON session (county, person);
CREATE INDEX session_ends_idx ON session (county, ends_us);

CREATE TABLE throttle (
    county  TEXT NOT NULL,
    key     TEXT NOT NULL,
    count   INTEGER NOT NULL,
    from_us INTEGER NOT NULL,
    PRIMARY KEY (county, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE playbook_version (
    county     TEXT NOT NULL,
    version    TEXT NOT NULL,
    hash       TEXT NOT NULL,
    files      TEXT NOT NULL,
    from_us    INTEGER NOT NULL,
    applied_us INTEGER NOT NULL,
    reverted_us INTEGER,
    PRIMARY KEY (county, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE holiday_year (
    county    TEXT NOT NULL,
    year      INTEGER NOT NULL,
    notice    TEXT NOT NULL,
    body      TEXT NOT NULL,
    loaded_us INTEGER NOT NULL,
    PRIMARY KEY (county, year)
) STRICT, WITHOUT ROWID;

CREATE TABLE place (
    county     TEXT NOT NULL,
    id         TEXT NOT NULL,
    name_zh    TEXT NOT NULL,
    name_en    TEXT NOT NULL,
    grid       TEXT NOT NULL,
    lat_e6     INTEGER,
    lon_e6     INTEGER,
    generation INTEGER NOT NULL,
    retired_us INTEGER,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX place_grid_idx ON place (county, grid);

CREATE TABLE report_code (
    county TEXT NOT NULL,
    code   TEXT NOT NULL,
    matter TEXT NOT NULL,
    PRIMARY KEY (county, code)
) STRICT, WITHOUT ROWID;

CREATE TABLE attachment (
    county    TEXT NOT NULL,
    id        TEXT NOT NULL,
    commitment TEXT,
    matter    TEXT,
    sha256    TEXT NOT NULL,
    kind      TEXT NOT NULL,
    name      TEXT NOT NULL,
    bytes     INTEGER NOT NULL,
    stored    TEXT NOT NULL,
    thumb     TEXT,
    given_us  INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX attachment_commitment_idx ON attachment (county, commitment);
CREATE INDEX attachment_matter_idx ON attachment (county, matter);
CREATE INDEX attachment_loose_idx ON attachment (county, given_us) WHERE matter IS NULL;

CREATE TABLE message (
    county   TEXT NOT NULL,
    id       TEXT NOT NULL,
    dedupe   TEXT NOT NULL,
    person   TEXT,
    channel  TEXT NOT NULL,
    matter   TEXT,
    kind     TEXT NOT NULL,
    facts    TEXT NOT NULL,
    made_us  INTEGER NOT NULL,
    after_us INTEGER NOT NULL,
    sent_us  INTEGER,
    read_us  INTEGER,
    tries    INTEGER NOT NULL,
    fault    TEXT,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX message_dedupe_uq ON message (county, dedupe);
CREATE INDEX message_due_idx ON message (county, channel, after_us) WHERE sent_us IS NULL;
CREATE INDEX message_person_idx ON message (county, person, made_us);

CREATE TABLE saved_ledger (
    county TEXT NOT NULL,
    id     TEXT NOT NULL,
    person TEXT NOT NULL,
    name   TEXT NOT NULL,
    query  TEXT NOT NULL,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX saved_ledger_person_idx ON saved_ledger (county, person, name);

CREATE TABLE setting (
    county TEXT NOT NULL,
    name   TEXT NOT NULL,
    value  TEXT NOT NULL,
    PRIMARY KEY (county, name)
) STRICT, WITHOUT ROWID;
