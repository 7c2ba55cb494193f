package dev.caravan.engine.duckdb.read;

import dev.caravan.engine.duckdb.db.ColumnType;
import dev.caravan.engine.duckdb.db.Sql;
import dev.caravan.row.RowKey;
import dev.caravan.row.ValueType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The key of staged rows. Its canonical text is built only for rows where somebody has to see it, or where comparing the key columns
 * themselves does not settle which keys are the same: building a million of them costs more than the join.
 *
 * @param parts the key columns with their types, in the model's order
 */
public record StagedKey(Map<String, ColumnType> parts, RowKey.Equality equality) {

    public StagedKey {
        parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
    }

    /** Whether comparing the columns is comparing the keys: nothing of them is folded. */
    public boolean plain() {
        return equality.equals(RowKey.Equality.EXACT)
                || parts.values().stream().noneMatch(type -> type.type() == ValueType.TEXT);
    }

    /** Names and types of the parts, as far as the canonical text depends on them. */
    public String shape() {
        return parts.entrySet().stream()
                .map(part -> part.getKey() + ":" + part.getValue().type().tag())
                .collect(Collectors.joining("\n"));
    }

    /** The key columns' names. */
    public List<String> names() {
        return List.copyOf(parts.keySet());
    }

    /** SQL that builds the canonical key of a staged row, as {@link RowKey} defines it; null where a part is null or unreadable. */
    public String text(String alias) {
        return parts.entrySet().stream()
                .map(part -> part(alias + "." + Sql.name(part.getKey()), part.getValue()))
                .collect(Collectors.joining(" || '|' || ", "(", ")"));
    }

    /** The condition that a staged row has a key. */
    public String present(String alias) {
        return parts.keySet().stream()
                .map(name -> alias + "." + Sql.name(name) + " IS NOT NULL")
                .collect(Collectors.joining(" AND ", "(", ")"));
    }

    private String part(String column, ColumnType type) {
        String text = type.type() == ValueType.TEXT
                ? "replace(replace(" + Sql.folded(column, equality) + ", '\\', '\\\\'), '|', '\\|')"
                : type.text(column);
        return "'" + type.type().tag() + ":' || " + text;
    }
}
