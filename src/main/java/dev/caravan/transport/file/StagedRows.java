package dev.caravan.transport.file;

import dev.caravan.engine.duckdb.db.ColumnType;
import dev.caravan.engine.duckdb.db.Db;
import dev.caravan.engine.duckdb.db.Sql;
import dev.caravan.row.KeyText;
import dev.caravan.row.Value;
import dev.caravan.row.ValueCodec;
import dev.caravan.row.ValueType;
import dev.caravan.transport.StoreRequest.Change;
import dev.caravan.transport.StoreRequest.Entry;
import dev.caravan.transport.StoreRequest.Mode;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;

/**
 * The entries of a change as a temporary table: for each column the canonical text of its value and whether the entry has one at all, and
 * what present rows are compared by.
 *
 * @param given the columns that entries have values for, each with the types of these values
 */
record StagedRows(Db db, Change change, Map<String, Set<ValueType>> given) {

    private static final String TABLE = Db.TEMP + "staged";
    private static final String HITS = Db.TEMP + "hits";

    static StagedRows of(Db db, Change change) throws SQLException {
        Map<String, Set<ValueType>> given = new LinkedHashMap<>();
        if (change.mode() != Mode.DELETE) {
            change.key().fields().forEach(column -> note(given, column, Value.ofNull()));
            for (Entry entry : change.entries()) {
                change.row(entry).forEach((column, value) -> note(given, column, value));
            }
        }
        StagedRows staged = new StagedRows(db, change, given);
        staged.fill();
        return staged;
    }

    private static void note(Map<String, Set<ValueType>> given, String column, Value value) {
        Set<ValueType> types = given.computeIfAbsent(column, first -> EnumSet.noneOf(ValueType.class));
        if (!value.isNull()) {
            types.add(ValueCodec.typeOf(value));
        }
    }

    private static String text(int column) {
        return "t" + column;
    }

    private static String has(int column) {
        return "h" + column;
    }

    private void fill() throws SQLException {
        StringBuilder columns = new StringBuilder("place INTEGER, known VARCHAR");
        for (int i = 0; i < given.size(); i++) {
            columns.append(", ")
                    .append(text(i))
                    .append(" VARCHAR, ")
                    .append(has(i))
                    .append(" BOOLEAN");
        }
        db.run("CREATE TEMP TABLE " + TABLE + " (" + columns + ")");
        Set<String> seen = new HashSet<>();
        try (DuckDBAppender rows = db.appender("staged")) {
            for (int place = 0; place < change.entries().size(); place++) {
                Entry entry = change.entries().get(place);
                String known = change.mode() == Mode.APPEND ? entry.dedupeKey() : entry.keyText();
                if (seen.add(known)) {
                    append(rows, place, known, entry);
                }
            }
        }
    }

    private void append(DuckDBAppender rows, int place, String known, Entry entry) throws SQLException {
        rows.beginRow();
        rows.append(place);
        rows.append(known);
        Map<String, Value> row = change.row(entry);
        for (String column : given.keySet()) {
            Value value = row.getOrDefault(column, Value.ofNull());
            if (value.isNull()) {
                rows.appendNull();
            } else {
                rows.append(value.text());
            }
            rows.append(row.containsKey(column));
        }
        rows.endRow();
    }

    /** Takes out the rows with a value that its column cannot hold, and says which they are. */
    List<Integer> refuseUnfit(ParquetTypes types) throws SQLException {
        Set<String> unfit = new LinkedHashSet<>();
        int i = 0;
        for (String column : given.keySet()) {
            String text = text(i++);
            unfit.add("(" + text + " IS NOT NULL AND TRY(" + types.read(column, text) + ") IS NULL)");
            // DuckDB would round them, and nothing is rounded silently.
            types.scale(column).ifPresent(scale -> unfit.add("length(split_part(" + text + ", '.', 2)) > " + scale));
        }
        if (unfit.isEmpty()) {
            return List.of();
        }
        String where = " WHERE " + String.join(" OR ", unfit);
        List<Integer> places = db.list("SELECT place FROM " + TABLE + where, row -> row.getInt(1));
        db.run("DELETE FROM " + TABLE + where);
        return places;
    }

    /** The places of the entries that a present row is about. */
    List<Integer> hits(Path present, Map<String, String> there) throws SQLException {
        db.run("CREATE TEMP TABLE " + HITS + " AS SELECT DISTINCT s.place FROM " + ParquetFormat.from(present)
                + " p JOIN " + TABLE + " s ON s.known = " + known(there));
        return db.list("SELECT place FROM " + HITS, row -> row.getInt(1));
    }

    /** That there are none. */
    List<Integer> noHits() throws SQLException {
        db.run("CREATE TEMP TABLE " + HITS + " (place INTEGER)");
        return List.of();
    }

    /** What present rows are compared by: null where a part of it is null, several joined as {@link KeyText} does. */
    private String known(Map<String, String> there) {
        List<String> columns = Merging.knownBy(change);
        List<String> texts =
                columns.stream().map(column -> known(column, there)).toList();
        return columns.size() == 1
                ? texts.getFirst()
                : texts.stream()
                        .map(text -> "replace(replace(" + text + ", '\\', '\\\\'), '|', '\\|')")
                        .collect(Collectors.joining(" || '|' || ", "(", ")"));
    }

    private static String known(String column, Map<String, String> there) {
        String value = "p." + Sql.name(column);
        String text = ColumnType.of(there.getOrDefault(column, "VARCHAR"))
                .map(type -> type.text(value))
                .orElse("CAST(" + value + " AS VARCHAR)");
        return Sql.folded(text, Entry.EQUALITY);
    }

    /** The query of the next generation. */
    String merged(Optional<Path> present, Map<String, String> there, List<String> columns, ParquetTypes types) {
        String added = "SELECT "
                + ParquetFormat.list(columns.stream().map(c -> fresh(c, types)).toList()) + " FROM " + TABLE
                + " s WHERE s.place NOT IN (SELECT place FROM " + HITS + ")";
        boolean adds = change.mode() == Mode.UPSERT || change.mode() == Mode.APPEND;
        if (present.isEmpty()) {
            return adds ? added : added + " AND false";
        }
        boolean byKnown = change.mode() != Mode.APPEND
                && there.keySet().containsAll(change.key().fields());
        String kept = "SELECT "
                + ParquetFormat.list(columns.stream()
                        .map(c -> kept(c, there, types, byKnown))
                        .toList())
                + " FROM " + ParquetFormat.from(present.get()) + " p"
                + (byKnown ? " LEFT JOIN " + TABLE + " s ON s.known = " + known(there) : "")
                + (change.mode() == Mode.DELETE ? " WHERE s.place IS NULL" : "");
        return adds ? kept + " UNION ALL " + added : kept;
    }

    private int index(String column) {
        return List.copyOf(given.keySet()).indexOf(column);
    }

    private String fresh(String column, ParquetTypes types) {
        String value = column.equals(Change.DEDUPE_COLUMN) && change.mode() == Mode.APPEND
                ? "s.known"
                : index(column) < 0 ? "NULL" : "s." + text(index(column));
        return types.read(column, value) + " AS " + Sql.name(column);
    }

    private String kept(String column, Map<String, String> there, ParquetTypes types, boolean joined) {
        String type = types.sql(column);
        String present = there.containsKey(column) ? "p." + Sql.name(column) : "NULL";
        boolean changes = joined && index(column) >= 0 && !change.key().fields().contains(column);
        String value = changes
                ? "CASE WHEN s." + has(index(column)) + " THEN " + types.read(column, "s." + text(index(column)))
                        + " ELSE CAST(" + present + " AS " + type + ") END"
                : "CAST(" + present + " AS " + type + ")";
        return value + " AS " + Sql.name(column);
    }
}
