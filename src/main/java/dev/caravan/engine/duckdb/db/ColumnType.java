package dev.caravan.engine.duckdb.db;

import dev.caravan.row.Value;
import dev.caravan.row.ValueType;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A column as it is staged and stored: our type and the DuckDB type that holds it. All times are microseconds.
 *
 * @param sql the DuckDB type, as DuckDB writes it
 */
public record ColumnType(ValueType type, String sql) {

    public static final ColumnType TEXT = new ColumnType(ValueType.TEXT, "VARCHAR");
    private static final String INSTANT = "TIMESTAMP WITH TIME ZONE";

    /** The type a column is staged with, given the DuckDB type it is read with; empty if no value type stands for it. */
    public static Optional<ColumnType> of(String duckType) {
        int parenthesis = duckType.indexOf('(');
        String base = parenthesis < 0 ? duckType : duckType.substring(0, parenthesis);
        if (duckType.endsWith("]")) {
            return Optional.of(declared(ValueType.JSON));
        }
        return Optional.ofNullable(
                switch (base) {
                    case "BOOLEAN" -> declared(ValueType.BOOLEAN);
                    case "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER" ->
                        declared(ValueType.INTEGER);
                    case "UBIGINT" -> new ColumnType(ValueType.DECIMAL, "DECIMAL(20,0)");
                    case "HUGEINT", "UHUGEINT" -> new ColumnType(ValueType.DECIMAL, "DECIMAL(38,0)");
                    case "DECIMAL" -> new ColumnType(ValueType.DECIMAL, duckType);
                    case "FLOAT", "DOUBLE" -> declared(ValueType.DOUBLE);
                    case "VARCHAR", "ENUM", "UUID" -> TEXT;
                    case "DATE" -> declared(ValueType.DATE);
                    case "TIME", "TIME_NS" -> declared(ValueType.TIME);
                    case "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS" -> declared(ValueType.TIMESTAMP);
                    case INSTANT -> declared(ValueType.TIMESTAMPTZ);
                    case "JSON", "STRUCT", "MAP" -> declared(ValueType.JSON);
                    case "BLOB" -> declared(ValueType.BINARY);
                    default -> null;
                });
    }

    /** The type of a column that is declared, or of which only values are known. */
    public static ColumnType declared(ValueType type) {
        return switch (type) {
            case BOOLEAN -> new ColumnType(type, "BOOLEAN");
            case INTEGER -> new ColumnType(type, "BIGINT");
            case DECIMAL -> new ColumnType(type, "DECIMAL(38,18)");
            case DOUBLE -> new ColumnType(type, "DOUBLE");
            case TEXT -> TEXT;
            case DATE -> new ColumnType(type, "DATE");
            case TIME -> new ColumnType(type, "TIME");
            case TIMESTAMP -> new ColumnType(type, "TIMESTAMP");
            case TIMESTAMPTZ -> new ColumnType(type, INSTANT);
            case JSON -> new ColumnType(type, "VARCHAR");
            case BINARY -> new ColumnType(type, "BLOB");
        };
    }

    /** SQL for the canonical text of a value of this type: the same as {@link Value#text}, but JSON as it was written. */
    public String text(String value) {
        String plain = "CAST(" + value + " AS VARCHAR)";
        return switch (type) {
            case BOOLEAN, INTEGER, DATE, TIME -> plain;
            case TEXT, JSON -> value;
            case BINARY -> "to_base64(" + value + ")";
            case DECIMAL -> sql.endsWith(",0)") ? plain : decimalText(plain);
            case DOUBLE -> DoubleText.of(value);
            case TIMESTAMP -> "replace(" + plain + ", ' ', 'T')";
            case TIMESTAMPTZ -> "(replace(CAST(timezone('UTC', " + value + ") AS VARCHAR), ' ', 'T') || 'Z')";
        };
    }

    private static String decimalText(String plain) {
        String trimmed = "rtrim(rtrim(" + plain + ", '0'), '.')";
        return "(CASE WHEN " + plain + " LIKE '.%' OR " + plain + " LIKE '-.%' THEN "
                + "CASE " + trimmed + " WHEN '' THEN '0' WHEN '-' THEN '0' ELSE replace(" + trimmed
                + ", '.', '0.') END ELSE " + trimmed + " END)";
    }

    /** SQL for the value of a text that {@link Value#text} wrote; null where it is none of this type. */
    public String parsed(String text) {
        return type == ValueType.BINARY ? "TRY(from_base64(" + text + "))" : "TRY_CAST(" + text + " AS " + sql + ")";
    }

    /** SQL for a value as {@link #read} takes it: times as whole microseconds, so that no zone of the JVM has a say. */
    public String wire(String value) {
        return switch (type) {
            case BOOLEAN, INTEGER, DECIMAL, DOUBLE, TEXT, JSON -> value;
            case BINARY -> text(value);
            case DATE -> "CAST(" + value + " - DATE '1970-01-01' AS BIGINT)";
            case TIME, TIMESTAMP, TIMESTAMPTZ -> "epoch_us(" + value + ")";
        };
    }

    /** The value in a column of a result that was selected by {@link #wire}. */
    public Value read(ResultSet row, int column) throws SQLException {
        Value value = switch (type) {
            case BOOLEAN -> new Value.Bool(row.getBoolean(column));
            case INTEGER -> new Value.Int(row.getLong(column));
            case DECIMAL -> decimal(row.getBigDecimal(column));
            case DOUBLE -> new Value.Real(row.getDouble(column));
            case TEXT -> text(row, column);
            case DATE -> new Value.Date(LocalDate.ofEpochDay(row.getLong(column)));
            case TIME -> new Value.Time(LocalTime.ofNanoOfDay(row.getLong(column) * 1000));
            case TIMESTAMP ->
                new Value.Timestamp(LocalDateTime.ofInstant(instant(row.getLong(column)), ZoneOffset.UTC));
            case TIMESTAMPTZ -> new Value.ZonedTimestamp(instant(row.getLong(column)));
            case JSON -> json(row.getString(column));
            case BINARY -> binary(row.getString(column));
        };
        return row.wasNull() ? Value.ofNull() : value;
    }

    /** An instant from microseconds since 1970. */
    public static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private static Value decimal(@Nullable BigDecimal number) {
        return number == null ? Value.ofNull() : new Value.Decimal(number);
    }

    /** What the engine takes for JSON and nobody else can read, nested a thousand deep, stays the text it is. */
    private static Value json(@Nullable String text) {
        if (text == null) {
            return Value.ofNull();
        }
        try {
            Value.Json json = new Value.Json(text);
            return json.isEmpty() ? Value.ofNull() : json;
        } catch (IllegalArgumentException e) {
            return new Value.Text(text);
        }
    }

    private static Value binary(@Nullable String base64) {
        return base64 == null ? Value.ofNull() : new Value.Binary(base64);
    }

    private static Value text(ResultSet row, int column) throws SQLException {
        String text = row.getString(column);
        return text == null ? Value.ofNull() : new Value.Text(text);
    }
}
