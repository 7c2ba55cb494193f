-- What upkeep has taken away. Outcomes of a mapping up to this number are not whole any more: no snapshot can be made of them.
CREATE TABLE journal_floor (
    mapping TEXT NOT NULL PRIMARY KEY,
    seq     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Runs that upkeep has been through: rows of it are gone, or all its values.
CREATE TABLE swept_run (
    run    INTEGER NOT NULL PRIMARY KEY REFERENCES run (id),
    pruned INTEGER,
    erased INTEGER
) STRICT;

-- When upkeep was last done to its end.
CREATE TABLE upkeep_done (
    one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    at  INTEGER NOT NULL
) STRICT;

-- What the hashes of forgotten keys are keyed with.
CREATE TABLE secret (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- When the values of a row were erased.
ALTER TABLE plan_row ADD COLUMN erased INTEGER;

-- Has a row inside of upkeep's own transactions alone: there, and nowhere else, intents and outcomes may go.
CREATE TABLE upkeep_gate (
    open INTEGER NOT NULL
) STRICT;

DROP TRIGGER batch_remains;
DROP TRIGGER batch_row_stays;
DROP TRIGGER batch_row_remains;
DROP TRIGGER outcome_stays;
DROP TRIGGER outcome_remains;
CREATE TRIGGER batch_remains BEFORE DELETE ON batch WHEN NOT EXISTS (SELECT 1 FROM upkeep_gate)
BEGIN SELECT RAISE(ABORT, 'intents are append-only'); END;
CREATE TRIGGER batch_row_stays BEFORE UPDATE ON batch_row WHEN NOT EXISTS (SELECT 1 FROM upkeep_gate)
BEGIN SELECT RAISE(ABORT, 'intents are append-only'); END;
CREATE TRIGGER batch_row_remains BEFORE DELETE ON batch_row WHEN NOT EXISTS (SELECT 1 FROM upkeep_gate)
BEGIN SELECT RAISE(ABORT, 'intents are append-only'); END;
CREATE TRIGGER outcome_stays BEFORE UPDATE ON outcome WHEN NOT EXISTS (SELECT 1 FROM upkeep_gate)
BEGIN SELECT RAISE(ABORT, 'outcomes are append-only'); END;
CREATE TRIGGER outcome_remains BEFORE DELETE ON outcome WHEN NOT EXISTS (SELECT 1 FROM upkeep_gate)
BEGIN SELECT RAISE(ABORT, 'outcomes are append-only'); END;
