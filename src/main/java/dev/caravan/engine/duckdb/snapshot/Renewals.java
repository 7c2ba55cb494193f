package dev.caravan.engine.duckdb.snapshot;

import dev.caravan.engine.duckdb.db.Db;
import dev.caravan.engine.duckdb.read.Staged;
import dev.caravan.source.EngineSession.Counts;
import java.sql.SQLException;

/**
 * Takes rows among the noted differences that do not differ, but were accepted long ago. They are looked for once, and only if the
 * snapshot has any that old: most runs cost one count.
 */
public final class Renewals {

    private static final String TABLE = Db.TEMP + "due_rows";

    private final Db db;
    private final SnapshotFile file;
    private final Staged staged;
    private boolean sought;
    private long due;
    private long taken;

    /** Renews rows of one diff. */
    public Renewals(Db db, SnapshotFile file, Staged staged) {
        this.db = db;
        this.file = file;
        this.staged = staged;
    }

    /** Takes so many more, the longest ago first. */
    public Counts take(Counts counts, long upTo, long most) throws SQLException {
        if (!sought) {
            seek(upTo);
            sought = true;
        }
        long more = Math.min(most, due - taken);
        if (more > 0) {
            db.run(
                    "INSERT INTO " + Diffing.TABLE + " SELECT key, " + Diffing.DUE
                            + " AS kind, staged_row, known_row, hash FROM " + TABLE + " WHERE nth > ? AND nth <= ?",
                    taken,
                    taken + more);
            taken += more;
        }
        return counts.renewed(more, due - taken);
    }

    private void seek(long upTo) throws SQLException {
        String rows = file.table("rows");
        String old = "p.live AND NOT p.dirty AND p.definition IS NOT NULL AND p.last_run <= ?";
        if (db.number("SELECT count(*) FROM " + rows + " AS p WHERE " + old, upTo) == 0) {
            return;
        }
        db.run(
                "UPDATE " + Diffing.TABLE + " SET kind = " + Diffing.CHANGED_DUE + " WHERE kind = " + Diffing.CHANGED
                        + " AND known_row IN (SELECT p.rowid FROM " + rows + " AS p WHERE " + old + ")",
                upTo);
        db.run(
                "CREATE OR REPLACE TEMP TABLE " + TABLE + " AS SELECT m.key, m.row_no AS staged_row,"
                        + " p.rowid AS known_row, m.hash, row_number() OVER (ORDER BY p.last_run, p.key) AS nth FROM (SELECT "
                        + staged.key().text("s") + " AS key, s." + Staged.HASH + " AS hash, s.rowid AS row_no FROM "
                        + Staged.TABLE + " AS s WHERE (" + staged.valid() + ")) AS m JOIN " + rows
                        + " AS p ON p.key = m.key WHERE " + old + " AND p.rowid NOT IN (SELECT known_row FROM "
                        + Diffing.TABLE + " WHERE known_row IS NOT NULL)",
                upTo);
        due = db.number("SELECT count(*) FROM " + TABLE);
    }
}
