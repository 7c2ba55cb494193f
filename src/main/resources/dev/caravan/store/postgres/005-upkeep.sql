-- What upkeep has taken away. Outcomes of a mapping up to this number are not whole any more: no snapshot can be made of them.
CREATE TABLE journal_floor (
    mapping TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    seq     BIGINT NOT NULL
);

-- Runs that upkeep has been through: rows of it are gone, or all its values.
CREATE TABLE swept_run (
    run    BIGINT NOT NULL PRIMARY KEY REFERENCES run (id),
    pruned BIGINT,
    erased BIGINT
);

-- When upkeep was last done to its end.
CREATE TABLE upkeep_done (
    one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    at  BIGINT NOT NULL
);

-- What the hashes of forgotten keys are keyed with.
CREATE TABLE secret (
    name  TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    value TEXT COLLATE "C" NOT NULL
);

-- When the values of a row were erased.
ALTER TABLE plan_row ADD COLUMN erased BIGINT;

-- Has a row inside of upkeep's own transactions alone: there, and nowhere else, intents and outcomes may go.
CREATE TABLE upkeep_gate (
    open INTEGER NOT NULL
);

CREATE FUNCTION append_only_but_for_upkeep() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NOT EXISTS (SELECT 1 FROM upkeep_gate) THEN
            RAISE EXCEPTION 'intents and outcomes are append-only' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NULL;
    END $$;
DROP TRIGGER batch_stays ON batch;
DROP TRIGGER batch_row_stays ON batch_row;
DROP TRIGGER outcome_stays ON outcome;
CREATE TRIGGER batch_stays BEFORE UPDATE OR TRUNCATE ON batch FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER batch_remains BEFORE DELETE ON batch FOR EACH STATEMENT EXECUTE FUNCTION append_only_but_for_upkeep();
CREATE TRIGGER batch_row_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON batch_row
    FOR EACH STATEMENT EXECUTE FUNCTION append_only_but_for_upkeep();
CREATE TRIGGER outcome_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON outcome
    FOR EACH STATEMENT EXECUTE FUNCTION append_only_but_for_upkeep();
