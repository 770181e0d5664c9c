-- Lists are ordered by the moment something falls due, without a date last; an
-- index serves an order only when it holds the very expression.

DROP INDEX matter_view_stage_idx;
DROP INDEX matter_view_open_idx;
DROP INDEX matter_view_triage_idx;

CREATE INDEX matter_view_stage_idx ON matter_view (county, stage, COALESCE(due_us, 9223372036854775807), matter);
CREATE INDEX matter_view_due_idx ON matter_view (county, COALESCE(due_us, 9223372036854775807), matter);
CREATE INDEX matter_view_open_idx ON matter_view (county, COALESCE(due_us, 9223372036854775807), matter) WHERE is_open = 1;
CREATE INDEX matter_view_triage_idx ON matter_view (county, COALESCE(due_us, 9223372036854775807), matter) WHERE needs_triage = 1;
CREATE INDEX matter_view_over_idx ON matter_view (county, COALESCE(closed_us, 0), matter);
CREATE INDEX matter_view_verify_idx ON matter_view (county, verify_grid) WHERE verify_grid IS NOT NULL;
