package dev.caravan.connector.jdbc;

import dev.caravan.mapping.TargetField;
import dev.caravan.row.Value;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;

/**
 * Values as a column holds them: never compared or stored across types, where databases convert in ways of their own. Numbers are rounded to
 * a column's scale here, half up, as the databases would; so what is compared is what is stored.
 */
final class Typed {

    /** Longer texts are no numbers: it bounds what a cell can cost to parse. */
    private static final int LONGEST_NUMBER = 100;

    private Typed() {}

    /** The value in the column's kind; empty if it has none. Null stays null. */
    static Optional<Value> as(TargetField field, Value value) {
        if (value.isNull()) {
            return Optional.of(value);
        }
        try {
            return switch (field.kind()) {
                case TEXT, EMAIL, ENUM, REFERENCE -> Optional.of(new Value.Text(value.text()));
                case BOOLEAN -> bool(value);
                case INTEGER -> number(value).flatMap(Typed::whole);
                case NUMBER -> number(value).map(number -> rounded(field, number));
                case DATE -> date(value);
                case TIME -> time(value);
                case TIMESTAMP -> local(value);
                case INSTANT -> instant(value);
                case JSON -> json(value);
                case BINARY -> value instanceof Value.Binary ? Optional.of(value) : Optional.empty();
                case OTHER -> Optional.empty();
            };
        } catch (DateTimeException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    private static Optional<Value> bool(Value value) {
        return switch (value.text().toLowerCase(Locale.ROOT)) {
            case "true", "1" -> Optional.of(new Value.Bool(true));
            case "false", "0" -> Optional.of(new Value.Bool(false));
            default -> Optional.empty();
        };
    }

    /** A number, exact but for doubles that are none. */
    private static Optional<BigDecimal> number(Value value) {
        return switch (value) {
            case Value.Int number -> Optional.of(BigDecimal.valueOf(number.value()));
            case Value.Decimal number -> Optional.of(number.value());
            case Value.Real number -> number.finite() ? Optional.of(new BigDecimal(number.text())) : Optional.empty();
            case Value.Text text -> read(text.value());
            case Value other -> Optional.empty();
        };
    }

    private static Optional<BigDecimal> read(String text) {
        if (text.length() > LONGEST_NUMBER) {
            return Optional.empty();
        }
        BigDecimal number = new BigDecimal(text);
        // The plain form of 1e999999999 would fill the heap.
        boolean sane = Math.abs((long) number.precision() - number.scale()) <= LONGEST_NUMBER
                && number.scale() <= LONGEST_NUMBER;
        return sane ? Optional.of(number) : Optional.empty();
    }

    private static Optional<Value> whole(BigDecimal number) {
        if (number.stripTrailingZeros().scale() > 0) {
            return Optional.empty();
        }
        boolean small = number.toBigInteger().bitLength() < Long.SIZE;
        return Optional.of(small ? new Value.Int(number.longValueExact()) : new Value.Decimal(number));
    }

    private static Value rounded(TargetField field, BigDecimal number) {
        return new Value.Decimal(field.precision() > 0 ? number.setScale(field.scale(), RoundingMode.HALF_UP) : number);
    }

    /** A text that is JSON counts as what it says; numbers and truth values are JSON as they are written. */
    private static Optional<Value> json(Value value) {
        return switch (value) {
            case Value.Json json -> Optional.of(json);
            case Value.Real number when !number.finite() -> Optional.empty();
            case Value.Text text -> Optional.of(new Value.Json(text.value()));
            case Value.Bool bool -> Optional.of(new Value.Json(bool.text()));
            case Value.Int number -> Optional.of(new Value.Json(number.text()));
            case Value.Decimal number -> Optional.of(new Value.Json(number.text()));
            case Value.Real number -> Optional.of(new Value.Json(number.text()));
            case Value other -> Optional.empty();
        };
    }

    private static Optional<Value> date(Value value) {
        return switch (value) {
            case Value.Date date -> Optional.of(date);
            case Value.Text text -> Optional.of(new Value.Date(LocalDate.parse(text.value())));
            case Value other -> Optional.empty();
        };
    }

    private static Optional<Value> time(Value value) {
        return switch (value) {
            case Value.Time time -> Optional.of(time);
            case Value.Text text -> Optional.of(new Value.Time(LocalTime.parse(text.value())));
            case Value other -> Optional.empty();
        };
    }

    private static Optional<Value> local(Value value) {
        return switch (value) {
            case Value.Timestamp local -> Optional.of(local);
            case Value.ZonedTimestamp instant ->
                Optional.of(new Value.Timestamp(LocalDateTime.ofInstant(instant.value(), ZoneOffset.UTC)));
            case Value.Text text ->
                Optional.of(new Value.Timestamp(LocalDateTime.parse(text.value().replace(' ', 'T'))));
            case Value other -> Optional.empty();
        };
    }

    private static Optional<Value> instant(Value value) {
        return switch (value) {
            case Value.ZonedTimestamp instant -> Optional.of(instant);
            case Value.Text text -> Optional.of(new Value.ZonedTimestamp(instant(text.value())));
            case Value other -> Optional.empty();
        };
    }

    private static Instant instant(String text) {
        return text.endsWith("Z")
                ? Instant.parse(text)
                : OffsetDateTime.parse(text).toInstant();
    }
}
