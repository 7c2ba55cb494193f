package dev.caravan.engine.duckdb.snapshot;

import dev.caravan.engine.duckdb.db.Db;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The field definitions that rows of a snapshot were accepted under, each with the columns that such a row's image has. A
 * column that is not among them is absent from the row, which is not the same as null in it.
 */
final class Definitions {

    private static final String SEPARATOR = "\n";

    private final Db db;
    private final String table;
    private final Map<Integer, Definition> byId = new HashMap<>();

    Definitions(Db db, String table) throws SQLException {
        this.db = db;
        this.table = table;
        reload();
    }

    /** One definition with one set of image columns. */
    record Definition(String text, Set<String> columns) {}

    static String schema(String table) {
        return "CREATE TABLE " + table + " (id INTEGER, definition VARCHAR, columns VARCHAR)";
    }

    Definition get(int id) {
        Definition definition = byId.get(id);
        if (definition == null) {
            throw new IllegalStateException("no definition " + id);
        }
        return definition;
    }

    /** The id of a definition, made if new; in the caller's transaction. */
    int idOf(String text, Collection<String> columns) throws SQLException {
        Definition wanted = new Definition(text, new TreeSet<>(columns));
        for (Map.Entry<Integer, Definition> entry : byId.entrySet()) {
            if (entry.getValue().equals(wanted)) {
                return entry.getKey();
            }
        }
        int id = byId.keySet().stream().mapToInt(Integer::intValue).max().orElse(0) + 1;
        db.run("INSERT INTO " + table + " VALUES (?, ?, ?)", id, text, String.join(SEPARATOR, wanted.columns()));
        byId.put(id, wanted);
        return id;
    }

    /** The ids of this definition, whatever columns their rows have. */
    List<Integer> idsOf(String text) {
        return byId.entrySet().stream()
                .filter(entry -> entry.getValue().text().equals(text))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** The ids whose rows have all these columns. */
    List<Integer> idsWith(Collection<String> columns) {
        return byId.entrySet().stream()
                .filter(entry -> entry.getValue().columns().containsAll(columns))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** Reads them anew, after a transaction that may have failed. */
    void reload() throws SQLException {
        byId.clear();
        List<Map.Entry<Integer, Definition>> stored = new ArrayList<>(db.list(
                "SELECT id, definition, columns FROM " + table,
                row -> Map.entry(row.getInt(1), new Definition(row.getString(2), split(row.getString(3))))));
        stored.forEach(entry -> byId.put(entry.getKey(), entry.getValue()));
    }

    private static Set<String> split(String columns) {
        return columns.isEmpty() ? Set.of() : new TreeSet<>(Arrays.asList(columns.split(SEPARATOR, -1)));
    }
}
