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

CREATE INDEX attachment_loose_idx ON attachment (county, given_us) WHERE matter IS NULL;

CREATE INDEX attachment_matter_idx ON attachment (county, matter);

CREATE TABLE burden (
    county TEXT NOT NULL,
    matter TEXT NOT NULL,
    nth    INTEGER NOT NULL,
    unit   TEXT NOT NULL,
    what   TEXT NOT NULL,
    year   INTEGER NOT NULL,
    passed INTEGER NOT NULL,
    PRIMARY KEY (county, matter, nth)
) STRICT, WITHOUT ROWID;

CREATE INDEX burden_year_idx ON burden (county, year, what, unit, matter, passed);

CREATE TABLE checkpoint (
    county TEXT NOT NULL,
    log    INTEGER NOT NULL,
    size   INTEGER NOT NULL,
    at_us  INTEGER NOT NULL,
    note   TEXT NOT NULL,
    PRIMARY KEY (county, log, size)
) STRICT, WITHOUT ROWID;

CREATE TABLE command (
    county TEXT NOT NULL,
    id     TEXT NOT NULL,
    sender TEXT NOT NULL,
    digest TEXT NOT NULL,
    result TEXT NOT NULL,
    at_us  INTEGER NOT NULL,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX command_at_idx ON command (county, at_us);

CREATE TABLE "content" (
    county     TEXT NOT NULL,
    commitment TEXT NOT NULL,
    stream     TEXT NOT NULL,
    tag        TEXT NOT NULL,
    salt       TEXT NOT NULL,
    body       TEXT NOT NULL,
    PRIMARY KEY (county, stream, commitment)
) STRICT, WITHOUT ROWID;

CREATE TABLE entry (
    county    TEXT NOT NULL,
    stream    TEXT NOT NULL,
    seq       INTEGER NOT NULL,
    at_us     INTEGER NOT NULL,
    hash      TEXT NOT NULL,
    command   TEXT NOT NULL,
    canonical TEXT NOT NULL,
    PRIMARY KEY (county, stream, seq)
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE gram_index USING fts5(grams, content='', columnsize=0, detail=none, tokenize='ascii');

CREATE TABLE holiday_year (
    county    TEXT NOT NULL,
    year      INTEGER NOT NULL,
    notice    TEXT NOT NULL,
    body      TEXT NOT NULL,
    loaded_us INTEGER NOT NULL,
    PRIMARY KEY (county, year)
) STRICT, WITHOUT ROWID;

CREATE TABLE identity (
    county     TEXT NOT NULL,
    matter     TEXT NOT NULL,
    sealed     TEXT NOT NULL,
    phone_key  TEXT,
    PRIMARY KEY (county, matter)
) STRICT, WITHOUT ROWID;

CREATE INDEX identity_phone_idx ON identity (county, phone_key);

CREATE TABLE identity_read (
    county  TEXT NOT NULL,
    at_us   INTEGER NOT NULL,
    command TEXT NOT NULL,
    number  TEXT NOT NULL,
    role    TEXT NOT NULL,
    person  TEXT,
    unit    TEXT,
    reason  TEXT NOT NULL,
    PRIMARY KEY (county, at_us, command)
) STRICT, WITHOUT ROWID;

CREATE TABLE leaf (
    county TEXT NOT NULL,
    log    INTEGER NOT NULL,
    idx    INTEGER NOT NULL,
    stream TEXT NOT NULL,
    seq    INTEGER NOT NULL,
    PRIMARY KEY (county, log, idx)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX leaf_entry_uq ON leaf (county, stream, seq);

CREATE TABLE log (
    county TEXT NOT NULL,
    log    INTEGER NOT NULL,
    size   INTEGER NOT NULL,
    PRIMARY KEY (county, log)
) STRICT, WITHOUT ROWID;

CREATE TABLE log_hash (
    county   TEXT NOT NULL,
    log      INTEGER NOT NULL,
    position INTEGER NOT NULL,
    hash     TEXT NOT NULL,
    PRIMARY KEY (county, log, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE matter_about (
    county  TEXT NOT NULL,
    matter  TEXT NOT NULL,
    unit    TEXT NOT NULL,
    regime  TEXT NOT NULL,
    stage   TEXT NOT NULL,
    from_on TEXT NOT NULL,
    due_on  TEXT NOT NULL,
    PRIMARY KEY (county, matter, unit)
) STRICT, WITHOUT ROWID;

CREATE INDEX matter_about_day_idx ON matter_about (county, regime, due_on, matter);

CREATE INDEX matter_about_unit_idx ON matter_about (county, regime, unit, due_on, matter);

CREATE TABLE matter_gram (
    county TEXT NOT NULL,
    matter TEXT NOT NULL,
    number INTEGER NOT NULL,
    grams  TEXT NOT NULL,
    PRIMARY KEY (county, matter)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX matter_gram_number_uq ON matter_gram (county, number);

CREATE TABLE matter_link (
    county TEXT NOT NULL,
    matter TEXT NOT NULL,
    link   TEXT NOT NULL,
    other  TEXT NOT NULL,
    PRIMARY KEY (county, matter, link, other)
) STRICT, WITHOUT ROWID;

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
    last_us      INTEGER NOT NULL, parent TEXT, parts INTEGER NOT NULL DEFAULT 0, document TEXT, grade TEXT, criticised INTEGER NOT NULL DEFAULT 0, slip TEXT, goal TEXT, basis TEXT, official TEXT, person TEXT, progress TEXT,
    PRIMARY KEY (county, matter)
) STRICT, WITHOUT ROWID;

CREATE INDEX matter_view_class_idx ON matter_view (county, class, filed_us, matter, object_unit);

CREATE INDEX matter_view_closed_idx ON matter_view (county, lead_unit, closed_us, matter);

CREATE INDEX matter_view_closed_sum_idx ON matter_view (county, closed_us, regime, stage, lead_unit, town, class, closed_late, rating, reopened, object_unit, matter) WHERE closed_us IS NOT NULL;

CREATE UNIQUE INDEX matter_view_document_uq ON matter_view (county, document) WHERE document IS NOT NULL;

CREATE INDEX matter_view_done_idx ON matter_view (county, regime, COALESCE(closed_us, 0), matter) WHERE is_open = 0;

CREATE INDEX matter_view_due_idx ON matter_view (county, COALESCE(due_us, 9223372036854775807), matter);

CREATE INDEX matter_view_filed_idx ON matter_view (county, filed_us, matter, regime, stage, town, object_unit);

CREATE INDEX matter_view_grid_idx ON matter_view (county, grid, filed_us, matter);

CREATE INDEX matter_view_item_idx ON matter_view (county, item, filed_us, matter, class, lead_unit, returns);

CREATE INDEX matter_view_look_back_idx ON matter_view (county, COALESCE(due_us, 9223372036854775807), matter) WHERE due_node = 'look-back';

CREATE INDEX matter_view_look_back_sum_idx ON matter_view (county, due_us, soon_us, object_unit, matter) WHERE due_node = 'look-back' AND is_open = 0;

CREATE INDEX matter_view_merged_idx ON matter_view (county, merged_into) WHERE merged_into IS NOT NULL;

CREATE UNIQUE INDEX matter_view_number_uq ON matter_view (county, number);

CREATE INDEX matter_view_open_grid_idx ON matter_view (county, grid, filed_us, matter, item) WHERE is_open = 1;

CREATE INDEX matter_view_open_idx ON matter_view (county, COALESCE(due_us, 9223372036854775807), matter) WHERE is_open = 1;

CREATE INDEX matter_view_open_place_idx ON matter_view (county, place, filed_us, matter) WHERE is_open = 1;

CREATE INDEX matter_view_open_sum_idx ON matter_view (county, town, class, stage, due_us, soon_us, lead_unit, regime, filed_us, parts, object_unit, matter) WHERE is_open = 1;

CREATE UNIQUE INDEX matter_view_origin_uq ON matter_view (county, origin, origin_id) WHERE origin IS NOT NULL;

CREATE INDEX matter_view_over_idx ON matter_view (county, COALESCE(closed_us, 0), matter);

CREATE INDEX matter_view_parent_idx ON matter_view (county, parent, is_open, matter) WHERE parent IS NOT NULL;

CREATE INDEX matter_view_place_idx ON matter_view (county, place, filed_us, matter);

CREATE INDEX matter_view_rating_idx ON matter_view (county, rating, filed_us, matter, object_unit) WHERE rating IS NOT NULL;

CREATE INDEX matter_view_regime_filed_idx ON matter_view (county, regime, filed_us, matter, parts, stage, parent, object_unit, is_open, reopened, criticised, document);

CREATE INDEX matter_view_regime_idx ON matter_view (county, regime, is_open, due_us, matter);

CREATE INDEX matter_view_reporter_idx ON matter_view (county, reporter, filed_us) WHERE reporter IS NOT NULL;

CREATE INDEX matter_view_stage_idx ON matter_view (county, stage, COALESCE(due_us, 9223372036854775807), matter) WHERE is_open = 1;

CREATE INDEX matter_view_stuck_idx ON matter_view (county, COALESCE(due_us, 9223372036854775807), matter) WHERE is_open = 1 AND (suspended = 1 OR waiting IS NOT NULL OR stage = 'returned');

CREATE INDEX matter_view_town_idx ON matter_view (county, town, filed_us, matter, object_unit);

CREATE INDEX matter_view_triage_idx ON matter_view (county, COALESCE(due_us, 9223372036854775807), matter) WHERE needs_triage = 1;

CREATE INDEX matter_view_unit_idx ON matter_view (county, lead_unit, filed_us, matter, object_unit);

CREATE INDEX matter_view_verify_idx ON matter_view (county, verify_grid) WHERE verify_grid IS NOT NULL;

CREATE INDEX matter_view_waiting_idx ON matter_view (county, regime, waiting) WHERE waiting IS NOT NULL;

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
    ended_us    INTEGER, slip INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (county, matter, node)
) STRICT, WITHOUT ROWID;

CREATE INDEX node_view_due_idx ON node_view (county, status, node, due_us, matter);

CREATE INDEX node_view_open_idx ON node_view (county, due_us, matter) WHERE status = 'open';

CREATE TABLE number_counter (
    county TEXT NOT NULL,
    series TEXT NOT NULL,
    last   INTEGER NOT NULL,
    PRIMARY KEY (county, series)
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

CREATE INDEX post_grid_idx ON post (county, grid);

CREATE INDEX post_person_idx ON post (county, person);

CREATE INDEX post_unit_idx ON post (county, unit, role);

CREATE TABLE report_code (
    county TEXT NOT NULL,
    code   TEXT NOT NULL,
    matter TEXT NOT NULL,
    PRIMARY KEY (county, code)
) STRICT, WITHOUT ROWID;

CREATE TABLE saved_ledger (
    county TEXT NOT NULL,
    id     TEXT NOT NULL,
    person TEXT NOT NULL,
    name   TEXT NOT NULL,
    query  TEXT NOT NULL,
    PRIMARY KEY (county, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX saved_ledger_person_idx ON saved_ledger (county, person, name);

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

CREATE INDEX session_ends_idx ON session (county, ends_us);

CREATE INDEX session_person_idx ON session (county, person);

CREATE TABLE setting (
    county TEXT NOT NULL,
    name   TEXT NOT NULL,
    value  TEXT NOT NULL,
    PRIMARY KEY (county, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE throttle (
    county  TEXT NOT NULL,
    key     TEXT NOT NULL,
    count   INTEGER NOT NULL,
    from_us INTEGER NOT NULL,
    PRIMARY KEY (county, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX throttle_from_idx ON throttle (county, from_us);

CREATE TABLE unindexed (
    county TEXT NOT NULL,
    matter TEXT NOT NULL,
    PRIMARY KEY (county, matter)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE unsealed (
    county TEXT NOT NULL,
    at_us  INTEGER NOT NULL,
    stream TEXT NOT NULL,
    seq    INTEGER NOT NULL,
    PRIMARY KEY (county, at_us, stream, seq)
) STRICT, WITHOUT ROWID;

