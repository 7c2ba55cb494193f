package dev.caravan.engine.duckdb.snapshot;

import dev.caravan.engine.duckdb.db.Db;
import dev.caravan.engine.duckdb.db.Failures;
import dev.caravan.row.RowKey;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/** Reads and copies a snapshot's file as such, whatever mapping it is of. */
public final class SnapshotCopy {

    private static final int CHUNK = 50_000;

    private SnapshotCopy() {}

    /** The keys for which this holds. */
    public static Set<RowKey> keys(Db db, Path file, Predicate<RowKey> wanted) throws SQLException {
        String alias = attach(db, file, Db.Access.READ_ONLY);
        try {
            Set<RowKey> found = new HashSet<>();
            long end = db.number("SELECT coalesce(max(rowid) + 1, 0) FROM " + alias + ".main.rows");
            for (long from = 0; from < end; from += CHUNK) {
                db
                        .list(
                                "SELECT key FROM " + alias + ".main.rows WHERE rowid >= ? AND rowid < ?",
                                row -> new RowKey(row.getString(1)),
                                from,
                                from + CHUNK)
                        .stream()
                        .filter(wanted)
                        .forEach(found::add);
            }
            return found;
        } finally {
            detach(db, alias);
        }
    }

    /**
     * Copies all but the rows of some keys into a new file, which is another generation. DuckDB leaves deleted rows in free blocks of a
     * file; a new one never had them.
     */
    public static void without(Db db, Path file, Path copy, Set<RowKey> keys) throws SQLException {
        String old = attach(db, file, Db.Access.READ_ONLY);
        try {
            String fresh = attach(db, copy, Db.Access.READ_WRITE);
            try {
                db.run("COPY FROM DATABASE " + old + " TO " + fresh + " (SCHEMA)");
                db.inTransaction(() -> {
                    for (String table : List.of("definitions", "columns")) {
                        db.run("INSERT INTO " + fresh + ".main." + table + " SELECT * FROM " + old + ".main." + table);
                    }
                    db.run(
                            "INSERT INTO " + fresh + ".main.rows SELECT * FROM " + old + ".main.rows WHERE key NOT IN ("
                                    + String.join(", ", Collections.nCopies(keys.size(), "?")) + ")",
                            keys.stream().map(RowKey::encoded).toArray());
                    db.run("INSERT INTO " + fresh + ".main.meta SELECT * REPLACE (generation + 1 AS generation) FROM "
                            + old + ".main.meta");
                });
                db.run("CHECKPOINT " + fresh);
            } finally {
                detach(db, fresh);
            }
        } finally {
            detach(db, old);
        }
    }

    private static String attach(Db db, Path file, Db.Access access) throws SQLException {
        String alias = "copied_" + UUID.randomUUID().toString().replace("-", "");
        db.attach(file, alias, access);
        return alias;
    }

    private static void detach(Db db, String alias) {
        try {
            db.detach(alias);
        } catch (SQLException failure) {
            Failures.ignored("detach of a snapshot", failure);
        }
    }
}
