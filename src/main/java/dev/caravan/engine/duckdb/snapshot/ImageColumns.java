package dev.caravan.engine.duckdb.snapshot;

import dev.caravan.engine.duckdb.db.ColumnType;
import dev.caravan.engine.duckdb.db.Db;
import dev.caravan.engine.duckdb.snapshot.Definitions.Definition;
import dev.caravan.row.ValueType;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The image columns of a snapshot. Each model column that was ever read has a physical column {@code c<n>}, so that names
 * which DuckDB would confuse ({@code Id} and {@code id}) stay apart.
 */
final class ImageColumns {

    private final Db db;
    private final SnapshotFile file;
    private final Map<String, Stored> byName = new LinkedHashMap<>();

    ImageColumns(Db db, SnapshotFile file) throws SQLException {
        this.db = db;
        this.file = file;
        reload();
    }

    /** A physical column with the type it is stored in. */
    record Stored(String physical, ColumnType type) {}

    static String schema(String table) {
        return "CREATE TABLE " + table + " (name VARCHAR, physical VARCHAR, value_type VARCHAR, sql_type VARCHAR)";
    }

    void reload() throws SQLException {
        byName.clear();
        String sql = "SELECT name, physical, value_type, sql_type FROM " + file.table("columns") + " ORDER BY name";
        db.list(
                        sql,
                        row -> Map.entry(
                                row.getString(1),
                                new Stored(
                                        row.getString(2),
                                        new ColumnType(ValueType.valueOf(row.getString(3)), row.getString(4)))))
                .forEach(entry -> byName.put(entry.getKey(), entry.getValue()));
    }

    /** All columns by name. */
    Map<String, Stored> all() {
        return byName;
    }

    Stored get(String name) {
        Stored stored = byName.get(name);
        if (stored == null) {
            throw new IllegalStateException("the snapshot has no column " + name);
        }
        return stored;
    }

    boolean has(String name) {
        return byName.containsKey(name);
    }

    /** Adds the columns that are missing and turns those of another type into the type now read. */
    void ensure(Map<String, ColumnType> wanted) throws SQLException {
        for (Map.Entry<String, ColumnType> column : wanted.entrySet()) {
            Stored stored = byName.get(column.getKey());
            if (stored == null) {
                db.inTransaction(() -> add(column.getKey(), column.getValue()));
            } else if (!stored.type().equals(column.getValue())) {
                convert(column.getKey(), stored, column.getValue());
            }
        }
    }

    /** Adds columns in the caller's transaction. */
    void addAll(Map<String, ColumnType> columns) throws SQLException {
        for (Map.Entry<String, ColumnType> column : columns.entrySet()) {
            add(column.getKey(), column.getValue());
        }
    }

    private void add(String name, ColumnType type) throws SQLException {
        int next = byName.values().stream()
                        .mapToInt(stored -> Integer.parseInt(stored.physical().substring(1)))
                        .max()
                        .orElse(0)
                + 1;
        String physical = "c" + next;
        db.run("ALTER TABLE " + file.table("rows") + " ADD COLUMN " + physical + " " + type.sql());
        db.run(
                "INSERT INTO " + file.table("columns") + " VALUES (?, ?, ?, ?)",
                name,
                physical,
                type.type().name(),
                type.sql());
        byName.put(name, new Stored(physical, type));
    }

    /** A value that would not survive the way there and back leaves its row's image: that row becomes a candidate. */
    private void convert(String name, Stored from, ColumnType to) throws SQLException {
        String rows = file.table("rows");
        String there = converted(from.physical(), from.type(), to);
        String back = converted(there, to, from.type());
        String lossy = from.physical() + " IS NOT NULL AND " + back + " IS DISTINCT FROM " + from.physical();
        db.inTransaction(() -> {
            for (Integer id : db.list(
                    "SELECT DISTINCT definition FROM " + rows + " WHERE definition IS NOT NULL AND " + lossy,
                    row -> row.getInt(1))) {
                int without = without(name, id);
                db.run(
                        "UPDATE " + rows + " SET definition = ?, row_hash = NULL WHERE definition = ? AND " + lossy,
                        without,
                        id);
            }
        });
        db.inTransaction(() -> {
            db.run("ALTER TABLE " + rows + " ALTER " + from.physical() + " TYPE " + to.sql() + " USING " + there);
            db.run(
                    "UPDATE " + file.table("columns") + " SET value_type = ?, sql_type = ? WHERE name = ?",
                    to.type().name(),
                    to.sql(),
                    name);
        });
        byName.put(name, new Stored(from.physical(), to));
    }

    private int without(String name, int id) throws SQLException {
        Definition definition = file.definitions().get(id);
        Set<String> columns = new TreeSet<>(definition.columns());
        columns.remove(name);
        return file.definitions().idOf(definition.text(), columns);
    }

    private static String converted(String value, ColumnType from, ColumnType to) {
        return to.type() == ValueType.TEXT ? from.text(value) : "TRY_CAST(" + value + " AS " + to.sql() + ")";
    }

    /** The physical columns of these names, in their order. */
    List<String> physical(List<String> names) {
        return names.stream().map(name -> get(name).physical()).toList();
    }
}
