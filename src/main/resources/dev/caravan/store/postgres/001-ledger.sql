-- The ledger, first version. Instants are microseconds since 1970 in UTC; values are the stored text of ValueCodec in JSON; truth is
-- 0 or 1; text is compared byte by byte, whatever the database's own language.
-- Intents (batch, batch_row), outcomes and audit are append-only: triggers at the end refuse anything else.

-- owner: the worker that may renew it, until expires_at by this server's clock; null once its run has ended.
CREATE TABLE lease (
    mapping    TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    epoch      BIGINT NOT NULL,
    owner      TEXT COLLATE "C",
    run        BIGINT,
    expires_at BIGINT
);

CREATE TABLE run (
    id         BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    mapping    TEXT COLLATE "C" NOT NULL,
    epoch      BIGINT NOT NULL,
    started_by TEXT COLLATE "C" NOT NULL,
    state      TEXT COLLATE "C" NOT NULL,
    started    BIGINT NOT NULL,
    finished   BIGINT,
    rows_read  BIGINT NOT NULL DEFAULT 0,
    invalid    BIGINT NOT NULL DEFAULT 0,
    added      BIGINT NOT NULL DEFAULT 0,
    changed    BIGINT NOT NULL DEFAULT 0,
    removed    BIGINT NOT NULL DEFAULT 0,
    planned    BIGINT NOT NULL DEFAULT 0,
    accepted   BIGINT NOT NULL DEFAULT 0,
    rejected   BIGINT NOT NULL DEFAULT 0,
    held       BIGINT NOT NULL DEFAULT 0,
    unknown    BIGINT NOT NULL DEFAULT 0,
    superseded BIGINT NOT NULL DEFAULT 0,
    requests   BIGINT NOT NULL DEFAULT 0,
    plan       TEXT COLLATE "C",
    verdicts   TEXT COLLATE "C" NOT NULL DEFAULT '[]',
    error      TEXT COLLATE "C"
);
CREATE INDEX run_by_mapping ON run (mapping, id);
CREATE INDEX run_going_on ON run (mapping, id) WHERE state = 'RUNNING';

-- A scheduled fire is claimed once.
CREATE TABLE fire (
    mapping TEXT COLLATE "C" NOT NULL,
    due     BIGINT NOT NULL,
    run     BIGINT NOT NULL REFERENCES run (id),
    PRIMARY KEY (mapping, due)
);

-- The books of a run that died: what it never sent is superseded.
CREATE TABLE closed_run (
    run BIGINT NOT NULL PRIMARY KEY REFERENCES run (id),
    at  BIGINT NOT NULL
);

-- Field definitions, one row each however many plans share it.
CREATE TABLE definition (
    id   BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    text TEXT COLLATE "C" NOT NULL
);
CREATE UNIQUE INDEX definition_once ON definition (md5(text));
CREATE INDEX definition_by_text ON definition USING hash (text);

-- A run makes one plan at most. opened: when it first became deliverable; adopted: the run that delivers an approved one.
CREATE TABLE plan (
    run             BIGINT NOT NULL PRIMARY KEY REFERENCES run (id),
    hash            TEXT COLLATE "C" NOT NULL,
    mapping         TEXT COLLATE "C" NOT NULL,
    mapping_version TEXT COLLATE "C" NOT NULL,
    target          TEXT COLLATE "C" NOT NULL,
    generation      BIGINT NOT NULL,
    definition      BIGINT NOT NULL REFERENCES definition (id),
    state           TEXT COLLATE "C" NOT NULL,
    summary         TEXT COLLATE "C" NOT NULL,
    verdicts        TEXT COLLATE "C" NOT NULL,
    created         BIGINT NOT NULL,
    expires         BIGINT NOT NULL,
    opened          BIGINT,
    adopted         BIGINT REFERENCES run (id)
);
CREATE INDEX plan_by_hash ON plan (hash, run);
CREATE UNIQUE INDEX plan_held_once ON plan (mapping) WHERE state = 'HELD';

CREATE TABLE plan_row (
    run      BIGINT NOT NULL REFERENCES run (id),
    ordinal  BIGINT NOT NULL,
    key      TEXT COLLATE "C" NOT NULL,
    kind     TEXT COLLATE "C" NOT NULL,
    row_hash BIGINT,
    body     TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (run, ordinal)
);

-- Rows that are not sent and why: held by a guard from the start (planned = 1), or later by a pause or a quota.
CREATE TABLE hold (
    run     BIGINT NOT NULL,
    ordinal BIGINT NOT NULL,
    reason  TEXT COLLATE "C" NOT NULL,
    planned INTEGER NOT NULL,
    PRIMARY KEY (run, ordinal),
    FOREIGN KEY (run, ordinal) REFERENCES plan_row (run, ordinal)
);

-- A key that was ever sent, in canonical form and as people type it.
CREATE TABLE subject (
    id      BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key     TEXT COLLATE "C" NOT NULL,
    mapping TEXT COLLATE "C" NOT NULL,
    display TEXT COLLATE "C" NOT NULL,
    UNIQUE (key, mapping)
);
CREATE INDEX subject_by_display ON subject (display);

-- Intents.
CREATE TABLE batch (
    id          BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    mapping     TEXT COLLATE "C" NOT NULL,
    run         BIGINT NOT NULL REFERENCES run (id),
    epoch       BIGINT NOT NULL,
    action      TEXT COLLATE "C" NOT NULL,
    job         INTEGER NOT NULL,
    idempotency TEXT COLLATE "C" NOT NULL,
    begun       BIGINT NOT NULL
);

CREATE TABLE batch_row (
    batch   BIGINT NOT NULL REFERENCES batch (id),
    ordinal BIGINT NOT NULL,
    run     BIGINT NOT NULL,
    subject BIGINT NOT NULL REFERENCES subject (id),
    PRIMARY KEY (batch, ordinal),
    FOREIGN KEY (run, ordinal) REFERENCES plan_row (run, ordinal)
);
CREATE INDEX batch_row_by_row ON batch_row (run, ordinal, batch);
CREATE INDEX batch_row_by_subject ON batch_row (subject, batch);

-- Batches without outcomes, so that none has to be searched for.
CREATE TABLE open_batch (
    mapping TEXT COLLATE "C" NOT NULL,
    batch   BIGINT NOT NULL REFERENCES batch (id),
    PRIMARY KEY (mapping, batch)
);

CREATE TABLE remote_job (
    batch BIGINT NOT NULL PRIMARY KEY REFERENCES batch (id),
    id    TEXT COLLATE "C" NOT NULL,
    at    BIGINT NOT NULL
);

-- Outcomes: one a row of a batch. seq is what snapshots count by.
CREATE TABLE outcome (
    seq         BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    batch       BIGINT NOT NULL,
    ordinal     BIGINT NOT NULL,
    kind        TEXT COLLATE "C" NOT NULL,
    remote_id   TEXT COLLATE "C",
    created     INTEGER NOT NULL DEFAULT 0,
    reason      TEXT COLLATE "C",
    field       TEXT COLLATE "C",
    message     TEXT COLLATE "C",
    error_class TEXT COLLATE "C",
    not_before  BIGINT,
    UNIQUE (batch, ordinal),
    FOREIGN KEY (batch, ordinal) REFERENCES batch_row (batch, ordinal)
);

-- The outcomes of a batch are written together: which numbers they have, and when.
CREATE TABLE completion (
    batch     BIGINT NOT NULL PRIMARY KEY REFERENCES batch (id),
    mapping   TEXT COLLATE "C" NOT NULL,
    first_seq BIGINT NOT NULL,
    last_seq  BIGINT NOT NULL,
    at        BIGINT NOT NULL,
    epoch     BIGINT NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX completion_by_mapping ON completion (mapping, last_seq);

-- Refusals that stand until the row, the mapping or the schema changes: the last one of each key.
CREATE TABLE standing (
    mapping     TEXT COLLATE "C" NOT NULL,
    key         TEXT COLLATE "C" NOT NULL,
    fingerprint TEXT COLLATE "C" NOT NULL,
    run         BIGINT NOT NULL,
    ordinal     BIGINT NOT NULL,
    code        TEXT COLLATE "C" NOT NULL,
    field       TEXT COLLATE "C",
    at          BIGINT NOT NULL,
    PRIMARY KEY (mapping, key)
);

-- The version of the destination's schema that the standing rejections were made under.
CREATE TABLE target_schema (
    mapping TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    version TEXT COLLATE "C" NOT NULL
);

-- Outcomes up to here belong to a snapshot that was reset and are not applied to the next.
CREATE TABLE fresh_start (
    mapping TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    seq     BIGINT NOT NULL
);

CREATE TABLE pause (
    mapping TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    who     TEXT COLLATE "C" NOT NULL,
    why     TEXT COLLATE "C" NOT NULL,
    at      BIGINT NOT NULL
);

-- Each entry's hash covers the entry before it.
CREATE TABLE audit (
    id       BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at       BIGINT NOT NULL,
    who      TEXT COLLATE "C" NOT NULL,
    action   TEXT COLLATE "C" NOT NULL,
    subject  TEXT COLLATE "C" NOT NULL,
    why      TEXT COLLATE "C" NOT NULL,
    previous TEXT COLLATE "C" NOT NULL,
    hash     TEXT COLLATE "C" NOT NULL
);

-- Keys with an unresolved request, counted in the mapping's snapshot at the end of a run.
CREATE TABLE unresolved (
    mapping TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    keys    BIGINT NOT NULL
);

-- A mapping's newest intents, a run's intents, and the few outcomes that somebody asks about, without reading all others.
CREATE INDEX batch_by_mapping ON batch (mapping, begun);
CREATE INDEX batch_by_run ON batch (run);
CREATE INDEX outcome_unknown ON outcome (batch, ordinal) WHERE kind = 'unknown';
CREATE INDEX outcome_rejected ON outcome (batch, ordinal) WHERE kind = 'rejected';

CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'intents, outcomes and audit are append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER batch_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON batch FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER batch_row_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON batch_row FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER outcome_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON outcome FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER audit_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION append_only();
