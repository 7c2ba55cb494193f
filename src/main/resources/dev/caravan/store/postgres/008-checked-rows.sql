-- What looked up every single row again, at about its own price. Who writes a plan's rows has asked for its run in the same transaction;
-- who writes outcomes takes them from the batch's rows, or holds them against those.
ALTER TABLE outcome DROP CONSTRAINT outcome_batch_ordinal_fkey;
ALTER TABLE plan_row DROP CONSTRAINT plan_row_run_fkey;
