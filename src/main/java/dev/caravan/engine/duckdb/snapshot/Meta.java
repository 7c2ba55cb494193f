package dev.caravan.engine.duckdb.snapshot;

import dev.caravan.engine.duckdb.db.Db;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The one row that says what a snapshot is.
 *
 * @param stamp engine version, hash scheme and hashed columns behind the row hashes; empty before the first read
 * @param equality how keys were folded
 */
record Meta(
        int format,
        String stamp,
        String equality,
        long generation,
        long appliedSeq,
        Optional<String> target,
        Optional<Long> lastGoodRows) {

    /** The layout of the file. A file with a higher number is of a newer Caravan. */
    static final int FORMAT = 1;

    static String schema(String table) {
        return "CREATE TABLE " + table + " (format INTEGER, stamp VARCHAR, equality VARCHAR, generation BIGINT,"
                + " applied_seq BIGINT, target VARCHAR, last_good_rows BIGINT)";
    }

    static Meta read(Db db, String table) throws SQLException {
        return db.first(
                        "SELECT format, stamp, equality, generation, applied_seq, target, last_good_rows FROM " + table,
                        row -> new Meta(
                                row.getInt(1),
                                row.getString(2),
                                row.getString(3),
                                row.getLong(4),
                                row.getLong(5),
                                Optional.ofNullable(row.getString(6)),
                                row.getObject(7) == null ? Optional.empty() : Optional.of(row.getLong(7))))
                .orElseThrow(() -> new SQLException("Catalog Error: the snapshot has no meta row"));
    }
}
