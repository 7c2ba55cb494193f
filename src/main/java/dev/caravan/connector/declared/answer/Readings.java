package dev.caravan.connector.declared.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Matcher;
import dev.caravan.connector.declared.select.Found;
import dev.caravan.connector.declared.select.Subject;
import dev.caravan.connector.declared.spec.Reading;
import dev.caravan.connector.declared.spec.Reading.As;
import dev.caravan.transport.Body;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Numbers and times out of answers. What cannot be read is as if it were not there. */
final class Readings {

    private static final int LONGEST = 40;

    private Readings() {}

    /** The numbers that it finds, in order. */
    static List<BigDecimal> numbers(Reading reading, Subject subject) {
        return texts(reading, subject).stream()
                .flatMap(text -> number(text).stream())
                .toList();
    }

    /** The first time that it finds. What counts from now needs to know when that is. */
    static Optional<Instant> time(Reading reading, Subject subject, Optional<Instant> now) {
        return texts(reading, subject).stream()
                .flatMap(text -> time(reading.as(), text, now).stream())
                .findFirst();
    }

    private static List<String> texts(Reading reading, Subject subject) {
        List<String> raw = reading.header()
                .map(name -> subject.headers().getOrDefault(name, List.of()))
                .map(values -> reading.at()
                        .map(at -> values.stream()
                                .flatMap(value -> Answered.json(Body.of(value)).stream())
                                .flatMap((JsonNode json) -> at.texts(Found.root(json), subject.variables()).stream())
                                .toList())
                        .orElse(values))
                .orElseGet(() -> reading.at()
                        .map(at -> at.texts(subject.found(), subject.variables()))
                        .orElse(List.of()));
        List<String> texts = new ArrayList<>();
        for (String text : raw) {
            if (reading.matches().isEmpty()) {
                texts.add(text.strip());
                continue;
            }
            Matcher matcher = reading.matches().get().matcher(text);
            if (matcher.find() && matcher.group(1) != null) {
                texts.add(matcher.group(1));
            }
        }
        return texts;
    }

    private static Optional<BigDecimal> number(String text) {
        if (text.isEmpty() || text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            BigDecimal number = new BigDecimal(text);
            return Math.abs((long) number.precision() - number.scale()) > LONGEST
                    ? Optional.empty()
                    : Optional.of(number);
        } catch (NumberFormatException none) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> time(As as, String text, Optional<Instant> now) {
        return switch (as) {
            case SECONDS -> later(text, 1_000, now);
            case MILLIS -> later(text, 1, now);
            case MINUTES -> later(text, 60_000, now);
            case SECONDS_OR_DATE -> later(text, 1_000, now).or(() -> date(text));
            case DATE -> date(text);
            case EPOCH -> later(text, 1_000, Optional.of(Instant.EPOCH));
            case EPOCH_MILLIS -> later(text, 1, Optional.of(Instant.EPOCH));
            case INSTANT -> instant(text);
            case NUMBER, PERCENT -> Optional.empty();
        };
    }

    private static Optional<Instant> later(String text, int unitMillis, Optional<Instant> from) {
        return number(text)
                .filter(number -> number.signum() >= 0 && number.precision() - number.scale() <= 15)
                .flatMap(number -> from.map(start -> start.plus(Duration.ofMillis(
                        number.multiply(BigDecimal.valueOf(unitMillis)).longValue()))));
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }
}
