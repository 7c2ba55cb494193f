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

/** All staged rows, a chunk at a time in the heap. */
public final class StagedRows {

    private static final long CHUNK = 4_096;

    private final Db db;
    private final Staged staged;

    /** The rows of this generation. */
    public StagedRows(Db db, Staged staged) {
        this.db = db;
        this.staged = staged;
    }

    /** Tells each of them, valid or not. */
    public void each(Consumer<Row> told) throws SQLException {
        String columns = staged.columns().entrySet().stream()
                .map(column -> column.getValue().wire(Sql.name(column.getKey())))
                .collect(Collectors.joining(", "));
        long end = db.number("SELECT coalesce(max(rowid) + 1, 0) FROM " + Staged.TABLE);
        for (long from = 0; from < end; from += CHUNK) {
            db.list(
                            "SELECT " + columns + " FROM " + Staged.TABLE + " WHERE rowid >= ? AND rowid < ?",
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
