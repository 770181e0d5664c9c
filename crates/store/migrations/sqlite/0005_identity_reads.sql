-- Who looked at a reporter's identity: the journal holds the same entries; this
-- lists them without reading all of it.

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
