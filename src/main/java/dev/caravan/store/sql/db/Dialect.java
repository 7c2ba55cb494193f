package dev.caravan.store.sql.db;

/**
 * What two databases say differently. All else is written so that both understand it: upserts by {@code ON CONFLICT}, truth as
 * numbers, {@code CASE} for conditions.
 */
public interface Dialect {

    /** A statement in this database's words. {@code CROSS JOIN … ON} asks it to take the tables in the order named, if it can. */
    String statement(String text);

    /** A query of single rows that locks what it finds until its transaction ends, unless writers wait for each other anyway. */
    String locking(String query);

    /** A statement that keeps other writers off a table until its transaction ends; empty where they wait anyway. */
    String lockingTable(String table);
}
