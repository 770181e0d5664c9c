-- Indexes that hold all a screen counts, so that counting reads no matter, and
-- those by which the few of a kind are found among all there are.

DROP INDEX matter_view_filed_idx;
CREATE INDEX matter_view_filed_idx ON matter_view (county, filed_us, matter, regime, stage, town, object_unit);

DROP INDEX matter_view_town_idx;
CREATE INDEX matter_view_town_idx ON matter_view (county, town, filed_us, matter, object_unit);

DROP INDEX matter_view_class_idx;
CREATE INDEX matter_view_class_idx ON matter_view (county, class, filed_us, matter, object_unit);

DROP INDEX matter_view_unit_idx;
CREATE INDEX matter_view_unit_idx ON matter_view (county, lead_unit, filed_us, matter, object_unit);

DROP INDEX matter_view_stage_idx;
CREATE INDEX matter_view_stage_idx ON matter_view (county, stage, COALESCE(due_us, 9223372036854775807), matter) WHERE is_open = 1;

DROP INDEX matter_view_regime_filed_idx;
CREATE INDEX matter_view_regime_filed_idx ON matter_view (county, regime, filed_us, matter, parts, stage, parent, object_unit, is_open, reopened, criticised, document);

CREATE INDEX matter_view_item_idx ON matter_view (county, item, filed_us, matter, class, lead_unit, returns);

CREATE INDEX matter_view_rating_idx ON matter_view (county, rating, filed_us, matter, object_unit) WHERE rating IS NOT NULL;

CREATE INDEX matter_view_done_idx ON matter_view (county, regime, COALESCE(closed_us, 0), matter) WHERE is_open = 0;

CREATE INDEX matter_view_closed_sum_idx ON matter_view (county, closed_us, regime, stage, lead_unit, town, class, closed_late, rating, reopened, object_unit, matter) WHERE closed_us IS NOT NULL;

CREATE INDEX matter_view_open_sum_idx ON matter_view (county, town, class, stage, due_us, soon_us, lead_unit, regime, filed_us, parts, object_unit, matter) WHERE is_open = 1;

CREATE INDEX matter_view_open_place_idx ON matter_view (county, place, filed_us, matter) WHERE is_open = 1;

CREATE INDEX matter_view_open_grid_idx ON matter_view (county, grid, filed_us, matter, item) WHERE is_open = 1;

CREATE INDEX matter_view_stuck_idx ON matter_view (county, COALESCE(due_us, 9223372036854775807), matter) WHERE is_open = 1 AND (suspended = 1 OR waiting IS NOT NULL OR stage = 'returned');

CREATE INDEX matter_view_look_back_sum_idx ON matter_view (county, due_us, soon_us, object_unit, matter) WHERE due_node = 'look-back' AND is_open = 0;

-- What SQLite is told of how rows are spread: a county of a million matters. Left
-- without, it takes one county's rows to be ten and one in ten of them to be open,
-- and reads all there are; counting them by ANALYZE would make a plan depend on
-- when somebody last counted. Rows of an index, then rows that share its first
-- column, its first two and so on; of a flag what is usually asked for, the open.
ANALYZE setting;
DELETE FROM sqlite_stat1;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('attachment', 'attachment', '1000000 1000000 1'),
    ('attachment', 'attachment_commitment_idx', '1000000 1000000 1'),
    ('attachment', 'attachment_loose_idx', '200 200 1'),
    ('attachment', 'attachment_matter_idx', '1000000 1000000 2'),
    ('burden', 'burden', '20000 20000 2 1'),
    ('burden', 'burden_year_idx', '20000 20000 5000 1200 30 1 1'),
    ('checkpoint', 'checkpoint', '20000 20000 20000 1'),
    ('command', 'command', '12000000 12000000 1'),
    ('command', 'command_at_idx', '12000000 12000000 1'),
    ('content', 'content', '8000000 8000000 8 1'),
    ('entry', 'entry', '15000000 15000000 15 1'),
    ('holiday_year', 'holiday_year', '10 10 1'),
    ('identity', 'identity', '500000 500000 1'),
    ('identity', 'identity_phone_idx', '500000 500000 3'),
    ('identity_read', 'identity_read', '2000 2000 1 1'),
    ('leaf', 'leaf', '15000000 15000000 15000000 1'),
    ('leaf', 'leaf_entry_uq', '15000000 15000000 15 1'),
    ('log', 'log', '12 12 1'),
    ('log_hash', 'log_hash', '30000000 30000000 30000000 1'),
    ('matter_about', 'matter_about', '20000 20000 2 1'),
    ('matter_about', 'matter_about_day_idx', '20000 20000 10000 10 1'),
    ('matter_about', 'matter_about_unit_idx', '20000 20000 10000 100 2 1'),
    ('matter_gram', 'matter_gram', '1000000 1000000 1'),
    ('matter_gram', 'matter_gram_number_uq', '1000000 1000000 1'),
    ('matter_link', 'matter_link', '60000 60000 3 2 1'),
    ('matter_unit', 'matter_unit', '1000000 1000000 1 1'),
    ('matter_unit', 'matter_unit_work_idx', '1000000 1000000 20000 400 2 1'),
    ('matter_view', 'matter_view', '1000000 1000000 1'),
    ('matter_view', 'matter_view_class_idx', '1000000 1000000 80000 1 1 1'),
    ('matter_view', 'matter_view_closed_idx', '1000000 1000000 20000 2 1'),
    ('matter_view', 'matter_view_closed_sum_idx', '900000 900000 2 1 1 1 1 1 1 1 1 1 1'),
    ('matter_view', 'matter_view_document_uq', '5000 5000 1'),
    ('matter_view', 'matter_view_done_idx', '990000 990000 50000 2 1'),
    ('matter_view', 'matter_view_due_idx', '1000000 1000000 100 1'),
    ('matter_view', 'matter_view_filed_idx', '1000000 1000000 2 1 1 1 1 1'),
    ('matter_view', 'matter_view_grid_idx', '1000000 1000000 500 1 1'),
    ('matter_view', 'matter_view_item_idx', '1000000 1000000 10000 1 1 1 1 1'),
    ('matter_view', 'matter_view_look_back_idx', '30000 30000 30 1'),
    ('matter_view', 'matter_view_look_back_sum_idx', '30000 30000 30 30 20 1'),
    ('matter_view', 'matter_view_merged_idx', '40000 40000 2'),
    ('matter_view', 'matter_view_number_uq', '1000000 1000000 1'),
    ('matter_view', 'matter_view_open_grid_idx', '10000 10000 5 1 1 1'),
    ('matter_view', 'matter_view_open_idx', '10000 10000 3 1'),
    ('matter_view', 'matter_view_open_place_idx', '10000 10000 10 1 1'),
    ('matter_view', 'matter_view_open_sum_idx', '10000 10000 600 70 20 2 2 1 1 1 1 1 1'),
    ('matter_view', 'matter_view_origin_uq', '100000 100000 100000 1'),
    ('matter_view', 'matter_view_over_idx', '1000000 1000000 2 1'),
    ('matter_view', 'matter_view_parent_idx', '20000 20000 8 6 1'),
    ('matter_view', 'matter_view_place_idx', '1000000 1000000 200 2 1'),
    ('matter_view', 'matter_view_rating_idx', '400000 400000 130000 2 1 1'),
    ('matter_view', 'matter_view_regime_filed_idx', '1000000 1000000 50000 2 1 1 1 1 1 1 1 1 1'),
    ('matter_view', 'matter_view_regime_idx', '1000000 1000000 50000 25000 2 1'),
    ('matter_view', 'matter_view_reporter_idx', '400000 400000 100 1'),
    ('matter_view', 'matter_view_stage_idx', '10000 10000 1000 2 1'),
    ('matter_view', 'matter_view_stuck_idx', '500 500 2 1'),
    ('matter_view', 'matter_view_town_idx', '1000000 1000000 60000 1 1 1'),
    ('matter_view', 'matter_view_triage_idx', '500 500 2 1'),
    ('matter_view', 'matter_view_unit_idx', '1000000 1000000 20000 1 1 1'),
    ('matter_view', 'matter_view_verify_idx', '50000 50000 20'),
    ('matter_view', 'matter_view_waiting_idx', '500 500 100 25'),
    ('message', 'message', '500000 500000 1'),
    ('message', 'message_dedupe_uq', '500000 500000 1'),
    ('message', 'message_due_idx', '200 200 100 2'),
    ('message', 'message_person_idx', '500000 500000 500 1'),
    ('node_view', 'node_view', '5000000 5000000 5 1'),
    ('node_view', 'node_view_due_idx', '5000000 5000000 1250000 100000 2 1'),
    ('node_view', 'node_view_open_idx', '30000 30000 3 1'),
    ('number_counter', 'number_counter', '5000 5000 1'),
    ('person', 'person', '7000 7000 1'),
    ('person', 'person_login_uq', '7000 7000 1'),
    ('place', 'place', '2000 2000 1'),
    ('place', 'place_grid_idx', '2000 2000 3'),
    ('playbook_version', 'playbook_version', '20 20 1'),
    ('post', 'post', '7000 7000 1'),
    ('post', 'post_grid_idx', '7000 7000 3'),
    ('post', 'post_person_idx', '7000 7000 1'),
    ('post', 'post_unit_idx', '7000 7000 40 10'),
    ('report_code', 'report_code', '1000000 1000000 1'),
    ('saved_ledger', 'saved_ledger', '500 500 1'),
    ('saved_ledger', 'saved_ledger_person_idx', '500 500 3 1'),
    ('session', 'session', '2000 2000 1'),
    ('session', 'session_ends_idx', '2000 2000 1'),
    ('session', 'session_person_idx', '2000 2000 2'),
    ('setting', 'setting', '20 20 1'),
    ('throttle', 'throttle', '5000 5000 1'),
    ('throttle', 'throttle_from_idx', '5000 5000 1'),
    ('unindexed', 'unindexed', '200 200 1'),
    ('unit', 'unit', '200 200 1'),
    ('unsealed', 'unsealed', '2000 2000 1 1 1');
ANALYZE sqlite_schema;
