package dev.caravan.connector.salesforce.wire;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * The header {@code Retry-After} in its two forms: seconds or an HTTP date. At most one is present; neither for any other
 * text. More than a day is cut to a day: a wrong header must not stop a connection for good. A date that is past means now.
 */
public record RetryAfter(Optional<Duration> delay, Optional<Instant> date) {

    /** Its name. */
    public static final String HEADER = "retry-after";

    private static final Duration MOST = Duration.ofDays(1);

    /** Reads the header's value. */
    public static RetryAfter of(String header) {
        String text = header.strip();
        if (text.matches("\\d+")) {
            Duration delay = text.length() > 9 ? MOST : Duration.ofSeconds(Long.parseLong(text));
            return new RetryAfter(Optional.of(delay.compareTo(MOST) > 0 ? MOST : delay), Optional.empty());
        }
        try {
            return new RetryAfter(
                    Optional.empty(), Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text))));
        } catch (DateTimeException neither) {
            return new RetryAfter(Optional.empty(), Optional.empty());
        }
    }

    /** The time it means, counted from now and never before. */
    public Optional<Instant> from(Instant now) {
        Instant last = now.plus(MOST);
        return delay.map(now::plus)
                .or(() -> date.map(at -> at.isAfter(last) ? last : at))
                .map(at -> at.isBefore(now) ? now : at);
    }
}
