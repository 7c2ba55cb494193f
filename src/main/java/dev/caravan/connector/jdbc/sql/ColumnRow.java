package dev.caravan.connector.jdbc.sql;

import dev.caravan.mapping.TargetField;
import dev.caravan.mapping.TargetField.Kind;
import dev.caravan.row.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One column as a description answers it: name, type, length, precision, scale, and then {@code yes} or {@code no} for nullable, default,
 * generated, may be inserted, may be updated, unique by itself, ignores case; at last the values of a closed list.
 */
public final class ColumnRow {

    /** How many columns a description's answer has. */
    public static final int WIDTH = 13;

    /** Between the values of a list, where the database makes one of them. */
    static final String BETWEEN = "\u001f";

    private static final Pattern QUOTED = Pattern.compile("'((?:[^']|'')*)'");

    private ColumnRow() {}

    /**
     * The field.
     *
     * @param ours whether it is the column for our dedupe keys, which no mapping fills
     */
    public static TargetField field(Dialect dialect, List<Value> row, boolean ours) {
        List<String> values = values(row.get(12));
        String type = row.get(1).text();
        Kind kind = dialect.kind(type, values);
        boolean generated = yes(row, 7) || ours;
        boolean nullable = yes(row, 5);
        boolean unique = yes(row, 10);
        return new TargetField(
                row.get(0).text(),
                kind,
                kind == Kind.TEXT || kind == Kind.BINARY ? number(row.get(2)) : 0,
                kind == Kind.NUMBER || kind == Kind.INTEGER ? number(row.get(3)) : 0,
                kind == Kind.NUMBER ? number(row.get(4)) : 0,
                yes(row, 8) && !generated,
                yes(row, 9) && !generated,
                nullable,
                !nullable && !yes(row, 6) && !generated,
                unique && canIdentify(kind) && (!nullable || dialect.nullableKeys()),
                unique,
                yes(row, 11),
                kind == Kind.ENUM ? values : List.of(),
                0,
                kind == Kind.JSON || kind == Kind.BINARY ? type : "");
    }

    /** One JSON value has many texts, which some databases take for many keys. */
    private static boolean canIdentify(Kind kind) {
        return kind != Kind.OTHER && kind != Kind.JSON;
    }

    private static boolean yes(List<Value> row, int at) {
        return row.get(at).text().equals("yes");
    }

    /** Longer than any text we hold is no limit. */
    private static int number(Value value) {
        String text = value.text();
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
    }

    /** A list made by us, or the type as it is declared: {@code enum('a','b')}. */
    private static List<String> values(Value value) {
        String text = value.text();
        if (!text.contains("('")) {
            return text.isEmpty() ? List.of() : List.of(text.split(BETWEEN, -1));
        }
        List<String> values = new ArrayList<>();
        Matcher quoted = QUOTED.matcher(text);
        while (quoted.find()) {
            values.add(quoted.group(1).replace("''", "'"));
        }
        return values;
    }
}
