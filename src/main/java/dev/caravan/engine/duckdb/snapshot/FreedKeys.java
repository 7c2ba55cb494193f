package dev.caravan.engine.duckdb.snapshot;

import dev.caravan.diff.Change;
import dev.caravan.engine.duckdb.db.Db;
import dev.caravan.engine.duckdb.read.Staged;
import dev.caravan.row.RowKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the keys that left whose destination key a row gets that did not have it. If that one has a record of its own by now, and records
 * follow their rows, it cannot have the key before the other's record is gone; nor may who is a member under more than the key be left there.
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

    /** Reads one of two rows. */
    @FunctionalInterface
    interface Reader {
        Change.Wanted read(ResultSet row) throws SQLException;
    }

    /** Notes pairs and marks those where records follow. A record that another row has too, by the id that was told, is not asked for. */
    void mark() throws SQLException {
        String rows = file.table("rows");
        String changes = Changes.TABLE;
        db.run("CREATE OR REPLACE TEMP TABLE " + PAIRS
                + " AS SELECT g.key AS gone, w.key AS mover, w.moves AS moves, g.target AS target FROM " + noted
                + " AS g JOIN (" + movers() + ") AS w ON w.target = g.target JOIN " + changes + " AS c ON c."
                + Changes.KEY + " = w.key WHERE g.removed AND c." + Changes.SHARED + " = " + Changes.ALONE);
        if (any()) {
            db.run("DELETE FROM " + PAIRS + " WHERE gone IN (SELECT p.key FROM " + rows + " AS p LEFT JOIN " + rows
                    + " AS o ON o.remote_id = p.remote_id AND o.live AND o.key <> p.key WHERE p.definition IS NULL OR"
                    + " o.key IS NOT NULL)");
            mark(Changes.WANTED, "gone", "moves");
            mark(Changes.FREED, "mover", "moves");
        }
    }

    /** Marks the others, unless a row that is still there has the key by the snapshot; who waits for that one does so anyhow. */
    void markPassed() throws SQLException {
        if (any()) {
            db.run("DELETE FROM " + PAIRS + " WHERE NOT moves AND target IN (" + kept() + ")");
            mark(Changes.PASSED, "gone", "NOT moves");
            mark(
                    Changes.FREED,
                    "mover",
                    "NOT moves AND mover IN (SELECT " + Changes.KEY + " FROM " + Changes.TABLE + " WHERE "
                            + Changes.SHARED + " = " + Changes.ALONE + ")");
        }
    }

    private boolean any() throws SQLException {
        return db.number("SELECT count(*) FROM " + PAIRS) > 0;
    }

    private void mark(int how, String keys, String which) throws SQLException {
        db.run("UPDATE " + Changes.TABLE + " SET " + Changes.SHARED + " = " + how + " WHERE " + Changes.KEY
                + " IN (SELECT " + keys + " FROM " + PAIRS + " WHERE " + which + ")");
    }

    /** The rows that get a key which they did not have; those move whose records have another key yet, and can be told by their ids. */
    private String movers() {
        String known = " LEFT JOIN " + file.table("rows") + " AS p ON p.rowid = d.known_row WHERE ";
        if (staged.target().computed()) {
            return moving("n.key", "n.target", "n.former") + noted + " AS n JOIN " + Diffing.TABLE
                    + " AS d ON d.key = n.key" + known + "NOT n.removed AND " + getting("n.target", "n.former");
        }
        String now = staged.target().text("m").orElseThrow();
        return moving("d.key", now, before()) + Diffing.TABLE + " AS d JOIN " + Staged.TABLE
                + " AS m ON m.rowid = d.staged_row" + known + getting(now, before());
    }

    private static String moving(String key, String now, String before) {
        return "SELECT " + key + " AS key, " + now
                + " AS target, coalesce(p.live AND p.definition IS NOT NULL AND p.remote_id IS NOT NULL AND " + before
                + " <> " + now + ", false) AS moves FROM ";
    }

    /** What a lost request put under nobody knows which key is taken to have it. */
    private static String getting(String now, String before) {
        return "(p.live IS NOT TRUE OR (p.definition IS NOT NULL AND " + before + " IS DISTINCT FROM " + now + "))";
    }

    private String kept() {
        return staged.target().computed()
                ? "SELECT former FROM " + noted + " WHERE former IS NOT NULL"
                : "SELECT " + before() + " FROM " + Staged.TABLE + " AS s JOIN " + file.table("rows")
                        + " AS p ON p.key = " + staged.key().text("s")
                        + " WHERE p.live AND p.definition IS NOT NULL AND "
                        + before() + " IS NOT NULL";
    }

    private String before() {
        return staged.target()
                .text(name -> "p." + file.columns().get(name).physical())
                .orElseThrow();
    }

    /** The rows that left, by the keys of those of the changes from one position to the next that get their keys. */
    static Map<RowKey, List<Change.Wanted>> left(Db db, long from, long to, Reader reader) throws SQLException {
        Map<RowKey, List<Change.Wanted>> left = new HashMap<>();
        String freed = " FROM " + Changes.TABLE + " WHERE rowid >= ? AND rowid < ? AND " + Changes.SHARED + " = "
                + Changes.FREED;
        if (db.number("SELECT count(*)" + freed, from, to) > 0) {
            db.list(
                            "SELECT g.*, p.mover FROM " + PAIRS + " AS p JOIN " + Changes.TABLE + " AS g ON g."
                                    + Changes.KEY + " = p.gone WHERE p.mover IN (SELECT " + Changes.KEY + freed
                                    + ") ORDER BY g.rowid",
                            row -> Map.entry(new RowKey(row.getString("mover")), reader.read(row)),
                            from,
                            to)
                    .forEach(pair -> left.computeIfAbsent(pair.getKey(), any -> new ArrayList<>())
                            .add(pair.getValue()));
        }
        return left;
    }

    static void drop(Db db) throws SQLException {
        db.run("DROP TABLE IF EXISTS " + PAIRS);
    }
}
