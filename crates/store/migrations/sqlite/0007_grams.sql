-- The words of a matter stand in one row; finding matters by them is the work of
-- an inverted index, here FTS5 over `grams` with the row's number as its rowid.
-- It keeps no text and no positions, and what is taken out is overwritten.

DROP INDEX gram_matter_idx;
DROP TABLE gram;

-- `number` rises with the time of filing and holds the county in its upper part.
CREATE TABLE matter_gram (
    county TEXT NOT NULL,
    matter TEXT NOT NULL,
    number INTEGER NOT NULL,
    grams  TEXT NOT NULL,
    PRIMARY KEY (county, matter)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX matter_gram_number_uq ON matter_gram (county, number);

CREATE VIRTUAL TABLE gram_index USING fts5(grams, content='', columnsize=0, detail=none, tokenize='ascii');
INSERT INTO gram_index (gram_index, rank) VALUES ('secure-delete', 1);

INSERT INTO unindexed (county, matter) SELECT county, matter FROM matter_view WHERE true ON CONFLICT DO NOTHING;
