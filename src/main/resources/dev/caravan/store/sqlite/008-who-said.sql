-- Who said it, why and when: empty of words from before.
ALTER TABLE doubt_word ADD COLUMN who TEXT;
ALTER TABLE doubt_word ADD COLUMN why TEXT;
ALTER TABLE doubt_word ADD COLUMN at INTEGER;
