-- What connections have taken of limits of a day, by stretches of time.
CREATE TABLE spending (
    connection TEXT NOT NULL,
    allowance  TEXT NOT NULL,
    at         INTEGER NOT NULL,
    amount     INTEGER NOT NULL,
    PRIMARY KEY (connection, allowance, at)
) STRICT, WITHOUT ROWID;
