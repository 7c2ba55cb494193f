package dev.caravan.store.sqlite;

import java.sql.SQLException;

/** What is done in one transaction. */
@FunctionalInterface
interface Work<T> {
    T on(Sql sql) throws SQLException;
}
