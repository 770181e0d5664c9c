-- Contents are read with their stream, never without it: beside one another they
-- need no second index, and a new one goes to the end instead of anywhere.

ALTER TABLE content DROP CONSTRAINT content_pkey;
ALTER TABLE content ADD PRIMARY KEY (county, stream, commitment);
DROP INDEX content_stream_idx;
