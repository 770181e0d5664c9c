-- Contents are read with their stream, never without it: beside one another they
-- need no second index, and a new one goes to the end instead of anywhere.

CREATE TABLE content_of_stream (
    county     TEXT NOT NULL,
    commitment TEXT NOT NULL,
    stream     TEXT NOT NULL,
    tag        TEXT NOT NULL,
    salt       TEXT NOT NULL,
    body       TEXT NOT NULL,
    PRIMARY KEY (county, stream, commitment)
) STRICT, WITHOUT ROWID;

INSERT INTO content_of_stream SELECT county, commitment, stream, tag, salt, body FROM content ORDER BY county, stream, commitment;
DROP TABLE content;
ALTER TABLE content_of_stream RENAME TO content;
