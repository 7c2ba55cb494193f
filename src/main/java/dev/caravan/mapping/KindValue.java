package dev.caravan.mapping;

import dev.caravan.mapping.TargetField.Kind;
import dev.caravan.row.Value;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Locale;

/** Text values read as what a field holds: CSV columns are text unless declared, and their numbers are numbers all the same. */
public final class KindValue {

    /** Longer texts are no numbers: it bounds what a cell can cost to parse. */
    private static final int LONGEST_NUMBER = 100;

    private KindValue() {}

    /** The value as the kind has it, where it is text that reads so; else the value itself. */
    public static Value as(Kind kind, Value value) {
        if (!(value instanceof Value.Text text) || text.value().isEmpty()) {
            return value;
        }
        try {
            return switch (kind) {
                case INTEGER, NUMBER -> number(text);
                case BOOLEAN -> bool(text);
                case DATE -> new Value.Date(LocalDate.parse(text.value()));
                case TIME -> new Value.Time(LocalTime.parse(text.value()));
                case INSTANT -> new Value.ZonedTimestamp(instant(text.value()));
                case JSON -> new Value.Json(text.value());
                case BINARY -> new Value.Binary(text.value());
                case TEXT, EMAIL, ENUM, REFERENCE, TIMESTAMP, OTHER -> value;
            };
        } catch (DateTimeException | IllegalArgumentException unreadable) {
            return value;
        }
    }

    private static Value number(Value.Text text) {
        if (text.value().length() > LONGEST_NUMBER) {
            return text;
        }
        BigDecimal number = new BigDecimal(text.value());
        // The plain form of 1e999999999 would fill the heap.
        return Math.abs((long) number.precision() - number.scale()) > LONGEST_NUMBER || number.scale() > LONGEST_NUMBER
                ? text
                : new Value.Decimal(number);
    }

    private static Value bool(Value.Text text) {
        return switch (text.value().toLowerCase(Locale.ROOT)) {
            case "true" -> new Value.Bool(true);
            case "false" -> new Value.Bool(false);
            default -> text;
        };
    }

    private static Instant instant(String text) {
        return text.endsWith("Z")
                ? Instant.parse(text)
                : OffsetDateTime.parse(text).toInstant();
    }
}
