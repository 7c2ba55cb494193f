package dev.caravan.engine.duckdb.snapshot;

import dev.caravan.diff.Change;
import dev.caravan.engine.duckdb.db.Db;
import dev.caravan.engine.duckdb.read.Staged;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.duckdb.DuckDBAppender;

/**
 * Finds the changes whose record another row of the model means as well: keys that left though their record is still wanted, which
 * must not be removed, and rows that would overwrite each other. Rows that share a plain column as their destination key are no
 * longer among the changes: the contract has quarantined them.
 */
public final class SharedRecords {

    private static final int CHUNK = 4_096;
    private static final String MEANT = "meant_records";

    /** Keys that left and wait for another row that wants their record, as {@code key}; made by {@link #mark}. */
    static final String WAITING = Db.TEMP + "waiting_keys";

    private final Db db;
    private final SnapshotFile file;
    private final Staged staged;
    private final Changes changes;

    /** Looks at changes that were laid out. */
    public SharedRecords(Db db, SnapshotFile file, Staged staged, Changes changes) {
        this.db = db;
        this.file = file;
        this.staged = staged;
        this.changes = changes;
    }

    /**
     * Marks them, so that they are fetched as what they are.
     *
     * @return whether any key that left waits for another row
     */
    public boolean mark(long count) throws SQLException {
        boolean removals = count > 0 && changes.removals() > 0;
        boolean computed = staged.target().computed();
        boolean byKey = count > 0 && !staged.target().modelKey();
        if (byKey && (removals || computed)) {
            note(count);
            markByKey();
        }
        FreedKeys freed = new FreedKeys(db, file, staged, MEANT);
        if (byKey && removals) {
            freed.mark();
        }
        if (byKey) {
            new FormerKeys(db, file, staged).mark(computed ? Optional.of(MEANT) : Optional.empty());
            if (removals) {
                freed.markPassed();
            }
            db.run("DROP TABLE IF EXISTS " + Db.TEMP + MEANT);
        }
        if (!removals) {
            return false;
        }
        markById();
        db.run("CREATE OR REPLACE TEMP TABLE " + WAITING + " AS SELECT " + Changes.KEY + " AS key FROM " + Changes.TABLE
                + " WHERE f1 = " + Diffing.REMOVED + " AND " + Changes.SHARED + " IN (" + Changes.MEANT + ", "
                + Changes.WANTED + ", " + Changes.PASSED + ")");
        return db.number("SELECT count(*) FROM " + WAITING) > 0;
    }

    /** Destination keys, evaluated chunk by chunk: of all changes if they are computed, else only of those that left. */
    private void note(long count) throws SQLException {
        db.run("CREATE OR REPLACE TEMP TABLE " + Db.TEMP + MEANT
                + " (key VARCHAR, removed BOOLEAN, target VARCHAR, former VARCHAR)");
        for (long from = 0; from < count; from += CHUNK) {
            long to = Math.min(from + CHUNK, count);
            List<Change> chunk = staged.target().computed() ? changes.fetch(from, to) : changes.fetchRemovals(from, to);
            try (DuckDBAppender appender = db.appender(MEANT)) {
                for (Change change : chunk) {
                    note(change, appender);
                }
            }
        }
    }

    private void note(Change change, DuckDBAppender appender) throws SQLException {
        switch (change) {
            case Change.Added added -> note(change, staged.target().of(added.row()), Optional.empty(), appender);
            case Change.Changed changed ->
                note(
                        change,
                        staged.target().of(changed.row()),
                        staged.target().of(changed.known().image()),
                        appender);
            case Change.Removed removed ->
                note(change, staged.target().of(removed.known().image()), Optional.empty(), appender);
            case Change.Early early -> {}
            case Change.Wanted wanted -> {}
            case Change.Shared shared -> {}
            case Change.TakenOver taken -> {}
        }
    }

    private static void note(Change change, Optional<String> target, Optional<String> former, DuckDBAppender appender)
            throws SQLException {
        if (target.isPresent() || former.isPresent()) {
            appender.beginRow();
            appender.append(change.key().encoded());
            appender.append(change instanceof Change.Removed);
            appender.append(target.orElse(null));
            appender.append(former.orElse(null));
            appender.endRow();
        }
    }

    private void markByKey() throws SQLException {
        String meant = Db.TEMP + MEANT;
        String wanted = staged.target()
                .text("s")
                .map(text -> "SELECT " + text + " FROM " + Staged.TABLE + " AS s WHERE " + text + " IS NOT NULL")
                .orElse("SELECT target FROM " + meant + " WHERE NOT removed AND target IS NOT NULL");
        mark(
                Changes.MEANT,
                "SELECT key FROM " + meant + " WHERE removed AND target IN (" + wanted + ") UNION ALL SELECT key FROM "
                        + meant + " WHERE NOT removed AND target IN (SELECT target FROM " + meant
                        + " WHERE NOT removed GROUP BY target HAVING count(*) > 1)");
    }

    /**
     * The destination told the same id for a key that is still there: an earlier run saved the record under both. If that key is a
     * change now, it may come to mean another record, and who keeps this one shows in the next run.
     */
    private void markById() throws SQLException {
        markById(Changes.MEANT, "kind = " + Diffing.REMOVED);
        markById(Changes.SETTLED, "known_row IS NOT NULL AND kind <> " + Diffing.DUE);
    }

    private void markById(int how, String notBy) throws SQLException {
        String rows = file.table("rows");
        mark(
                how,
                "SELECT d.key FROM " + Diffing.TABLE + " AS d JOIN " + rows
                        + " AS p ON p.rowid = d.known_row WHERE d.kind = " + Diffing.REMOVED
                        + " AND p.remote_id IN (SELECT o.remote_id FROM " + rows
                        + " AS o WHERE o.live AND o.remote_id IS NOT NULL AND o.rowid NOT IN (SELECT known_row FROM "
                        + Diffing.TABLE + " WHERE " + notBy + "))");
    }

    private void mark(int how, String keys) throws SQLException {
        db.run("UPDATE " + Changes.TABLE + " SET " + Changes.SHARED + " = " + how + " WHERE " + Changes.KEY + " IN ("
                + keys + ")");
    }
}
