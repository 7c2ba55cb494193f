package dev.caravan.engine.duckdb.snapshot;

import dev.caravan.engine.duckdb.db.Db;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The one row that says what a snapshot is.
 *
 * @param stamp engine version, hash scheme and hashed columns behind the row hashes; empty before the first read
 * @param equality how keys were folded
 * @param keySource what filled the destination's key, as text; empty before the first read, and in files of before it was kept
 * @param keyShape names and types of the key columns; {@link #MIXED} once they changed under rows
 */
record Meta(
        int format,
        String stamp,
        String equality,
        String keyShape,
        long generation,
        long appliedSeq,
        Optional<String> target,
        Optional<Long> lastGoodRows,
        Optional<String> keySource) {

    /** The layout of the file. A file with a higher number is of a newer Caravan. */
    static final int FORMAT = 1;

    /** Keys in this file were built from different columns or types, so that only their texts can be compared. */
    static final String MIXED = "mixed";

    static String schema(String table) {
        return "CREATE TABLE " + table
                + " (format INTEGER, stamp VARCHAR, equality VARCHAR, key_shape VARCHAR, generation BIGINT,"
                + " applied_seq BIGINT, target VARCHAR, last_good_rows BIGINT, key_source VARCHAR)";
    }

    /** The last outcome taken up; of a file that is only looked at, whichever version wrote it. */
    static long appliedSeq(Db db, String table) throws SQLException {
        return db.first("SELECT applied_seq FROM " + table, row -> row.getLong(1))
                .orElseThrow(Meta::missing);
    }

    private static SQLException missing() {
        return new SQLException("Catalog Error: the snapshot has no meta row");
    }

    static Meta read(Db db, String table) throws SQLException {
        return db.first(
                        "SELECT format, stamp, equality, key_shape, generation, applied_seq, target, last_good_rows,"
                                + " key_source FROM " + table,
                        row -> new Meta(
                                row.getInt(1),
                                row.getString(2),
                                row.getString(3),
                                row.getString(4),
                                row.getLong(5),
                                row.getLong(6),
                                Optional.ofNullable(row.getString(7)),
                                row.getObject(8) == null ? Optional.empty() : Optional.of(row.getLong(8)),
                                Optional.ofNullable(row.getString(9))))
                .orElseThrow(Meta::missing);
    }
}
