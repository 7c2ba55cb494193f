package dev.caravan.row;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;

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

    /** Whether there is nothing in it: null, or a text of white space alone, which most destinations store as nothing. */
    default boolean isEmpty() {
        return this instanceof Text text ? text.value().isBlank() : isNull();
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
