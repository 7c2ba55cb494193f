-- Who said it, why and when: empty of words from before.
ALTER TABLE doubt_word ADD COLUMN who TEXT COLLATE "C";
ALTER TABLE doubt_word ADD COLUMN why TEXT COLLATE "C";
ALTER TABLE doubt_word ADD COLUMN at BIGINT;
