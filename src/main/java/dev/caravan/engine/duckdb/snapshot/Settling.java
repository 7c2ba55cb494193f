package dev.caravan.engine.duckdb.snapshot;

import dev.caravan.engine.duckdb.db.Db;
import dev.caravan.engine.duckdb.db.Sql;
import dev.caravan.engine.duckdb.read.Staged;
import dev.caravan.row.RowKey;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;

/** The end of a run: what needed no request is absorbed or marked left, and the read becomes the last good one. */
public final class Settling {

    private static final int BUFFER = 10_000;
    private static final String SAME = "same_keys";
    private static final String LEFT = Db.TEMP + "left_keys";

    private final Db db;
    private final SnapshotFile file;
    private final List<String> buffered = new ArrayList<>();
    private boolean table;
    private boolean waiting;

    /** Settles one snapshot. */
    public Settling(SnapshotFile file) {
        this.db = file.db();
        this.file = file;
    }

    /** Remembers a key for which nothing has to be sent. */
    public void same(RowKey key) {
        buffered.add(key.encoded());
    }

    /** Remembers whether keys that left wait for rows that want their records. */
    public void waiting(boolean any) {
        waiting = any;
    }

    /** Moves remembered keys out of the heap once they are many. */
    public void spill() throws SQLException {
        if (buffered.size() >= BUFFER) {
            flush();
        }
    }

    private void flush() throws SQLException {
        if (buffered.isEmpty()) {
            return;
        }
        if (!table) {
            db.run("CREATE OR REPLACE TEMP TABLE " + Db.TEMP + SAME + " (key VARCHAR)");
            table = true;
        }
        try (DuckDBAppender appender = db.appender(SAME)) {
            for (String key : buffered) {
                appender.beginRow();
                appender.append(key);
                appender.endRow();
            }
        }
        buffered.clear();
    }

    /**
     * Absorbs and marks, in one transaction; writes nothing where nothing moved.
     *
     * @param staged the generation read in this session, if one was diffed
     * @param definition the definition that absorbed rows are now accepted under
     * @param rows rows read, if they were
     */
    public void settle(Optional<Staged> staged, String definition, Optional<String> target, Optional<Long> rows)
            throws SQLException {
        Meta meta = file.meta();
        flush();
        boolean absorb = table && staged.isPresent();
        List<Integer> doubtful = waiting && staged.isPresent() ? definitionsOfWaiting() : List.of();
        Optional<String> newTarget = target.or(meta::target);
        Optional<Long> newRows = rows.or(meta::lastGoodRows);
        if (!absorb && doubtful.isEmpty() && newTarget.equals(meta.target()) && newRows.equals(meta.lastGoodRows())) {
            return;
        }
        db.inTransaction(() -> {
            if (absorb) {
                absorb(staged.orElseThrow(), definition);
                markLeft();
            }
            for (int doubted : doubtful) {
                doubt(doubted);
            }
            db.run(
                    "UPDATE " + file.table("meta") + " SET target = ?, last_good_rows = ?, generation = generation + ?",
                    newTarget.orElse(null),
                    newRows.orElse(null),
                    absorb || !doubtful.isEmpty() ? 1 : 0);
        });
    }

    private void markLeft() throws SQLException {
        db.run("CREATE OR REPLACE TEMP TABLE " + LEFT + " AS SELECT d.key AS key FROM " + Diffing.TABLE + " AS d JOIN "
                + Db.TEMP + SAME + " AS s ON s.key = d.key WHERE d.kind = " + Diffing.REMOVED);
        if (db.number("SELECT count(*) FROM " + LEFT) > 0) {
            passOn();
            db.run("UPDATE " + file.table("rows") + " SET live = false, dirty = false WHERE key IN (SELECT key FROM "
                    + LEFT + ")");
        }
        db.run("DROP TABLE " + LEFT);
    }

    /** A record we created stays ours where another row has it: to delete it one day is that row's (invariant I7). */
    private void passOn() throws SQLException {
        String rows = file.table("rows");
        String left = "(SELECT key FROM " + LEFT + ")";
        db.run("UPDATE " + rows + " SET created_by_us = true WHERE live AND key NOT IN " + left
                + " AND remote_id IN (SELECT a.remote_id FROM " + rows + " AS a WHERE a.created_by_us AND a.key IN "
                + left
                + " AND a.remote_id IS NOT NULL)");
        db.run("UPDATE " + rows + " SET created_by_us = false, remote_id = NULL WHERE key IN " + left
                + " AND remote_id IN (SELECT o.remote_id FROM " + rows
                + " AS o WHERE o.live AND o.remote_id IS NOT NULL"
                + " AND o.key NOT IN " + left + ")");
    }

    private List<Integer> definitionsOfWaiting() throws SQLException {
        return db
                .list(
                        "SELECT DISTINCT r.definition FROM " + file.table("rows") + " AS r JOIN "
                                + SharedRecords.WAITING + " AS w ON w.key = r.key WHERE r.definition IS NOT NULL",
                        row -> row.getInt(1))
                .stream()
                .filter(id -> !file.definitions().get(id).text().isEmpty())
                .toList();
    }

    /**
     * A row that wants the record may have written to it, so a key that waits and returns must send every field. Its image stays,
     * since a removal takes the key from it.
     */
    private void doubt(int definition) throws SQLException {
        int none =
                file.definitions().idOf("", file.definitions().get(definition).columns());
        db.run(
                "UPDATE " + file.table("rows")
                        + " SET row_hash = NULL, withheld = NULL, definition = ? WHERE definition = ?"
                        + " AND key IN (SELECT key FROM " + SharedRecords.WAITING + ")",
                none,
                definition);
    }

    private void absorb(Staged staged, String definition) throws SQLException {
        int id = file.definitions().idOf(definition, staged.columns().keySet());
        String images = staged.columns().keySet().stream()
                .map(name -> ", " + file.columns().get(name).physical() + " = m." + Sql.name(name))
                .collect(Collectors.joining());
        db.run(
                "UPDATE " + file.table("rows") + " AS r SET row_hash = m." + Staged.HASH
                        + ", definition = ?, live = true, dirty = false, withheld = NULL" + images + " FROM "
                        + Staged.TABLE
                        + " AS m WHERE " + staged.key().text("m") + " = r.key AND (" + staged.valid()
                        + ") AND r.key IN (SELECT key FROM "
                        + Db.TEMP + SAME + ")",
                id);
    }
}
