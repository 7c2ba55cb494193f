package dev.caravan.engine.duckdb.db;

import dev.caravan.row.RowKey;
import java.util.Collection;
import java.util.stream.Collectors;

/** Quoting, in one place. Cell values are never among what is quoted: they travel as parameters or by appender. */
public final class Sql {

    private Sql() {}

    /** An identifier, whatever it holds. */
    public static String name(String identifier) {
        return "\"" + identifier.replace("\"", "\"\"") + "\"";
    }

    /** A text constant: file paths and texts of mapping files. */
    public static String text(String constant) {
        return "'" + constant.replace("'", "''") + "'";
    }

    /** A text as the destination compares it: {@link RowKey.Equality#fold} in SQL. */
    public static String folded(String text, RowKey.Equality equality) {
        String trimmed = equality.trim() ? "trim(" + text + ", " + text(RowKey.Equality.TRIMMED) + ")" : text;
        return equality.ignoreCase() ? "lower(" + trimmed + ")" : trimmed;
    }

    /** Several identifiers, separated by commas. */
    public static String names(Collection<String> identifiers) {
        return identifiers.stream().map(Sql::name).collect(Collectors.joining(", "));
    }
}
