package dev.caravan.store.postgres;

import dev.caravan.store.sql.db.Dialect;

/** PostgreSQL orders joins itself, and its writers go side by side unless they lock. */
record PostgresDialect() implements Dialect {

    @Override
    public String statement(String text) {
        return text.replace("CROSS JOIN", "JOIN");
    }

    @Override
    public String locking(String query) {
        return query + " FOR NO KEY UPDATE";
    }

    @Override
    public String lockingTable(String table) {
        return "LOCK TABLE " + table + " IN SHARE ROW EXCLUSIVE MODE";
    }
}
