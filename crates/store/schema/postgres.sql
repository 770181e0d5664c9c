CREATE TABLE attachment (
    county TEXT NOT NULL,
    id TEXT NOT NULL,
    commitment TEXT,
    matter TEXT,
    sha256 TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    stored TEXT NOT NULL,
    thumb TEXT,
    given_us BIGINT NOT NULL
);
CREATE TABLE burden (
    county TEXT NOT NULL,
    matter TEXT NOT NULL,
    nth BIGINT NOT NULL,
    unit TEXT NOT NULL,
    what TEXT NOT NULL,
    year BIGINT NOT NULL,
    passed BIGINT NOT NULL
);
CREATE TABLE checkpoint (
    county TEXT NOT NULL,
    log BIGINT NOT NULL,
    size BIGINT NOT NULL,
    at_us BIGINT NOT NULL,
    note TEXT NOT NULL
);
CREATE TABLE command (
    county TEXT NOT NULL,
    id TEXT NOT NULL,
    sender TEXT NOT NULL,
    digest TEXT NOT NULL,
    result TEXT NOT NULL,
    at_us BIGINT NOT NULL
);
CREATE TABLE content (
    county TEXT NOT NULL,
    commitment TEXT NOT NULL,
    stream TEXT NOT NULL,
    tag TEXT NOT NULL,
    salt TEXT NOT NULL,
    body TEXT NOT NULL
);
CREATE TABLE entry (
    county TEXT NOT NULL,
    stream TEXT NOT NULL,
    seq BIGINT NOT NULL,
    at_us BIGINT NOT NULL,
    hash TEXT NOT NULL,
    command TEXT NOT NULL,
    canonical TEXT NOT NULL
);
CREATE TABLE holiday_year (
    county TEXT NOT NULL,
    year BIGINT NOT NULL,
    notice TEXT NOT NULL,
    body TEXT NOT NULL,
    loaded_us BIGINT NOT NULL
);
CREATE TABLE identity (
    county TEXT NOT NULL,
    matter TEXT NOT NULL,
    sealed TEXT NOT NULL,
    phone_key TEXT
);
CREATE TABLE identity_read (
    county TEXT NOT NULL,
    at_us BIGINT NOT NULL,
    command TEXT NOT NULL,
    number TEXT NOT NULL,
    role TEXT NOT NULL,
    person TEXT,
    unit TEXT,
    reason TEXT NOT NULL
);
CREATE TABLE leaf (
    county TEXT NOT NULL,
    log BIGINT NOT NULL,
    idx BIGINT NOT NULL,
    stream TEXT NOT NULL,
    seq BIGINT NOT NULL
);
CREATE TABLE log (
    county TEXT NOT NULL,
    log BIGINT NOT NULL,
    size BIGINT NOT NULL
);
CREATE TABLE log_hash (
    county TEXT NOT NULL,
    log BIGINT NOT NULL,
    position BIGINT NOT NULL,
    hash TEXT NOT NULL
);
CREATE TABLE matter_about (
    county TEXT NOT NULL,
    matter TEXT NOT NULL,
    unit TEXT NOT NULL,
    regime TEXT NOT NULL,
    stage TEXT NOT NULL,
    from_on TEXT NOT NULL,
    due_on TEXT NOT NULL
);
CREATE TABLE matter_gram (
    county TEXT NOT NULL,
    matter TEXT NOT NULL,
    number BIGINT NOT NULL,
    grams TEXT NOT NULL
);
CREATE TABLE matter_link (
    county TEXT NOT NULL,
    matter TEXT NOT NULL,
    link TEXT NOT NULL,
    other TEXT NOT NULL
);
CREATE TABLE matter_unit (
    county TEXT NOT NULL,
    matter TEXT NOT NULL,
    unit TEXT NOT NULL,
    part TEXT NOT NULL,
    is_open BIGINT NOT NULL,
    stage TEXT NOT NULL,
    due_us BIGINT NOT NULL
);
CREATE TABLE matter_view (
    county TEXT NOT NULL,
    matter TEXT NOT NULL,
    number TEXT NOT NULL,
    regime TEXT NOT NULL,
    playbook TEXT NOT NULL,
    stage TEXT NOT NULL,
    is_open BIGINT NOT NULL,
    source TEXT NOT NULL,
    class TEXT,
    item TEXT,
    urgency TEXT NOT NULL,
    town TEXT,
    grid TEXT,
    place TEXT,
    lead_unit TEXT,
    object_unit TEXT,
    verify_grid TEXT,
    needs_triage BIGINT NOT NULL,
    suspended BIGINT NOT NULL,
    waiting TEXT,
    level BIGINT NOT NULL,
    filed_us BIGINT NOT NULL,
    signed_us BIGINT,
    submitted_us BIGINT,
    closed_us BIGINT,
    closed_late BIGINT NOT NULL,
    due_node TEXT,
    due_us BIGINT,
    soon_us BIGINT,
    handle_due_us BIGINT,
    handle_original_us BIGINT,
    estimated BIGINT NOT NULL,
    rating TEXT,
    reopened BIGINT NOT NULL,
    returns BIGINT NOT NULL,
    extensions BIGINT NOT NULL,
    merged_into TEXT,
    duplicates BIGINT NOT NULL,
    words TEXT,
    address TEXT,
    position TEXT,
    answer TEXT,
    identity BIGINT NOT NULL,
    confidential BIGINT NOT NULL,
    reporter TEXT,
    origin TEXT,
    origin_id TEXT,
    class_given TEXT,
    unit_given TEXT,
    entries BIGINT NOT NULL,
    last_us BIGINT NOT NULL,
    parent TEXT,
    parts BIGINT NOT NULL,
    document TEXT,
    grade TEXT,
    criticised BIGINT NOT NULL,
    slip TEXT,
    goal TEXT,
    basis TEXT,
    official TEXT,
    person TEXT,
    progress TEXT
);
CREATE TABLE message (
    county TEXT NOT NULL,
    id TEXT NOT NULL,
    dedupe TEXT NOT NULL,
    person TEXT,
    channel TEXT NOT NULL,
    matter TEXT,
    kind TEXT NOT NULL,
    facts TEXT NOT NULL,
    made_us BIGINT NOT NULL,
    after_us BIGINT NOT NULL,
    sent_us BIGINT,
    read_us BIGINT,
    tries BIGINT NOT NULL,
    fault TEXT
);
CREATE TABLE node_view (
    county TEXT NOT NULL,
    matter TEXT NOT NULL,
    node TEXT NOT NULL,
    rule TEXT NOT NULL,
    started_us BIGINT NOT NULL,
    original_us BIGINT NOT NULL,
    due_us BIGINT NOT NULL,
    soon_us BIGINT NOT NULL,
    estimated BIGINT NOT NULL,
    status TEXT NOT NULL,
    ended_us BIGINT,
    slip BIGINT NOT NULL
);
CREATE TABLE number_counter (
    county TEXT NOT NULL,
    series TEXT NOT NULL,
    last BIGINT NOT NULL
);
CREATE TABLE person (
    county TEXT NOT NULL,
    id TEXT NOT NULL,
    login TEXT NOT NULL,
    name TEXT NOT NULL,
    phone TEXT,
    password TEXT,
    must_change BIGINT NOT NULL,
    added_us BIGINT NOT NULL,
    left_us BIGINT
);
CREATE TABLE place (
    county TEXT NOT NULL,
    id TEXT NOT NULL,
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL,
    grid TEXT NOT NULL,
    lat_e6 BIGINT,
    lon_e6 BIGINT,
    generation BIGINT NOT NULL,
    retired_us BIGINT
);
CREATE TABLE playbook_version (
    county TEXT NOT NULL,
    version TEXT NOT NULL,
    hash TEXT NOT NULL,
    files TEXT NOT NULL,
    from_us BIGINT NOT NULL,
    applied_us BIGINT NOT NULL,
    reverted_us BIGINT
);
CREATE TABLE post (
    county TEXT NOT NULL,
    id TEXT NOT NULL,
    person TEXT NOT NULL,
    role TEXT NOT NULL,
    unit TEXT NOT NULL,
    grid TEXT,
    granted_us BIGINT NOT NULL,
    revoked_us BIGINT
);
CREATE TABLE report_code (
    county TEXT NOT NULL,
    code TEXT NOT NULL,
    matter TEXT NOT NULL
);
CREATE TABLE saved_ledger (
    county TEXT NOT NULL,
    id TEXT NOT NULL,
    person TEXT NOT NULL,
    name TEXT NOT NULL,
    query TEXT NOT NULL
);
CREATE TABLE session (
    county TEXT NOT NULL,
    token TEXT NOT NULL,
    person TEXT NOT NULL,
    post TEXT NOT NULL,
    agent TEXT NOT NULL,
    made_us BIGINT NOT NULL,
    seen_us BIGINT NOT NULL,
    ends_us BIGINT NOT NULL
);
CREATE TABLE setting (
    county TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL
);
CREATE TABLE throttle (
    county TEXT NOT NULL,
    key TEXT NOT NULL,
    count BIGINT NOT NULL,
    from_us BIGINT NOT NULL
);
CREATE TABLE unindexed (
    county TEXT NOT NULL,
    matter TEXT NOT NULL
);
CREATE TABLE unit (
    county TEXT NOT NULL,
    code TEXT NOT NULL,
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL,
    above TEXT,
    grid TEXT,
    merged_into TEXT,
    retired_us BIGINT
);
CREATE TABLE unsealed (
    county TEXT NOT NULL,
    at_us BIGINT NOT NULL,
    stream TEXT NOT NULL,
    seq BIGINT NOT NULL
);
CREATE INDEX attachment_commitment_idx ON public.attachment USING btree (county, commitment);
CREATE INDEX attachment_loose_idx ON public.attachment USING btree (county, given_us) WHERE (matter IS NULL);
CREATE INDEX attachment_matter_idx ON public.attachment USING btree (county, matter);
CREATE UNIQUE INDEX attachment_pkey ON public.attachment USING btree (county, id);
CREATE UNIQUE INDEX burden_pkey ON public.burden USING btree (county, matter, nth);
CREATE INDEX burden_year_idx ON public.burden USING btree (county, year, what, unit, matter, passed);
CREATE UNIQUE INDEX checkpoint_pkey ON public.checkpoint USING btree (county, log, size);
CREATE INDEX command_at_idx ON public.command USING btree (county, at_us);
CREATE UNIQUE INDEX command_pkey ON public.command USING btree (county, id);
CREATE UNIQUE INDEX content_pkey ON public.content USING btree (county, stream, commitment);
CREATE UNIQUE INDEX entry_pkey ON public.entry USING btree (county, stream, seq);
CREATE INDEX gram_index ON public.matter_gram USING gin (string_to_array(grams, ' '::text));
CREATE UNIQUE INDEX holiday_year_pkey ON public.holiday_year USING btree (county, year);
CREATE INDEX identity_phone_idx ON public.identity USING btree (county, phone_key);
CREATE UNIQUE INDEX identity_pkey ON public.identity USING btree (county, matter);
CREATE UNIQUE INDEX identity_read_pkey ON public.identity_read USING btree (county, at_us, command);
CREATE UNIQUE INDEX leaf_entry_uq ON public.leaf USING btree (county, stream, seq);
CREATE UNIQUE INDEX leaf_pkey ON public.leaf USING btree (county, log, idx);
CREATE UNIQUE INDEX log_hash_pkey ON public.log_hash USING btree (county, log, "position");
CREATE UNIQUE INDEX log_pkey ON public.log USING btree (county, log);
CREATE INDEX matter_about_day_idx ON public.matter_about USING btree (county, regime, due_on, matter);
CREATE UNIQUE INDEX matter_about_pkey ON public.matter_about USING btree (county, matter, unit);
CREATE INDEX matter_about_unit_idx ON public.matter_about USING btree (county, regime, unit, due_on, matter);
CREATE UNIQUE INDEX matter_gram_number_uq ON public.matter_gram USING btree (county, number);
CREATE UNIQUE INDEX matter_gram_pkey ON public.matter_gram USING btree (county, matter);
CREATE UNIQUE INDEX matter_link_pkey ON public.matter_link USING btree (county, matter, link, other);
CREATE UNIQUE INDEX matter_unit_pkey ON public.matter_unit USING btree (county, matter, unit);
CREATE INDEX matter_unit_work_idx ON public.matter_unit USING btree (county, unit, is_open, due_us, matter);
CREATE INDEX matter_view_class_idx ON public.matter_view USING btree (county, class, filed_us, matter, object_unit);
CREATE INDEX matter_view_closed_idx ON public.matter_view USING btree (county, lead_unit, closed_us, matter);
CREATE INDEX matter_view_closed_sum_idx ON public.matter_view USING btree (county, closed_us, regime, stage, lead_unit, town, class, closed_late, rating, reopened, object_unit, matter) WHERE (closed_us IS NOT NULL);
CREATE UNIQUE INDEX matter_view_document_uq ON public.matter_view USING btree (county, document) WHERE (document IS NOT NULL);
CREATE INDEX matter_view_done_idx ON public.matter_view USING btree (county, regime, COALESCE(closed_us, (0)::bigint), matter) WHERE (is_open = 0);
CREATE INDEX matter_view_due_idx ON public.matter_view USING btree (county, COALESCE(due_us, '9223372036854775807'::bigint), matter);
CREATE INDEX matter_view_filed_idx ON public.matter_view USING btree (county, filed_us, matter, regime, stage, town, object_unit);
CREATE INDEX matter_view_grid_idx ON public.matter_view USING btree (county, grid, filed_us, matter);
CREATE INDEX matter_view_item_idx ON public.matter_view USING btree (county, item, filed_us, matter, class, lead_unit, returns);
CREATE INDEX matter_view_look_back_idx ON public.matter_view USING btree (county, COALESCE(due_us, '9223372036854775807'::bigint), matter) WHERE (due_node = 'look-back'::text);
CREATE INDEX matter_view_look_back_sum_idx ON public.matter_view USING btree (county, due_us, soon_us, object_unit, matter) WHERE ((due_node = 'look-back'::text) AND (is_open = 0));
CREATE INDEX matter_view_merged_idx ON public.matter_view USING btree (county, merged_into) WHERE (merged_into IS NOT NULL);
CREATE UNIQUE INDEX matter_view_number_uq ON public.matter_view USING btree (county, number);
CREATE INDEX matter_view_open_grid_idx ON public.matter_view USING btree (county, grid, filed_us, matter, item) WHERE (is_open = 1);
CREATE INDEX matter_view_open_idx ON public.matter_view USING btree (county, COALESCE(due_us, '9223372036854775807'::bigint), matter) WHERE (is_open = 1);
CREATE INDEX matter_view_open_place_idx ON public.matter_view USING btree (county, place, filed_us, matter) WHERE (is_open = 1);
CREATE INDEX matter_view_open_sum_idx ON public.matter_view USING btree (county, town, class, stage, due_us, soon_us, lead_unit, regime, filed_us, parts, object_unit, matter) WHERE (is_open = 1);
CREATE UNIQUE INDEX matter_view_origin_uq ON public.matter_view USING btree (county, origin, origin_id) WHERE (origin IS NOT NULL);
CREATE INDEX matter_view_over_idx ON public.matter_view USING btree (county, COALESCE(closed_us, (0)::bigint), matter);
CREATE INDEX matter_view_parent_idx ON public.matter_view USING btree (county, parent, is_open, matter) WHERE (parent IS NOT NULL);
CREATE UNIQUE INDEX matter_view_pkey ON public.matter_view USING btree (county, matter);
CREATE INDEX matter_view_place_idx ON public.matter_view USING btree (county, place, filed_us, matter);
CREATE INDEX matter_view_rating_idx ON public.matter_view USING btree (county, rating, filed_us, matter, object_unit) WHERE (rating IS NOT NULL);
CREATE INDEX matter_view_regime_filed_idx ON public.matter_view USING btree (county, regime, filed_us, matter, parts, stage, parent, object_unit, is_open, reopened, criticised, document);
CREATE INDEX matter_view_regime_idx ON public.matter_view USING btree (county, regime, is_open, due_us, matter);
CREATE INDEX matter_view_reporter_idx ON public.matter_view USING btree (county, reporter, filed_us) WHERE (reporter IS NOT NULL);
CREATE INDEX matter_view_stage_idx ON public.matter_view USING btree (county, stage, COALESCE(due_us, '9223372036854775807'::bigint), matter) WHERE (is_open = 1);
CREATE INDEX matter_view_stuck_idx ON public.matter_view USING btree (county, COALESCE(due_us, '9223372036854775807'::bigint), matter) WHERE ((is_open = 1) AND ((suspended = 1) OR (waiting IS NOT NULL) OR (stage = 'returned'::text)));
CREATE INDEX matter_view_town_idx ON public.matter_view USING btree (county, town, filed_us, matter, object_unit);
CREATE INDEX matter_view_triage_idx ON public.matter_view USING btree (county, COALESCE(due_us, '9223372036854775807'::bigint), matter) WHERE (needs_triage = 1);
CREATE INDEX matter_view_unit_idx ON public.matter_view USING btree (county, lead_unit, filed_us, matter, object_unit);
CREATE INDEX matter_view_verify_idx ON public.matter_view USING btree (county, verify_grid) WHERE (verify_grid IS NOT NULL);
CREATE INDEX matter_view_waiting_idx ON public.matter_view USING btree (county, regime, waiting) WHERE (waiting IS NOT NULL);
CREATE UNIQUE INDEX message_dedupe_uq ON public.message USING btree (county, dedupe);
CREATE INDEX message_due_idx ON public.message USING btree (county, channel, after_us) WHERE (sent_us IS NULL);
CREATE INDEX message_person_idx ON public.message USING btree (county, person, made_us);
CREATE UNIQUE INDEX message_pkey ON public.message USING btree (county, id);
CREATE INDEX node_view_due_idx ON public.node_view USING btree (county, status, node, due_us, matter);
CREATE INDEX node_view_open_idx ON public.node_view USING btree (county, due_us, matter) WHERE (status = 'open'::text);
CREATE UNIQUE INDEX node_view_pkey ON public.node_view USING btree (county, matter, node);
CREATE UNIQUE INDEX number_counter_pkey ON public.number_counter USING btree (county, series);
CREATE UNIQUE INDEX person_login_uq ON public.person USING btree (county, login);
CREATE UNIQUE INDEX person_pkey ON public.person USING btree (county, id);
CREATE INDEX place_grid_idx ON public.place USING btree (county, grid);
CREATE UNIQUE INDEX place_pkey ON public.place USING btree (county, id);
CREATE UNIQUE INDEX playbook_version_pkey ON public.playbook_version USING btree (county, version);
CREATE INDEX post_grid_idx ON public.post USING btree (county, grid);
CREATE INDEX post_person_idx ON public.post USING btree (county, person);
CREATE UNIQUE INDEX post_pkey ON public.post USING btree (county, id);
CREATE INDEX post_unit_idx ON public.post USING btree (county, unit, role);
CREATE UNIQUE INDEX report_code_pkey ON public.report_code USING btree (county, code);
CREATE INDEX saved_ledger_person_idx ON public.saved_ledger USING btree (county, person, name);
CREATE UNIQUE INDEX saved_ledger_pkey ON public.saved_ledger USING btree (county, id);
CREATE INDEX session_ends_idx ON public.session USING btree (county, ends_us);
CREATE INDEX session_person_idx ON public.session USING btree (county, person);
CREATE UNIQUE INDEX session_pkey ON public.session USING btree (county, token);
CREATE UNIQUE INDEX setting_pkey ON public.setting USING btree (county, name);
CREATE INDEX throttle_from_idx ON public.throttle USING btree (county, from_us);
CREATE UNIQUE INDEX throttle_pkey ON public.throttle USING btree (county, key);
CREATE UNIQUE INDEX unindexed_pkey ON public.unindexed USING btree (county, matter);
CREATE UNIQUE INDEX unit_pkey ON public.unit USING btree (county, code);
CREATE UNIQUE INDEX unsealed_pkey ON public.unsealed USING btree (county, at_us, stream, seq);
