-- Which epoch answered a batch: the one that sent it, or a later one that only recovered it. 0 in answers of before.
ALTER TABLE completion ADD COLUMN epoch INTEGER NOT NULL DEFAULT 0;

-- A mapping's newest intents, and the few outcomes nobody knows, without reading all others.
CREATE INDEX batch_by_mapping ON batch (mapping, begun);
CREATE INDEX outcome_unknown ON outcome (batch, ordinal) WHERE kind = 'unknown';
