package dev.caravan.row;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Locale;

/**
 * Values as stored text: a type tag, a colon and the canonical text, {@code i:42} or {@code s:Ada}; null is {@code -}.
 * A key of several fields is {@code k:} and its parts, each so. Part of the stored format of ledger and snapshot. {@code decode(encode(v)).equals(v)} for every value.
 */
public final class ValueCodec {

    private static final String NULL_TEXT = "-";

    /** What a key of several fields begins with; no type has this tag. */
    private static final String TUPLE = "k:";

    private ValueCodec() {}

    /** The type of a value; null has none, and asking for it is a programming error. */
    public static ValueType typeOf(Value value) {
        return switch (value) {
            case Value.Null n -> throw new IllegalArgumentException("null has no type");
            case Value.Tuple t -> throw new IllegalArgumentException("a key of several fields has no type");
            case Value.Bool b -> ValueType.BOOLEAN;
            case Value.Int i -> ValueType.INTEGER;
            case Value.Decimal d -> ValueType.DECIMAL;
            case Value.Real r -> ValueType.DOUBLE;
            case Value.Text t -> ValueType.TEXT;
            case Value.Date d -> ValueType.DATE;
            case Value.Time t -> ValueType.TIME;
            case Value.Timestamp t -> ValueType.TIMESTAMP;
            case Value.ZonedTimestamp z -> ValueType.TIMESTAMPTZ;
            case Value.Json j -> ValueType.JSON;
            case Value.Binary b -> ValueType.BINARY;
        };
    }

    /** The stored text of a value. */
    public static String encode(Value value) {
        return switch (value) {
            case Value.Null none -> NULL_TEXT;
            case Value.Tuple tuple ->
                TUPLE
                        + KeyText.joined(
                                tuple.parts().stream().map(ValueCodec::encode).toList());
            case Value one -> typeOf(one).tag() + ":" + one.text();
        };
    }

    /** The value that {@link #encode} wrote; {@code IllegalArgumentException} for any other text. */
    public static Value decode(String stored) {
        if (stored.equals(NULL_TEXT)) {
            return Value.ofNull();
        }
        if (stored.startsWith(TUPLE)) {
            return new Value.Tuple(KeyText.parts(stored.substring(TUPLE.length())).stream()
                    .map(ValueCodec::decode)
                    .toList());
        }
        if (stored.length() < 2 || stored.charAt(1) != ':') {
            throw new IllegalArgumentException("not a stored value");
        }
        return parse(ValueType.ofTag(stored.charAt(0)), stored.substring(2));
    }

    /** The value of a type from its canonical text; {@code IllegalArgumentException} for a text that is none of its. */
    public static Value parse(ValueType type, String text) {
        try {
            return parsed(type, text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("not a stored " + type.name().toLowerCase(Locale.ROOT));
        }
    }

    private static Value parsed(ValueType type, String text) {
        return switch (type) {
            case BOOLEAN -> new Value.Bool(truth(text));
            case INTEGER -> new Value.Int(Long.parseLong(text));
            case DECIMAL -> new Value.Decimal(new BigDecimal(text));
            case DOUBLE -> new Value.Real(Double.parseDouble(text));
            case TEXT -> new Value.Text(text);
            case DATE -> new Value.Date(LocalDate.parse(text));
            case TIME -> new Value.Time(LocalTime.parse(text));
            case TIMESTAMP -> new Value.Timestamp(LocalDateTime.parse(text));
            case TIMESTAMPTZ -> new Value.ZonedTimestamp(Instant.parse(text));
            case JSON -> new Value.Json(text);
            case BINARY -> new Value.Binary(text);
        };
    }

    private static boolean truth(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("not a stored boolean");
        };
    }
}
