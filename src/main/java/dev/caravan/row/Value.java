package dev.caravan.row;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;

/**
 * One typed value of a row: immutable, compared by its canonical form, so that two values that a destination could not
 * tell apart within their type are equal (1.50 and 1.5, -0.0 and 0.0).
 */
public sealed interface Value {

    /** The absent value. It has no type of its own. */
    static Value ofNull() {
        return Null.INSTANCE;
    }

    /** The canonical text: what is sent where a destination takes text, and what people see. Empty for null. */
    String text();

    /** Whether this is the absent value. */
    default boolean isNull() {
        return this instanceof Null;
    }

    /** Whether there is nothing in it: null, JSON's null, no bytes, or white space alone, which most destinations store as nothing. */
    default boolean isEmpty() {
        return switch (this) {
            case Null none -> true;
            case Text text -> text.value().isBlank();
            case Json json -> json.value().equals(Json.NULL);
            case Binary binary -> binary.base64().isEmpty();
            case Tuple tuple -> tuple.parts().stream().anyMatch(Value::isEmpty);
            case Value other -> false;
        };
    }

    /** Whether its text holds half of a character, which no text in UTF-8 can carry. */
    default boolean halved() {
        return !WholeText.is(text());
    }

    /** SQL NULL. */
    enum Null implements Value {
        INSTANCE;

        @Override
        public String text() {
            return "";
        }
    }

    /** True or false. */
    record Bool(boolean value) implements Value {
        @Override
        public String text() {
            return Boolean.toString(value);
        }
    }

    /** A whole number of at most 64 bits; wider ones are decimals. */
    record Int(long value) implements Value {
        @Override
        public String text() {
            return Long.toString(value);
        }
    }

    /** An exact decimal, kept without trailing zeros and never in exponent form. */
    record Decimal(BigDecimal value) implements Value {
        public Decimal {
            BigDecimal stripped = value.stripTrailingZeros();
            value = stripped.scale() < 0 ? stripped.setScale(0) : stripped;
        }

        @Override
        public String text() {
            return value.toPlainString();
        }
    }

    /** A double. Negative zero becomes zero; NaN and infinities are kept, and refused where a field needs a number. */
    record Real(double value) implements Value {
        public Real {
            value = value == 0.0 ? 0.0 : value;
        }

        /** Whether this is a number that a destination can take. */
        public boolean finite() {
            return Double.isFinite(value);
        }

        @Override
        public String text() {
            return finite() ? new Decimal(new BigDecimal(Double.toString(value))).text() : Double.toString(value);
        }
    }

    /** Text, exactly as read: never trimmed, folded or normalised here. */
    record Text(String value) implements Value {
        @Override
        public String text() {
            return value;
        }
    }

    /**
     * A JSON value, kept as its canonical text: without white space, members by name, numbers without needless digits. So two that
     * mean the same are equal. {@code IllegalArgumentException} for a text that is no JSON.
     */
    record Json(String value) implements Value {

        /** JSON's own null. */
        public static final String NULL = "null";

        public Json {
            value = JsonText.canonical(value);
        }

        @Override
        public String text() {
            return value;
        }
    }

    /** Bytes, kept and written as Base64. {@code IllegalArgumentException} for a text that is none. */
    record Binary(String base64) implements Value {
        public Binary {
            base64 = Base64.getEncoder().encodeToString(decoded(base64));
        }

        /** These bytes. */
        public static Binary of(byte[] bytes) {
            return new Binary(Base64.getEncoder().encodeToString(bytes));
        }

        /** How many bytes these are. */
        public int size() {
            int padding = base64.endsWith("==") ? 2 : base64.endsWith("=") ? 1 : 0;
            return base64.length() / 4 * 3 - padding;
        }

        /** A copy of the bytes. */
        public byte[] bytes() {
            return decoded(base64);
        }

        @Override
        public String text() {
            return base64;
        }

        private static byte[] decoded(String base64) {
            try {
                return Base64.getDecoder().decode(base64);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("not a stored binary");
            }
        }
    }

    /**
     * What identifies a record by several fields, in their order. Only keys are such: no column and no field holds one. It is empty as soon as
     * one part is.
     */
    record Tuple(List<Value> parts) implements Value {
        public Tuple {
            parts = List.copyOf(parts);
        }

        /** The parts' texts, joined so that no two keys have the same. */
        @Override
        public String text() {
            return KeyText.joined(parts.stream().map(Value::text).toList());
        }
    }

    /** A calendar day. */
    record Date(LocalDate value) implements Value {
        @Override
        public String text() {
            return value.toString();
        }
    }

    /** A time of day, cut to the microsecond. */
    record Time(LocalTime value) implements Value {
        public Time {
            value = value.truncatedTo(ChronoUnit.MICROS);
        }

        @Override
        public String text() {
            return IsoText.time(value);
        }
    }

    /** A date and time without a zone, cut to the microsecond. */
    record Timestamp(LocalDateTime value) implements Value {
        public Timestamp {
            value = value.truncatedTo(ChronoUnit.MICROS);
        }

        @Override
        public String text() {
            return IsoText.timestamp(value);
        }
    }

    /** An instant, cut to the microsecond, written in UTC. */
    record ZonedTimestamp(Instant value) implements Value {
        public ZonedTimestamp {
            value = value.truncatedTo(ChronoUnit.MICROS);
        }

        @Override
        public String text() {
            return IsoText.instant(value);
        }
    }
}
