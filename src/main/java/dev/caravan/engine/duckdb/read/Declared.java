package dev.caravan.engine.duckdb.read;

import dev.caravan.engine.duckdb.db.ColumnType;
import dev.caravan.engine.duckdb.db.Sql;
import dev.caravan.model.ColumnDeclaration;
import dev.caravan.row.ValueType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * SQL that reads a cell as its declared type, null where it cannot be done without loss. Texts are read strictly: ISO dates
 * and times, plain numbers, no rounding; DuckDB's own casts would round 1.7 to 2 and take 1_000 for a number.
 */
final class Declared {

    private static final String NUMBER = "[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)";
    private static final String EXACT = "[+-]?([0-9]+|[0-9]*[.][0-9]{1,18}0*|[0-9]+[.])";
    private static final String DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}";
    private static final String CLOCK = "([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,9})?)?";
    private static final String OFFSET = " ?(Z|[+-][0-9]{2}(:?[0-9]{2})?)";

    private Declared() {}

    /** The type a declared column has: a timestamp with a zone is an instant, an exact decimal keeps its scale. */
    static ColumnType type(ColumnType read, ColumnDeclaration declaration) {
        if (declaration.type() == ValueType.TIMESTAMP && declaration.zone().isPresent()) {
            return ColumnType.declared(ValueType.TIMESTAMPTZ);
        }
        return read.type() == declaration.type() ? read : ColumnType.declared(declaration.type());
    }

    /** The value, or empty if the type read can never be read as the type declared. */
    static Optional<String> value(ColumnType read, ColumnType type, ColumnDeclaration declaration, String cell) {
        if (type.type() == ValueType.TIMESTAMPTZ) {
            return instant(read.type(), declaration, cell);
        }
        if (read.type() == ValueType.TEXT) {
            return Optional.of(fromText(type, cell));
        }
        if (read.type() == ValueType.JSON) {
            boolean text = type.type() == ValueType.JSON || type.type() == ValueType.TEXT;
            return text ? Optional.of(json(cell)) : Optional.empty();
        }
        if (type.type() == ValueType.TEXT) {
            return Optional.of(read.text(cell));
        }
        return Optional.ofNullable(fromTyped(read.type(), type, cell));
    }

    private static String fromText(ColumnType type, String cell) {
        String text = "trim(" + cell + ")";
        return switch (type.type()) {
            case TEXT -> cell;
            case BOOLEAN ->
                "(CASE WHEN lower(" + text + ") IN ('true', 't', 'yes', 'y', '1') THEN true" + " WHEN lower(" + text
                        + ") IN ('false', 'f', 'no', 'n', '0') THEN false END)";
            case INTEGER -> matching(text, "[+-]?[0-9]+", type);
            case DECIMAL -> matching(text, EXACT, type);
            case DOUBLE -> matching(text, NUMBER + "([eE][+-]?[0-9]+)?|[+-]?(?i:nan|inf|infinity)", type);
            case DATE -> matching(text, DAY, type);
            case TIME -> matching(text, CLOCK, type);
            case TIMESTAMP -> matching(text, DAY + "[ T]" + CLOCK, type);
            case TIMESTAMPTZ -> matching(text, DAY + "[ T]" + CLOCK + OFFSET, type);
            case JSON -> "(CASE WHEN json_valid(" + cell + ") THEN " + cell + " END)";
            case BINARY -> "TRY(from_base64(" + text + "))";
        };
    }

    /** JSON as it is written, since DuckDB's own rewriting rounds numbers; structures and lists as JSON. JSON's null is no value. */
    static String json(String cell) {
        String json = "to_json(" + cell + ")";
        return "(CASE WHEN json_type(" + json + ") = 'NULL' THEN NULL WHEN typeof(" + cell + ") = 'JSON' THEN CAST("
                + cell + " AS VARCHAR) ELSE CAST(" + json + " AS VARCHAR) END)";
    }

    private static String matching(String text, String pattern, ColumnType type) {
        return "(CASE WHEN regexp_full_match(" + text + ", " + Sql.text(pattern) + ") THEN TRY_CAST(" + text + " AS "
                + type.sql() + ") END)";
    }

    private static Optional<String> instant(ValueType read, ColumnDeclaration declaration, String cell) {
        Optional<String> zone = declaration.zone().map(z -> Sql.text(z.getId()));
        String offset = fromText(ColumnType.declared(ValueType.TIMESTAMPTZ), cell);
        return switch (read) {
            case TEXT ->
                Optional.of(zone.map(z -> "coalesce(" + offset + ", "
                                + inZone(z, fromText(ColumnType.declared(ValueType.TIMESTAMP), cell)) + ")")
                        .orElse(offset));
            case TIMESTAMPTZ -> Optional.of("TRY_CAST(" + cell + " AS TIMESTAMPTZ)");
            case TIMESTAMP, DATE -> zone.map(z -> inZone(z, "TRY_CAST(" + cell + " AS TIMESTAMP)"));
            case BOOLEAN, INTEGER, DECIMAL, DOUBLE, TIME, JSON, BINARY -> Optional.empty();
        };
    }

    private static String inZone(String zone, String wallClock) {
        return "timezone(" + zone + ", " + wallClock + ")";
    }

    private static @Nullable String fromTyped(ValueType read, ColumnType type, String cell) {
        String cast = "TRY_CAST(" + cell + " AS " + type.sql() + ")";
        if (read == type.type()) {
            return cast;
        }
        return switch (type.type()) {
            case INTEGER ->
                read.numeric() ? "(CASE WHEN " + cell + " = trunc(" + cell + ") THEN " + cast + " END)" : null;
            case DECIMAL -> read.numeric() ? "TRY_CAST(CAST(" + cell + " AS VARCHAR) AS " + type.sql() + ")" : null;
            case DOUBLE -> read.numeric() ? cast : null;
            case BOOLEAN ->
                read == ValueType.INTEGER ? "(CASE " + cell + " WHEN 1 THEN true WHEN 0 THEN false END)" : null;
            case DATE -> read == ValueType.TIMESTAMP ? cast : null;
            case TIMESTAMP -> read == ValueType.DATE ? cast : null;
            case TEXT, TIME, TIMESTAMPTZ, JSON, BINARY -> null;
        };
    }
}
