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

    private final Db db;
    private final SnapshotFile file;
    private final List<String> buffered = new ArrayList<>();
    private boolean table;

    /** Settles one snapshot. */
    public Settling(SnapshotFile file) {
        this.db = file.db();
        this.file = file;
    }

    /** Remembers a key for which nothing has to be sent. */
    public void same(RowKey key) {
        buffered.add(key.encoded());
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
        Optional<String> newTarget = target.or(meta::target);
        Optional<Long> newRows = rows.or(meta::lastGoodRows);
        if (!absorb && newTarget.equals(meta.target()) && newRows.equals(meta.lastGoodRows())) {
            return;
        }
        db.inTransaction(() -> {
            if (absorb) {
                absorb(staged.orElseThrow(), definition);
                markLeft();
            }
            db.run(
                    "UPDATE " + file.table("meta") + " SET target = ?, last_good_rows = ?, generation = generation + ?",
                    newTarget.orElse(null),
                    newRows.orElse(null),
                    absorb ? 1 : 0);
        });
    }

    private void markLeft() throws SQLException {
        db.run("UPDATE " + file.table("rows") + " SET live = false, dirty = false WHERE key IN (SELECT d.key FROM "
                + Diffing.TABLE + " AS d JOIN " + Db.TEMP + SAME + " AS s ON s.key = d.key WHERE d.kind = "
                + Diffing.REMOVED + ")");
    }

    private void absorb(Staged staged, String definition) throws SQLException {
        int id = file.definitions().idOf(definition, staged.columns().keySet());
        String images = staged.columns().keySet().stream()
                .map(name -> ", " + file.columns().get(name).physical() + " = m." + Sql.name(name))
                .collect(Collectors.joining());
        db.run(
                "UPDATE " + file.table("rows") + " AS r SET row_hash = m." + Staged.HASH
                        + ", definition = ?, live = true, withheld = NULL" + images + " FROM " + Staged.TABLE
                        + " AS m WHERE " + staged.key().text("m") + " = r.key AND (" + staged.valid()
                        + ") AND r.key IN (SELECT key FROM "
                        + Db.TEMP + SAME + ")",
                id);
    }
}
