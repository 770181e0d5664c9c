-- What was closed and must be looked back at (回头看), soonest due first.

CREATE INDEX matter_view_look_back_idx ON matter_view (county, COALESCE(due_us, 9223372036854775807), matter) WHERE due_node = 'look-back';
