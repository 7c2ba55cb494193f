-- What a run was refused, without reading the outcomes of all others.
CREATE INDEX batch_by_run ON batch (run);
CREATE INDEX outcome_rejected ON outcome (batch, ordinal) WHERE kind = 'rejected';
