package dev.caravan.store.sqlite;

import dev.caravan.store.sql.db.Dialect;

/** SQLite takes the ledger's statements as they are, and its one writer needs no lock. */
record SqliteDialect() implements Dialect {

    @Override
    public String statement(String text) {
        return text;
    }

    @Override
    public String locking(String query) {
        return query;
    }

    @Override
    public String lockingTable(String table) {
        return "";
    }
}
