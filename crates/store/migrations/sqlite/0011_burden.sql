-- What matters lay on units: one row for each document, meeting, inspection or
-- demand and the unit that has it, counted by year.

CREATE TABLE burden (
    county TEXT NOT NULL,
    matter TEXT NOT NULL,
    nth    INTEGER NOT NULL,
    unit   TEXT NOT NULL,
    what   TEXT NOT NULL,
    year   INTEGER NOT NULL,
    passed INTEGER NOT NULL,
    PRIMARY KEY (county, matter, nth)
) STRICT, WITHOUT ROWID;

CREATE INDEX burden_year_idx ON burden (county, year, what, unit, matter, passed);
