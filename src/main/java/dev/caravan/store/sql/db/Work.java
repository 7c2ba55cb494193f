package dev.caravan.store.sql.db;

import java.sql.SQLException;

/** What is done in one transaction. */
@FunctionalInterface
public interface Work<T> {
    T on(Sql sql) throws SQLException;
}
