package dev.caravan.transport.camel.auth;

import dev.caravan.transport.HttpAnswer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** When an answer says to come back: the header {@code Retry-After}, in seconds or as a date (RFC 9110, 10.2.3). */
final class RetryAfter {

    private RetryAfter() {}

    static Optional<Instant> of(HttpAnswer answer, Instant now) {
        return answer.header("retry-after").map(String::strip).flatMap(value -> read(value, now));
    }

    private static Optional<Instant> read(String value, Instant now) {
        if (value.matches("[0-9]{1,6}")) {
            return Optional.of(now.plusSeconds(Long.parseLong(value)));
        }
        try {
            return Optional.of(ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
