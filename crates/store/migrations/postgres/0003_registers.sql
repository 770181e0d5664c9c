-- What administrators keep: units, people, posts, rules in force, places.

CREATE TABLE unit (
    county     TEXT NOT NULL,
    code       TEXT NOT NULL,
    name_zh    TEXT NOT NULL,
    name_en    TEXT NOT NULL,
    above      TEXT,
    grid       TEXT,
    merged_into TEXT,
    retired_us BIGINT,
    PRIMARY KEY (county, code)
);

CREATE TABLE person (
    county      TEXT NOT NULL,
    id          TEXT NOT NULL,
    login       TEXT NOT NULL,
    name        TEXT NOT NULL,
    phone       TEXT,
    password    TEXT,
    must_change BIGINT NOT NULL,
    added_us    BIGINT NOT NULL,
    left_us     BIGINT,
    PRIMARY KEY (county, id)
);

CREATE UNIQUE INDEX person_login_uq ON person (county, login);

CREATE TABLE post (
    county     TEXT NOT NULL,
    id         TEXT NOT NULL,
    person     TEXT NOT NULL,
    role       TEXT NOT NULL,
    unit       TEXT NOT NULL,
    grid       TEXT,
    granted_us BIGINT NOT NULL,
    revoked_us BIGINT,
    PRIMARY KEY (county, id)
);

CREATE INDEX post_person_idx ON post (county, person);
CREATE INDEX post_unit_idx ON post (county, unit, role);
CREATE INDEX post_grid_idx ON post (county, grid);

CREATE TABLE session (
    county   TEXT NOT NULL,
    token    TEXT NOT NULL,
    person   TEXT NOT NULL,
    post     TEXT NOT NULL,
    agent    TEXT NOT NULL,
    made_us  BIGINT NOT NULL,
    seen_us  BIGINT NOT NULL,
    ends_us  BIGINT NOT NULL,
    PRIMARY KEY (county, token)
);

CREATE INDEX session_person_idx ON session (county, person);
CREATE INDEX session_ends_idx ON session (county, ends_us);

CREATE TABLE throttle (
    county  TEXT NOT NULL,
    key     TEXT NOT NULL,
    count   BIGINT NOT NULL,
    from_us BIGINT NOT NULL,
    PRIMARY KEY (county, key)
);

CREATE TABLE playbook_version (
    county     TEXT NOT NULL,
    version    TEXT NOT NULL,
    hash       TEXT NOT NULL,
    files      TEXT NOT NULL,
    from_us    BIGINT NOT NULL,
    applied_us BIGINT NOT NULL,
    reverted_us BIGINT,
    PRIMARY KEY (county, version)
);

CREATE TABLE holiday_year (
    county    TEXT NOT NULL,
    year      BIGINT NOT NULL,
    notice    TEXT NOT NULL,
    body      TEXT NOT NULL,
    loaded_us BIGINT NOT NULL,
    PRIMARY KEY (county, year)
);

CREATE TABLE place (
    county     TEXT NOT NULL,
    id         TEXT NOT NULL,
    name_zh    TEXT NOT NULL,
    name_en    TEXT NOT NULL,
    grid       TEXT NOT NULL,
    lat_e6     BIGINT,
    lon_e6     BIGINT,
    generation BIGINT NOT NULL,
    retired_us BIGINT,
    PRIMARY KEY (county, id)
);

CREATE INDEX place_grid_idx ON place (county, grid);

CREATE TABLE report_code (
    county TEXT NOT NULL,
    code   TEXT NOT NULL,
    matter TEXT NOT NULL,
    PRIMARY KEY (county, code)
);

CREATE TABLE attachment (
    county    TEXT NOT NULL,
    id        TEXT NOT NULL,
    commitment TEXT,
    matter    TEXT,
    sha256    TEXT NOT NULL,
    kind      TEXT NOT NULL,
    name      TEXT NOT NULL,
    bytes     BIGINT NOT NULL,
    stored    TEXT NOT NULL,
    thumb     TEXT,
    given_us  BIGINT NOT NULL,
    PRIMARY KEY (county, id)
);

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
    made_us  BIGINT NOT NULL,
    after_us BIGINT NOT NULL,
    sent_us  BIGINT,
    read_us  BIGINT,
    tries    BIGINT NOT NULL,
    fault    TEXT,
    PRIMARY KEY (county, id)
);

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
);

CREATE INDEX saved_ledger_person_idx ON saved_ledger (county, person, name);

CREATE TABLE setting (
    county TEXT NOT NULL,
    name   TEXT NOT NULL,
    value  TEXT NOT NULL,
    PRIMARY KEY (county, name)
);
