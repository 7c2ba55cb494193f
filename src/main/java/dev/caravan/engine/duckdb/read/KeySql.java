package dev.caravan.engine.duckdb.read;

import dev.caravan.engine.duckdb.db.Sql;
import dev.caravan.row.RowKey;
import dev.caravan.row.ValueType;
import java.util.List;
import java.util.stream.Collectors;

/** SQL for the canonical key of a row, as {@link RowKey} defines it; null where a part is null or unreadable. */
final class KeySql {

    private KeySql() {}

    static String of(List<ReadColumn> parts, RowKey.Equality equality) {
        return parts.stream().map(part -> part(part, equality)).collect(Collectors.joining(" || '|' || "));
    }

    private static String part(ReadColumn part, RowKey.Equality equality) {
        String column = Sql.name(part.name());
        String text = part.type().type() == ValueType.TEXT
                ? "replace(replace(" + folded(column, equality) + ", '\\', '\\\\'), '|', '\\|')"
                : part.type().text(column);
        return "'" + part.type().type().tag() + ":' || " + text;
    }

    private static String folded(String text, RowKey.Equality equality) {
        String trimmed = equality.trim() ? "trim(" + text + ", " + Sql.text(RowKey.Equality.TRIMMED) + ")" : text;
        return equality.ignoreCase() ? "lower(" + trimmed + ")" : trimmed;
    }
}
