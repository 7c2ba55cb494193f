package dev.caravan.engine.duckdb.read;

import dev.caravan.engine.duckdb.db.ColumnType;
import dev.caravan.engine.duckdb.db.Db;
import dev.caravan.engine.duckdb.db.Sql;
import dev.caravan.row.Row;
import dev.caravan.row.Value;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The staged rows but those that are invalid and were never sent, a chunk at a time in the heap. */
public final class StagedRows {

    private static final long CHUNK = 4_096;

    private static final String UNSENT = Db.TEMP + "unsent_rows";

    private final Db db;
    private final Staged staged;
    private final String known;

    /**
     * The rows of this generation.
     *
     * @param known the snapshot's table of rows
     */
    public StagedRows(Db db, Staged staged, String known) {
        this.db = db;
        this.staged = staged;
        this.known = known;
    }

    /** Tells each of them; one without a key may be anybody's. */
    public void each(Consumer<Row> told) throws SQLException {
        StagedKey key = staged.key();
        db.run("CREATE OR REPLACE TEMP TABLE " + UNSENT + " AS SELECT s.rowid AS staged_row FROM " + Staged.TABLE
                + " AS s WHERE NOT (" + staged.valid() + ") AND " + key.present("s") + " AND " + key.text("s")
                + " NOT IN (SELECT key FROM " + known + " WHERE live)");
        tell(told);
        db.run("DROP TABLE " + UNSENT);
    }

    private void tell(Consumer<Row> told) throws SQLException {
        String columns = staged.columns().entrySet().stream()
                .map(column -> column.getValue().wire(Sql.name(column.getKey())))
                .collect(Collectors.joining(", "));
        long end = db.number("SELECT coalesce(max(rowid) + 1, 0) FROM " + Staged.TABLE);
        for (long from = 0; from < end; from += CHUNK) {
            db.list(
                            "SELECT " + columns + " FROM " + Staged.TABLE + " WHERE rowid >= ? AND rowid < ?"
                                    + " AND rowid NOT IN (SELECT staged_row FROM " + UNSENT + ")",
                            this::row,
                            from,
                            from + CHUNK)
                    .forEach(told);
        }
    }

    private Row row(ResultSet row) throws SQLException {
        Map<String, Value> values = new LinkedHashMap<>();
        int column = 1;
        for (Map.Entry<String, ColumnType> entry : staged.columns().entrySet()) {
            values.put(entry.getKey(), entry.getValue().read(row, column++));
        }
        return new Row(values);
    }
}
