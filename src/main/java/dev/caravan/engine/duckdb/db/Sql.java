package dev.caravan.engine.duckdb.db;

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

    /** Several identifiers, separated by commas. */
    public static String names(Collection<String> identifiers) {
        return identifiers.stream().map(Sql::name).collect(Collectors.joining(", "));
    }
}
