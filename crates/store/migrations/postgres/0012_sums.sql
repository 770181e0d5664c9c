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
