-- What connections have taken of limits of a day, by stretches of time.
CREATE TABLE spending (
    connection TEXT COLLATE "C" NOT NULL,
    allowance  TEXT COLLATE "C" NOT NULL,
    at         BIGINT NOT NULL,
    amount     BIGINT NOT NULL,
    PRIMARY KEY (connection, allowance, at)
);
