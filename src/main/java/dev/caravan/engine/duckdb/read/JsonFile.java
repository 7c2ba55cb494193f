package dev.caravan.engine.duckdb.read;

import dev.caravan.engine.duckdb.db.Db;
import dev.caravan.engine.duckdb.db.Sql;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A JSON file as a relation. Columns take JSON's own types, found over all rows: true and false, whole numbers, numbers,
 * text. No text is taken for a date or an id; where a column mixes kinds it is text, and JSON where arrays or objects are among them.
 */
final class JsonFile {

    private static final String BEYOND_64_BITS = "HUGE";
    private static final Set<String> WHOLE = Set.of("BIGINT", "UBIGINT", BEYOND_64_BITS);

    private JsonFile() {}

    /** SQL for the file's rows. The file is read once here for its types. */
    static String relation(Db db, Path file) throws SQLException {
        String source = "read_json(" + Sql.text(PathText.literal(file)) + ", maximum_depth = 1, sample_size = -1)";
        List<String> names = db.list("DESCRIBE SELECT * FROM " + source, row -> row.getString(1));
        List<Set<String>> kinds = kinds(db, source, names);
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String name = Sql.name(names.get(i));
            columns.add(typed(name, kinds.get(i)) + " AS " + name);
        }
        return "(SELECT " + String.join(", ", columns) + " FROM " + source + ")";
    }

    private static List<Set<String>> kinds(Db db, String source, List<String> names) throws SQLException {
        String kinds = names.stream()
                .map(name -> "array_to_string(list(DISTINCT " + kind(Sql.name(name)) + "), ',')")
                .collect(Collectors.joining(", "));
        return db.first("SELECT " + kinds + " FROM " + source, row -> {
                    List<Set<String>> all = new ArrayList<>();
                    for (int i = 1; i <= names.size(); i++) {
                        all.add(split(row.getString(i)));
                    }
                    return all;
                })
                .orElse(List.of());
    }

    private static String kind(String column) {
        return "CASE WHEN json_type(" + column + ") = 'UBIGINT' AND TRY_CAST(" + column + " AS BIGINT) IS NULL THEN '"
                + BEYOND_64_BITS + "' ELSE json_type(" + column + ") END";
    }

    private static Set<String> split(@Nullable String kinds) {
        return kinds == null
                ? Set.of()
                : Set.of(kinds.split(",", -1)).stream()
                        .filter(kind -> !kind.isEmpty() && !kind.equals("NULL"))
                        .collect(Collectors.toSet());
    }

    private static String typed(String column, Set<String> kinds) {
        if (kinds.contains("OBJECT") || kinds.contains("ARRAY")) {
            return column;
        }
        if (kinds.equals(Set.of("BOOLEAN"))) {
            return "CAST(" + column + " AS BOOLEAN)";
        }
        if (kinds.equals(Set.of("DOUBLE")) || (kinds.contains("DOUBLE") && whole(kinds))) {
            return "CAST(" + column + " AS DOUBLE)";
        }
        if (!kinds.isEmpty() && !kinds.contains("DOUBLE") && whole(kinds)) {
            return "CAST(" + column + " AS " + (kinds.contains(BEYOND_64_BITS) ? "HUGEINT" : "BIGINT") + ")";
        }
        return column + " ->> '$'";
    }

    private static boolean whole(Set<String> kinds) {
        return kinds.stream().allMatch(kind -> WHOLE.contains(kind) || kind.equals("DOUBLE"));
    }
}
