-- The words of a matter stand in one row; finding matters by them is the work of
-- an inverted index, here GIN over the pairs in `grams`.

DROP INDEX gram_matter_idx;
DROP TABLE gram;

-- `number` rises with the time of filing and holds the county in its upper part.
CREATE TABLE matter_gram (
    county TEXT NOT NULL,
    matter TEXT NOT NULL,
    number BIGINT NOT NULL,
    grams  TEXT NOT NULL,
    PRIMARY KEY (county, matter)
);

CREATE UNIQUE INDEX matter_gram_number_uq ON matter_gram (county, number);

CREATE INDEX gram_index ON matter_gram USING gin (string_to_array(grams, ' '));

INSERT INTO unindexed (county, matter) SELECT county, matter FROM matter_view WHERE true ON CONFLICT DO NOTHING;
