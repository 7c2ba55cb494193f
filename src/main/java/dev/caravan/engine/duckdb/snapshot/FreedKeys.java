package dev.caravan.engine.duckdb.snapshot;

import dev.caravan.engine.duckdb.db.Db;
import dev.caravan.engine.duckdb.read.Staged;
import java.sql.SQLException;

/**
 * Finds the keys that left whose destination key a row gets that has a record of its own by now: where records follow their rows, that one
 * cannot have the key before the other's record is gone.
 */
final class FreedKeys {

    private static final String PAIRS = Db.TEMP + "freed_keys";

    private final Db db;
    private final SnapshotFile file;
    private final Staged staged;
    private final String noted;

    /** @param noted the temporary table of the destination keys of changes; see {@link FormerKeys#mark} */
    FreedKeys(Db db, SnapshotFile file, Staged staged, String noted) {
        this.db = db;
        this.file = file;
        this.staged = staged;
        this.noted = Db.TEMP + noted;
    }

    /** Marks both. A record that is also another row's, by the id that the destination told, is not asked for. */
    void mark() throws SQLException {
        String rows = file.table("rows");
        String changes = Changes.TABLE;
        db.run("CREATE OR REPLACE TEMP TABLE " + PAIRS + " AS SELECT g.key AS gone, w.key AS mover FROM " + noted
                + " AS g JOIN (" + movers() + ") AS w ON w.target = g.target JOIN " + changes + " AS c ON c."
                + Changes.KEY + " = w.key WHERE g.removed AND c." + Changes.SHARED + " = " + Changes.ALONE);
        if (db.number("SELECT count(*) FROM " + PAIRS) > 0) {
            db.run("DELETE FROM " + PAIRS + " WHERE gone IN (SELECT p.key FROM " + rows + " AS p LEFT JOIN " + rows
                    + " AS o ON o.remote_id = p.remote_id AND o.live AND o.key <> p.key WHERE p.definition IS NULL OR"
                    + " o.key IS NOT NULL)");
            mark(Changes.WANTED, "gone");
            mark(Changes.FREED, "mover");
        }
        db.run("DROP TABLE " + PAIRS);
    }

    private void mark(int how, String keys) throws SQLException {
        db.run("UPDATE " + Changes.TABLE + " SET " + Changes.SHARED + " = " + how + " WHERE " + Changes.KEY
                + " IN (SELECT " + keys + " FROM " + PAIRS + ")");
    }

    /** Rows whose records have another key yet, and can be told by their ids. */
    private String movers() {
        String known = " JOIN " + file.table("rows")
                + " AS p ON p.rowid = d.known_row WHERE p.live AND p.definition IS NOT NULL AND p.remote_id IS NOT"
                + " NULL AND ";
        if (staged.target().computed()) {
            return "SELECT n.key AS key, n.target AS target FROM " + noted + " AS n JOIN " + Diffing.TABLE
                    + " AS d ON d.key = n.key" + known + "NOT n.removed AND n.former <> n.target";
        }
        String now = staged.target().text("m").orElseThrow();
        String before = staged.target()
                .text(name -> "p." + file.columns().get(name).physical())
                .orElseThrow();
        return "SELECT d.key AS key, " + now + " AS target FROM " + Diffing.TABLE + " AS d JOIN " + Staged.TABLE
                + " AS m ON m.rowid = d.staged_row" + known + before + " <> " + now;
    }
}
