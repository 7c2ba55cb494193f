-- What a person said of an outcome that nobody knows: of this very one, so that it is spent when its key gets another.
CREATE TABLE doubt_word (
    seq  BIGINT NOT NULL PRIMARY KEY,
    word TEXT COLLATE "C" NOT NULL
);
