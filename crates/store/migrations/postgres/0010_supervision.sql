-- Tasks, findings, inspections and papers: what they are part of, their number,
-- and the units they are about before they are given to anyone.

ALTER TABLE matter_view ADD COLUMN parent TEXT;
ALTER TABLE matter_view ADD COLUMN parts BIGINT NOT NULL DEFAULT 0;
ALTER TABLE matter_view ADD COLUMN document TEXT;
ALTER TABLE matter_view ADD COLUMN grade TEXT;
ALTER TABLE matter_view ADD COLUMN criticised BIGINT NOT NULL DEFAULT 0;
ALTER TABLE matter_view ADD COLUMN slip TEXT;
ALTER TABLE matter_view ADD COLUMN goal TEXT;
ALTER TABLE matter_view ADD COLUMN basis TEXT;
ALTER TABLE matter_view ADD COLUMN official TEXT;
ALTER TABLE matter_view ADD COLUMN person TEXT;
ALTER TABLE matter_view ADD COLUMN progress TEXT;
-- The highest slip issued about the date a node has: 1 blue, 2 orange, 3 red.
ALTER TABLE node_view ADD COLUMN slip BIGINT NOT NULL DEFAULT 0;

CREATE INDEX matter_view_parent_idx ON matter_view (county, parent, is_open, matter) WHERE parent IS NOT NULL;
CREATE INDEX matter_view_regime_idx ON matter_view (county, regime, is_open, due_us, matter);
CREATE INDEX matter_view_regime_filed_idx ON matter_view (county, regime, filed_us, matter, parts, stage);
CREATE INDEX matter_view_waiting_idx ON matter_view (county, regime, waiting) WHERE waiting IS NOT NULL;
CREATE UNIQUE INDEX matter_view_document_uq ON matter_view (county, document) WHERE document IS NOT NULL;

CREATE TABLE matter_link (
    county TEXT NOT NULL,
    matter TEXT NOT NULL,
    link   TEXT NOT NULL,
    other  TEXT NOT NULL,
    PRIMARY KEY (county, matter, link, other)
);

CREATE TABLE matter_about (
    county  TEXT NOT NULL,
    matter  TEXT NOT NULL,
    unit    TEXT NOT NULL,
    regime  TEXT NOT NULL,
    stage   TEXT NOT NULL,
    from_on TEXT NOT NULL,
    due_on  TEXT NOT NULL,
    PRIMARY KEY (county, matter, unit)
);

CREATE INDEX matter_about_unit_idx ON matter_about (county, regime, unit, due_on, matter);
CREATE INDEX matter_about_day_idx ON matter_about (county, regime, due_on, matter);
