package dev.caravan.connector.jdbc.sql;

import dev.caravan.transport.SqlRequest.Several;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** Pieces of statements that all dialects share. */
public final class Text {

    private Text() {}

    /** An insert without a word on conflicts. */
    public static String insert(Dialect dialect, TableName table, List<String> columns) {
        return insert(dialect, table.in(dialect), columns);
    }

    static String insert(Dialect dialect, String table, List<String> columns) {
        return into(dialect, table, columns) + row(columns.size());
    }

    private static String into(Dialect dialect, String table, List<String> columns) {
        return "INSERT INTO " + table + " (" + each(dialect, columns, "%s", ", ") + ") VALUES ";
    }

    private static String row(int columns) {
        return "(" + String.join(", ", Collections.nCopies(columns, "?")) + ")";
    }

    /** An insert of several rows at once, with what follows it. */
    public static Several several(Dialect dialect, String table, List<String> columns, String tail) {
        return new Several(into(dialect, table, columns), row(columns.size()), tail);
    }

    /** A deletion by key. */
    public static String delete(Dialect dialect, TableName table, List<String> key) {
        return "DELETE FROM " + table.in(dialect) + " WHERE " + where(dialect, key);
    }

    /** An update by key; parameters are the columns, then the key. */
    static String update(Dialect dialect, TableName table, List<String> key, List<String> columns) {
        return "UPDATE " + table.in(dialect) + " SET " + each(dialect, columns, "%s = ?", ", ") + " WHERE "
                + where(dialect, key);
    }

    /** What follows an insert, so that it changes these columns where the key is there. */
    static String onConflict(Dialect dialect, List<String> key, List<String> columns) {
        return " ON CONFLICT (" + each(dialect, key, "%s", ", ") + ") DO "
                + (columns.isEmpty() ? "NOTHING" : "UPDATE SET " + each(dialect, columns, "%s = EXCLUDED.%s", ", "));
    }

    /** That a record has the key, whose values are parameters. */
    static String where(Dialect dialect, List<String> key) {
        return each(dialect, key, "%s = ?", " AND ");
    }

    /** Asks which of so many keys are there; each is answered by its place. */
    public static String present(Dialect dialect, TableName table, List<String> key, int keys) {
        StringBuilder query = new StringBuilder();
        for (int i = 0; i < keys; i++) {
            query.append(i == 0 ? "" : " UNION ALL ")
                    .append("SELECT ")
                    .append(i)
                    .append(" FROM ")
                    .append(table.in(dialect))
                    .append(" WHERE ")
                    .append(where(dialect, key));
        }
        return query.toString();
    }

    /** Asks for the records with a key whether each has these values; parameters are the values, then the key. */
    public static String compared(Dialect dialect, TableName table, List<String> key, List<Column> columns) {
        String condition = columns.isEmpty()
                ? "1 = 1"
                : columns.stream().map(dialect::same).collect(Collectors.joining(" AND "));
        return "SELECT CASE WHEN " + condition + " THEN 'same' ELSE 'other' END FROM " + table.in(dialect) + " WHERE "
                + where(dialect, key);
    }

    /** A pattern for each column's quoted name, joined. */
    static String each(Dialect dialect, List<String> columns, String pattern, String between) {
        return columns.stream()
                .map(column -> pattern.replace("%s", dialect.quoted(column)))
                .collect(Collectors.joining(between));
    }

    /** The key and the columns. */
    public static List<String> with(List<String> key, List<String> columns) {
        List<String> all = new ArrayList<>(key);
        all.addAll(columns);
        return all;
    }
}
