-- Keys with an unresolved request, counted in the mapping's snapshot at the end of a run.
CREATE TABLE unresolved (
    mapping TEXT NOT NULL PRIMARY KEY,
    keys    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
