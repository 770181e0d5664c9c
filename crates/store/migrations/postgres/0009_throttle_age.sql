-- Attempts are forgotten by their age.

CREATE INDEX throttle_from_idx ON throttle (county, from_us);
