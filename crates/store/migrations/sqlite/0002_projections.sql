-- Disposable: `bihuan verify --rebuild` refills these from the journal.

CREATE TABLE matter_view (
    county       TEXT NOT NULL,
    matter       TEXT NOT NULL,
    number       TEXT NOT NULL,
    regime       TEXT NOT NULL,
    playbook     TEXT NOT NULL,
    stage        TEXT NOT NULL,
    is_open      INTEGER NOT NULL,
    source       TEXT NOT NULL,
    class        TEXT,
    item         TEXT,
    urgency      TEXT NOT NULL,
    town         TEXT,
    grid         TEXT,
    place        TEXT,
    lead_unit    TEXT,
    object_unit  TEXT,
    verify_grid  TEXT,
    needs_triage INTEGER NOT NULL,
    suspended    INTEGER NOT NULL,
    waiting      TEXT,
    level        INTEGER NOT NULL,
    filed_us     INTEGER NOT NULL,
    signed_us    INTEGER,
    submitted_us INTEGER,
    closed_us    INTEGER,
    closed_late  INTEGER NOT NULL,
    due_node     TEXT,
    due_us       INTEGER,
    soon_us      INTEGER,
    handle_due_us      INTEGER,
    handle_original_us INTEGER,
    estimated    INTEGER NOT NULL,
    rating       TEXT,
    reopened     INTEGER NOT NULL,
    returns      INTEGER NOT NULL,
    extensions   INTEGER NOT NULL,
    merged_into  TEXT,
    duplicates   INTEGER NOT NULL,
    words        TEXT,
    address      TEXT,
    position     TEXT,
    answer       TEXT,
    identity     INTEGER NOT NULL,
    confidential INTEGER NOT NULL,
    reporter     TEXT,
    origin       TEXT,
    origin_id    TEXT,
    class_given  TEXT,
    unit_given   TEXT,
    entries      INTEGER NOT NULL,
    last_us      INTEGER NOT NULL,
    PRIMARY KEY (county, matter)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX matter_view_number_uq ON matter_view (county, number);
CREATE UNIQUE INDEX matter_view_origin_uq ON matter_view (county, origin, origin_id) WHERE origin IS NOT NULL;
CREATE INDEX matter_view_stage_idx ON matter_view (county, stage, due_us, matter);
CREATE INDEX matter_view_filed_idx ON matter_view (county, filed_us, matter);
CREATE INDEX matter_view_town_idx ON matter_view (county, town, filed_us, matter);
CREATE INDEX matter_view_class_idx ON matter_view (county, class, filed_us, matter);
CREATE INDEX matter_view_unit_idx ON matter_view (county, lead_unit, filed_us, matter);
CREATE INDEX matter_view_closed_idx ON matter_view (county, lead_unit, closed_us, matter);
CREATE INDEX matter_view_place_idx ON matter_view (county, place, filed_us, matter);
CREATE INDEX matter_view_grid_idx ON matter_view (county, grid, filed_us, matter);
CREATE INDEX matter_view_open_idx ON matter_view (county, due_us, matter) WHERE is_open = 1;
CREATE INDEX matter_view_triage_idx ON matter_view (county, due_us, matter) WHERE needs_triage = 1;
CREATE INDEX matter_view_merged_idx ON matter_view (county, merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX matter_view_reporter_idx ON matter_view (county, reporter, filed_us) WHERE reporter IS NOT NULL;

CREATE TABLE matter_unit (
    county  TEXT NOT NULL,
    matter  TEXT NOT NULL,
    unit    TEXT NOT NULL,
    part    TEXT NOT NULL,
    is_open INTEGER NOT NULL,
    stage   TEXT NOT NULL,
    due_us  INTEGER NOT NULL,
    PRIMARY KEY (county, matter, unit)
) STRICT, WITHOUT ROWID;

CREATE INDEX matter_unit_work_idx ON matter_unit (county, unit, is_open, due_us, matter);

CREATE TABLE node_view (
    county      TEXT NOT NULL,
    matter      TEXT NOT NULL,
    node        TEXT NOT NULL,
    rule        TEXT NOT NULL,
    started_us  INTEGER NOT NULL,
    original_us INTEGER NOT NULL,
    due_us      INTEGER NOT NULL,
    soon_us     INTEGER NOT NULL,
    estimated   INTEGER NOT NULL,
    status      TEXT NOT NULL,
    ended_us    INTEGER,
    PRIMARY KEY (county, matter, node)
) STRICT, WITHOUT ROWID;

CREATE INDEX node_view_due_idx ON node_view (county, status, node, due_us, matter);
CREATE INDEX node_view_open_idx ON node_view (county, due_us, matter) WHERE status = 'open';

-- Two-character words of a matter's texts; a matter waits in `unindexed` until
-- the search task has read it.
CREATE TABLE gram (
    county TEXT NOT NULL,
    gram   TEXT NOT NULL,
    matter TEXT NOT NULL,
    PRIMARY KEY (county, gram, matter)
) STRICT, WITHOUT ROWID;

CREATE INDEX gram_matter_idx ON gram (county, matter);

CREATE TABLE unindexed (
    county TEXT NOT NULL,
    matter TEXT NOT NULL,
    PRIMARY KEY (county, matter)
) STRICT, WITHOUT ROWID;
