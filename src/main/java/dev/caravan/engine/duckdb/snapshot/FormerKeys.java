package dev.caravan.engine.duckdb.snapshot;

import dev.caravan.engine.duckdb.db.Db;
import dev.caravan.engine.duckdb.read.Staged;
import dev.caravan.row.Row;
import dev.caravan.row.Value;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;

/**
 * Finds the changes whose destination key another row's record has still: that row has another one in the model by now, or is invalid, so
 * that nobody knows yet whether its record will leave the key.
 */
final class FormerKeys {

    private static final int CHUNK = 4_096;
    private static final String NAME = "former_keys";
    private static final String FORMER = Db.TEMP + NAME;
    private static final String INVALID = Db.TEMP + "invalid_known";

    private final Db db;
    private final SnapshotFile file;
    private final Staged staged;

    FormerKeys(Db db, SnapshotFile file, Staged staged) {
        this.db = db;
        this.file = file;
        this.staged = staged;
    }

    /**
     * Marks them.
     *
     * @param noted the temporary table of each change's key, present and former destination key, where only evaluating an expression tells
     */
    void mark(Optional<String> noted) throws SQLException {
        db.run("CREATE OR REPLACE TEMP TABLE " + FORMER + " AS "
                + noted.map(this::ofNoted).orElseGet(this::ofColumns));
        if (noted.isPresent()) {
            addInvalid();
        }
        if (db.number("SELECT count(*) FROM " + FORMER) > 0) {
            db.run("UPDATE " + Changes.TABLE + " SET " + Changes.SHARED + " = " + Changes.EARLY + " WHERE "
                    + Changes.SHARED + " = " + Changes.ALONE + " AND f1 <> " + Diffing.REMOVED + " AND " + Changes.KEY
                    + " IN (SELECT w.key FROM (" + noted.map(FormerKeys::wanted).orElseGet(this::wanted)
                    + ") AS w JOIN " + FORMER + " AS o ON o.target = w.target WHERE o.key <> w.key)");
        }
        db.run("DROP TABLE " + FORMER);
    }

    private String ofNoted(String noted) {
        return "SELECT key, former AS target FROM " + Db.TEMP + noted
                + " WHERE former IS NOT NULL AND former IS DISTINCT FROM target";
    }

    private static String wanted(String noted) {
        return "SELECT key, target FROM " + Db.TEMP + noted + " WHERE NOT removed AND target IS NOT NULL";
    }

    private String ofColumns() {
        String known = known();
        String accepted = "p.live AND p.definition IS NOT NULL AND " + known + " IS NOT NULL";
        return "SELECT p.key AS key, " + known + " AS target FROM " + Diffing.TABLE + " AS d JOIN "
                + file.table("rows") + " AS p ON p.rowid = d.known_row JOIN " + Staged.TABLE
                + " AS m ON m.rowid = d.staged_row WHERE " + accepted + " AND "
                + differs(known, staged("m")) + " UNION ALL SELECT p.key, " + known + invalid() + " AND " + known
                + " IS NOT NULL";
    }

    /** Not {@code IS DISTINCT FROM}: by that DuckDB may join each row with all others before it looks which belong together. */
    private static String differs(String former, String present) {
        return "coalesce(" + former + " <> " + present + ", true)";
    }

    /** A row that is invalid is no change: what is known of it is looked up. */
    private String invalid() {
        return " FROM " + Staged.TABLE + " AS s JOIN " + file.table("rows") + " AS p ON p.key = "
                + staged.key().text("s") + " WHERE NOT (" + staged.valid()
                + ") AND p.live AND p.definition IS NOT NULL";
    }

    /** The keys that invalid rows were accepted under, evaluated chunk by chunk. */
    private void addInvalid() throws SQLException {
        List<String> columns = staged.target().source().columns().stream()
                .filter(file.columns()::has)
                .toList();
        String images = columns.stream()
                .map(name -> file.columns().get(name))
                .map(column -> ", " + column.type().wire("p." + column.physical()) + " AS " + column.physical())
                .collect(Collectors.joining());
        db.run("CREATE OR REPLACE TEMP TABLE " + INVALID + " AS SELECT p.key, p.definition" + images + invalid());
        long count = db.number("SELECT count(*) FROM " + INVALID);
        for (long from = 0; from < count; from += CHUNK) {
            List<Map.Entry<String, Row>> chunk = db.list(
                    "SELECT * FROM " + INVALID + " WHERE rowid >= ? AND rowid < ?",
                    row -> Map.entry(row.getString(1), image(row, columns)),
                    from,
                    from + CHUNK);
            try (DuckDBAppender appender = db.appender(NAME)) {
                for (Map.Entry<String, Row> row : chunk) {
                    add(row, appender);
                }
            }
        }
        db.run("DROP TABLE " + INVALID);
    }

    private void add(Map.Entry<String, Row> row, DuckDBAppender appender) throws SQLException {
        Optional<String> target = staged.target().of(row.getValue());
        if (target.isPresent()) {
            appender.beginRow();
            appender.append(row.getKey());
            appender.append(target.get());
            appender.endRow();
        }
    }

    private Row image(ResultSet row, List<String> columns) throws SQLException {
        Set<String> accepted = file.definitions().get(row.getInt(2)).columns();
        Map<String, Value> values = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            String name = columns.get(i);
            if (accepted.contains(name)) {
                values.put(name, file.columns().get(name).type().read(row, i + 3));
            }
        }
        return new Row(values);
    }

    private String wanted() {
        return "SELECT d.key AS key, " + staged("m") + " AS target FROM " + Diffing.TABLE + " AS d JOIN " + Staged.TABLE
                + " AS m ON m.rowid = d.staged_row";
    }

    private String staged(String alias) {
        return staged.target().text(alias).orElseThrow();
    }

    private String known() {
        return staged.target()
                .text(name -> "p." + file.columns().get(name).physical())
                .orElseThrow();
    }
}
