package dev.caravan.sandbox.salesforce.dml;

import dev.caravan.sandbox.salesforce.schema.Field;
import dev.caravan.sandbox.salesforce.schema.FieldType;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/** Reads the text form of a value into the field's own type. */
public final class Texts {

    private static final DateTimeFormatter DATETIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .optionalStart()
            .appendOffset("+HH:MM", "Z")
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HHMM", "Z")
            .optionalEnd()
            .toFormatter(Locale.ROOT);

    private Texts() {}

    /** The value, or empty when the text is not one of the field's type. The text must not be empty. */
    public static Optional<Object> parse(Field field, String text) {
        try {
            return switch (field.type().shape()) {
                case TEXT -> Optional.of(text);
                case BOOLEAN -> truth(text);
                case NUMBER -> number(field, text);
                case DATE -> Optional.of(LocalDate.parse(text));
                case DATETIME -> Optional.of(instant(text));
                case TIME -> Optional.of(time(text));
                case COMPOUND -> Optional.empty();
            };
        } catch (NumberFormatException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Object> truth(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "1" -> Optional.of(true);
            case "false", "0" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    // The server keeps all decimals it is sent; a field's scale only matters to its screens.
    private static Optional<Object> number(Field field, String text) {
        BigDecimal number = new BigDecimal(text);
        if (field.type() == FieldType.INT && number.stripTrailingZeros().scale() > 0) {
            return Optional.empty();
        }
        return Optional.of(number);
    }

    private static Instant instant(String text) {
        return DATETIME.parse(text, OffsetDateTime::from).toInstant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static LocalTime time(String text) {
        String local = text.endsWith("Z") ? text.substring(0, text.length() - 1) : text;
        return LocalTime.parse(local).truncatedTo(ChronoUnit.MILLIS);
    }
}
