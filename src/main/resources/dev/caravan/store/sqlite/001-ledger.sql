-- The ledger, first version. Instants are microseconds since 1970 in UTC; values are the stored text of ValueCodec in JSON.
-- Intents (batch, batch_row), outcomes and audit are append-only: triggers at the end refuse anything else.

CREATE TABLE lease (
    mapping TEXT NOT NULL PRIMARY KEY,
    epoch   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE run (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    mapping    TEXT NOT NULL,
    epoch      INTEGER NOT NULL,
    started_by TEXT NOT NULL,
    state      TEXT NOT NULL,
    started    INTEGER NOT NULL,
    finished   INTEGER,
    rows_read  INTEGER NOT NULL DEFAULT 0,
    invalid    INTEGER NOT NULL DEFAULT 0,
    added      INTEGER NOT NULL DEFAULT 0,
    changed    INTEGER NOT NULL DEFAULT 0,
    removed    INTEGER NOT NULL DEFAULT 0,
    planned    INTEGER NOT NULL DEFAULT 0,
    accepted   INTEGER NOT NULL DEFAULT 0,
    rejected   INTEGER NOT NULL DEFAULT 0,
    held       INTEGER NOT NULL DEFAULT 0,
    unknown    INTEGER NOT NULL DEFAULT 0,
    superseded INTEGER NOT NULL DEFAULT 0,
    requests   INTEGER NOT NULL DEFAULT 0,
    plan       TEXT,
    verdicts   TEXT NOT NULL DEFAULT '[]',
    error      TEXT
) STRICT;
CREATE INDEX run_by_mapping ON run (mapping, id);
CREATE INDEX run_going_on ON run (mapping, id) WHERE state = 'RUNNING';

-- A scheduled fire is claimed once.
CREATE TABLE fire (
    mapping TEXT NOT NULL,
    due     INTEGER NOT NULL,
    run     INTEGER NOT NULL REFERENCES run (id),
    PRIMARY KEY (mapping, due)
) STRICT, WITHOUT ROWID;

-- The books of a run that died: what it never sent is superseded.
CREATE TABLE closed_run (
    run INTEGER NOT NULL PRIMARY KEY REFERENCES run (id),
    at  INTEGER NOT NULL
) STRICT;

-- Field definitions, one row each however many plans share it.
CREATE TABLE definition (
    id   INTEGER PRIMARY KEY,
    text TEXT NOT NULL UNIQUE
) STRICT;

-- A run makes one plan at most. opened: when it first became deliverable; adopted: the run that delivers an approved one.
CREATE TABLE plan (
    run             INTEGER NOT NULL PRIMARY KEY REFERENCES run (id),
    hash            TEXT NOT NULL,
    mapping         TEXT NOT NULL,
    mapping_version TEXT NOT NULL,
    target          TEXT NOT NULL,
    generation      INTEGER NOT NULL,
    definition      INTEGER NOT NULL REFERENCES definition (id),
    state           TEXT NOT NULL,
    summary         TEXT NOT NULL,
    verdicts        TEXT NOT NULL,
    created         INTEGER NOT NULL,
    expires         INTEGER NOT NULL,
    opened          INTEGER,
    adopted         INTEGER REFERENCES run (id)
) STRICT;
CREATE INDEX plan_by_hash ON plan (hash, run);
CREATE UNIQUE INDEX plan_held_once ON plan (mapping) WHERE state = 'HELD';

CREATE TABLE plan_row (
    run      INTEGER NOT NULL REFERENCES run (id),
    ordinal  INTEGER NOT NULL,
    key      TEXT NOT NULL,
    kind     TEXT NOT NULL,
    row_hash INTEGER,
    body     TEXT NOT NULL,
    PRIMARY KEY (run, ordinal)
) STRICT;

-- Rows that are not sent and why: held by a guard from the start (planned = 1), or later by a pause or a quota.
CREATE TABLE hold (
    run     INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    reason  TEXT NOT NULL,
    planned INTEGER NOT NULL,
    PRIMARY KEY (run, ordinal),
    FOREIGN KEY (run, ordinal) REFERENCES plan_row (run, ordinal)
) STRICT, WITHOUT ROWID;

-- A key that was ever sent, in canonical form and as people type it.
CREATE TABLE subject (
    id      INTEGER PRIMARY KEY,
    key     TEXT NOT NULL,
    mapping TEXT NOT NULL,
    display TEXT NOT NULL,
    UNIQUE (key, mapping)
) STRICT;
CREATE INDEX subject_by_display ON subject (display);

-- Intents.
CREATE TABLE batch (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    mapping     TEXT NOT NULL,
    run         INTEGER NOT NULL REFERENCES run (id),
    epoch       INTEGER NOT NULL,
    action      TEXT NOT NULL,
    job         INTEGER NOT NULL,
    idempotency TEXT NOT NULL,
    begun       INTEGER NOT NULL
) STRICT;

CREATE TABLE batch_row (
    batch   INTEGER NOT NULL REFERENCES batch (id),
    ordinal INTEGER NOT NULL,
    run     INTEGER NOT NULL,
    subject INTEGER NOT NULL REFERENCES subject (id),
    PRIMARY KEY (batch, ordinal),
    FOREIGN KEY (run, ordinal) REFERENCES plan_row (run, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX batch_row_by_row ON batch_row (run, ordinal, batch);
CREATE INDEX batch_row_by_subject ON batch_row (subject, batch);

-- Batches without outcomes, so that none has to be searched for.
CREATE TABLE open_batch (
    mapping TEXT NOT NULL,
    batch   INTEGER NOT NULL REFERENCES batch (id),
    PRIMARY KEY (mapping, batch)
) STRICT, WITHOUT ROWID;

CREATE TABLE remote_job (
    batch INTEGER NOT NULL PRIMARY KEY REFERENCES batch (id),
    id    TEXT NOT NULL,
    at    INTEGER NOT NULL
) STRICT;

-- Outcomes: one a row of a batch. seq is what snapshots count by.
CREATE TABLE outcome (
    seq         INTEGER PRIMARY KEY AUTOINCREMENT,
    batch       INTEGER NOT NULL,
    ordinal     INTEGER NOT NULL,
    kind        TEXT NOT NULL,
    remote_id   TEXT,
    created     INTEGER NOT NULL DEFAULT 0,
    reason      TEXT,
    field       TEXT,
    message     TEXT,
    error_class TEXT,
    not_before  INTEGER,
    UNIQUE (batch, ordinal),
    FOREIGN KEY (batch, ordinal) REFERENCES batch_row (batch, ordinal)
) STRICT;

-- The outcomes of a batch are written together: which numbers they have, and when.
CREATE TABLE completion (
    batch     INTEGER NOT NULL PRIMARY KEY REFERENCES batch (id),
    mapping   TEXT NOT NULL,
    first_seq INTEGER NOT NULL,
    last_seq  INTEGER NOT NULL,
    at        INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX completion_by_mapping ON completion (mapping, last_seq);

-- Refusals that stand until the row, the mapping or the schema changes: the last one of each key.
CREATE TABLE standing (
    mapping     TEXT NOT NULL,
    key         TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    run         INTEGER NOT NULL,
    ordinal     INTEGER NOT NULL,
    code        TEXT NOT NULL,
    field       TEXT,
    at          INTEGER NOT NULL,
    PRIMARY KEY (mapping, key)
) STRICT, WITHOUT ROWID;

-- The version of the destination's schema that the standing rejections were made under.
CREATE TABLE target_schema (
    mapping TEXT NOT NULL PRIMARY KEY,
    version TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Outcomes up to here belong to a snapshot that was reset and are not applied to the next.
CREATE TABLE fresh_start (
    mapping TEXT NOT NULL PRIMARY KEY,
    seq     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE pause (
    mapping TEXT NOT NULL PRIMARY KEY,
    who     TEXT NOT NULL,
    why     TEXT NOT NULL,
    at      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Each entry's hash covers the entry before it.
CREATE TABLE audit (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    at       INTEGER NOT NULL,
    who      TEXT NOT NULL,
    action   TEXT NOT NULL,
    subject  TEXT NOT NULL,
    why      TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash     TEXT NOT NULL
) STRICT;

CREATE TRIGGER batch_stays BEFORE UPDATE ON batch BEGIN SELECT RAISE(ABORT, 'intents are append-only'); END;
CREATE TRIGGER batch_remains BEFORE DELETE ON batch BEGIN SELECT RAISE(ABORT, 'intents are append-only'); END;
CREATE TRIGGER batch_row_stays BEFORE UPDATE ON batch_row BEGIN SELECT RAISE(ABORT, 'intents are append-only'); END;
CREATE TRIGGER batch_row_remains BEFORE DELETE ON batch_row BEGIN SELECT RAISE(ABORT, 'intents are append-only'); END;
CREATE TRIGGER outcome_stays BEFORE UPDATE ON outcome BEGIN SELECT RAISE(ABORT, 'outcomes are append-only'); END;
CREATE TRIGGER outcome_remains BEFORE DELETE ON outcome BEGIN SELECT RAISE(ABORT, 'outcomes are append-only'); END;
CREATE TRIGGER audit_stays BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
CREATE TRIGGER audit_remains BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
