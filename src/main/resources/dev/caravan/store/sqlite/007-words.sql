-- What a person said of an outcome that nobody knows: of this very one, so that it is spent when its key gets another.
CREATE TABLE doubt_word (
    seq  INTEGER NOT NULL PRIMARY KEY,
    word TEXT NOT NULL
) STRICT;
