-- What matters lay on units: one row for each document, meeting, inspection or
-- demand and the unit that has it, counted by year.

CREATE TABLE burden (
    county TEXT NOT NULL,
    matter TEXT NOT NULL,
    nth    BIGINT NOT NULL,
    unit   TEXT NOT NULL,
    what   TEXT NOT NULL,
    year   BIGINT NOT NULL,
    passed BIGINT NOT NULL,
    PRIMARY KEY (county, matter, nth)
);

CREATE INDEX burden_year_idx ON burden (county, year, what, unit, matter, passed);
