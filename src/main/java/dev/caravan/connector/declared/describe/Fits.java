package dev.caravan.connector.declared.describe;

import dev.caravan.mapping.KindValue;
import dev.caravan.mapping.TargetField;
import dev.caravan.mapping.TargetField.Kind;
import dev.caravan.row.Value;
import dev.caravan.row.ValueType;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which types and values can fill which fields, by the field's kind. Only what is certain is refused; in doubt a value is sent, and the
 * destination says of its row what it thinks. Text can fill any field whose kind has a text form, since CSV columns are text.
 */
public final class Fits {

    private Fits() {}

    /** Why a column of this type can never fill this field. */
    public static Optional<String> mismatch(TargetField field, ValueType type) {
        if (field.kind() == Kind.INSTANT && type == ValueType.TIMESTAMP) {
            return Optional.of("a timestamp without a zone is no instant: declare the column's zone");
        }
        return types(field.kind()).contains(type)
                ? Optional.empty()
                : Optional.of("a field of kind " + word(field.kind()) + " cannot take a value of type " + word(type));
    }

    private static Set<ValueType> types(Kind kind) {
        return switch (kind) {
            case TEXT, OTHER -> EnumSet.allOf(ValueType.class);
            case ENUM, REFERENCE -> EnumSet.of(ValueType.TEXT, ValueType.INTEGER, ValueType.DECIMAL, ValueType.BOOLEAN);
            case EMAIL -> EnumSet.of(ValueType.TEXT);
            case BOOLEAN -> EnumSet.of(ValueType.TEXT, ValueType.BOOLEAN);
            case INTEGER, NUMBER -> EnumSet.of(ValueType.TEXT, ValueType.INTEGER, ValueType.DECIMAL, ValueType.DOUBLE);
            case DATE -> EnumSet.of(ValueType.TEXT, ValueType.DATE);
            case TIME -> EnumSet.of(ValueType.TEXT, ValueType.TIME);
            case TIMESTAMP -> EnumSet.of(ValueType.TEXT, ValueType.TIMESTAMP, ValueType.DATE);
            case INSTANT -> EnumSet.of(ValueType.TEXT, ValueType.TIMESTAMPTZ, ValueType.DATE);
            case JSON ->
                EnumSet.of(
                        ValueType.TEXT,
                        ValueType.JSON,
                        ValueType.BOOLEAN,
                        ValueType.INTEGER,
                        ValueType.DECIMAL,
                        ValueType.DOUBLE);
            case BINARY -> EnumSet.of(ValueType.TEXT, ValueType.BINARY);
        };
    }

    /** Why this value does not fit this field, as a stable word. */
    public static Optional<String> misfit(TargetField field, Value value) {
        if (value.isNull()) {
            return when(!field.nillable(), "null_not_allowed");
        }
        if (value instanceof Value.Real real && !real.finite()) {
            return Optional.of("not_a_number");
        }
        Value read = KindValue.as(field.kind(), value);
        // The empty text clears a field of any kind where a destination takes texts; whether it may, the destination
        // says.
        boolean empty = read.text().isEmpty();
        return switch (field.kind()) {
            case TEXT, REFERENCE, TIMESTAMP, OTHER -> tooLong(field, read);
            case EMAIL ->
                tooLong(field, read).or(() -> when(!empty && read.text().indexOf('@') < 1, "not_an_email"));
            case ENUM -> tooLong(field, read).or(() -> when(!empty && !listed(field, read.text()), "not_in_list"));
            case BOOLEAN -> when(!empty && !(read instanceof Value.Bool), "not_a_boolean");
            case INTEGER, NUMBER -> empty ? Optional.empty() : number(field.kind(), read);
            case DATE -> when(!empty && !(read instanceof Value.Date), "not_a_date");
            case TIME -> when(!empty && !(read instanceof Value.Time), "not_a_time");
            case JSON -> when(!empty && read instanceof Value.Text, "not_json");
            case BINARY -> when(!(read instanceof Value.Binary) && !empty, "not_binary");
            case INSTANT ->
                when(
                        !empty && !(read instanceof Value.ZonedTimestamp) && !(read instanceof Value.Date),
                        "not_an_instant");
        };
    }

    /** Characters are counted as code points: a destination may count more, never fewer. */
    private static Optional<String> tooLong(TargetField field, Value value) {
        String text = value.text();
        return when(field.length() > 0 && text.codePointCount(0, text.length()) > field.length(), "too_long");
    }

    /** Several values of a field that takes several are joined by semicolons. */
    private static boolean listed(TargetField field, String text) {
        if (field.values().isEmpty() || field.values().contains(text)) {
            return true;
        }
        for (String part : text.split(";", -1)) {
            if (!part.isEmpty() && !field.values().contains(part)) {
                return false;
            }
        }
        return true;
    }

    private static Optional<String> number(Kind kind, Value value) {
        return switch (value) {
            case Value.Int whole -> Optional.empty();
            case Value.Decimal decimal -> whole(kind, decimal.value());
            case Value.Real real -> whole(kind, new BigDecimal(real.text()));
            case Value other -> Optional.of("not_a_number");
        };
    }

    private static Optional<String> whole(Kind kind, BigDecimal number) {
        return when(kind == Kind.INTEGER && number.stripTrailingZeros().scale() > 0, "not_whole");
    }

    private static Optional<String> when(boolean wrong, String word) {
        return wrong ? Optional.of(word) : Optional.empty();
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
