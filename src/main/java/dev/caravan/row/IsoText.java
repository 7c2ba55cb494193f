package dev.caravan.row;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;

/** ISO-8601 with seconds always and fractions only where there are any, at most six digits. */
final class IsoText {

    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .appendPattern("HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 6, true)
            .toFormatter();

    private static final DateTimeFormatter TIMESTAMP = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendLiteral('T')
            .append(TIME)
            .toFormatter();

    private IsoText() {}

    static String time(LocalTime value) {
        return TIME.format(value);
    }

    static String timestamp(LocalDateTime value) {
        return TIMESTAMP.format(value);
    }

    static String instant(Instant value) {
        return TIMESTAMP.format(value.atOffset(ZoneOffset.UTC)) + "Z";
    }
}
