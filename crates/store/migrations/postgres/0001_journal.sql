-- The record: entries, the content they commit to, and the log that seals them.

CREATE TABLE entry (
    county    TEXT NOT NULL,
    stream    TEXT NOT NULL,
    seq       BIGINT NOT NULL,
    at_us     BIGINT NOT NULL,
    hash      TEXT NOT NULL,
    command   TEXT NOT NULL,
    canonical TEXT NOT NULL,
    PRIMARY KEY (county, stream, seq)
);

CREATE TABLE unsealed (
    county TEXT NOT NULL,
    at_us  BIGINT NOT NULL,
    stream TEXT NOT NULL,
    seq    BIGINT NOT NULL,
    PRIMARY KEY (county, at_us, stream, seq)
);

CREATE TABLE log (
    county TEXT NOT NULL,
    log    BIGINT NOT NULL,
    size   BIGINT NOT NULL,
    PRIMARY KEY (county, log)
);

CREATE TABLE leaf (
    county TEXT NOT NULL,
    log    BIGINT NOT NULL,
    idx    BIGINT NOT NULL,
    stream TEXT NOT NULL,
    seq    BIGINT NOT NULL,
    PRIMARY KEY (county, log, idx)
);

CREATE UNIQUE INDEX leaf_entry_uq ON leaf (county, stream, seq);

CREATE TABLE log_hash (
    county   TEXT NOT NULL,
    log      BIGINT NOT NULL,
    position BIGINT NOT NULL,
    hash     TEXT NOT NULL,
    PRIMARY KEY (county, log, position)
);

CREATE TABLE checkpoint (
    county TEXT NOT NULL,
    log    BIGINT NOT NULL,
    size   BIGINT NOT NULL,
    at_us  BIGINT NOT NULL,
    note   TEXT NOT NULL,
    PRIMARY KEY (county, log, size)
);

CREATE TABLE content (
    county     TEXT NOT NULL,
    commitment TEXT NOT NULL,
    stream     TEXT NOT NULL,
    tag        TEXT NOT NULL,
    salt       TEXT NOT NULL,
    body       TEXT NOT NULL,
    PRIMARY KEY (county, commitment)
);

CREATE INDEX content_stream_idx ON content (county, stream);

-- Who reported, encrypted; never joined by a projection or an export.
CREATE TABLE identity (
    county     TEXT NOT NULL,
    matter     TEXT NOT NULL,
    sealed     TEXT NOT NULL,
    phone_key  TEXT,
    PRIMARY KEY (county, matter)
);

CREATE INDEX identity_phone_idx ON identity (county, phone_key);

-- The first answer to a command, so that sending it again gets it again.
CREATE TABLE command (
    county TEXT NOT NULL,
    id     TEXT NOT NULL,
    sender TEXT NOT NULL,
    digest TEXT NOT NULL,
    result TEXT NOT NULL,
    at_us  BIGINT NOT NULL,
    PRIMARY KEY (county, id)
);

CREATE INDEX command_at_idx ON command (county, at_us);

CREATE TABLE number_counter (
    county TEXT NOT NULL,
    series TEXT NOT NULL,
    last   BIGINT NOT NULL,
    PRIMARY KEY (county, series)
);
