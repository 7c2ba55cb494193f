package dev.caravan.connector.declared.answer;

import dev.caravan.connector.declared.select.Subject;
import dev.caravan.connector.declared.spec.LimitsSpec;
import dev.caravan.connector.declared.spec.LimitsSpec.Kind;
import dev.caravan.connector.declared.spec.LimitsSpec.Observed;
import dev.caravan.connector.declared.spec.Reading;
import dev.caravan.destination.Quota;
import dev.caravan.destination.Signal.Window;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What an answer says is left. Of several the scarcest counts. */
record Allowances(LimitsSpec limits, Subject subject, Instant now) {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    Optional<Window> window() {
        return of(Kind.WINDOW)
                .flatMap(observed -> window(observed).stream())
                .min(Comparator.comparingLong(Window::remaining));
    }

    Optional<Quota> quota() {
        return of(Kind.QUOTA)
                .flatMap(observed -> quota(observed).stream())
                .max(Comparator.comparingDouble(Quota::share));
    }

    private Stream<Observed> of(Kind kind) {
        return limits.observed().stream().filter(observed -> observed.kind() == kind);
    }

    private Optional<Window> window(Observed observed) {
        Optional<Instant> resets =
                observed.resets().flatMap(reading -> Readings.time(reading, subject, Optional.of(now)));
        Optional<BigDecimal> left = remaining(observed).or(() -> exhausted(observed));
        return left.flatMap(number -> resets.map(at -> new Window(whole(number.max(BigDecimal.ZERO)), at)));
    }

    private Optional<BigDecimal> remaining(Observed observed) {
        return least(observed.remaining())
                .or(() -> observed.used()
                        .filter(used -> used.as() != Reading.As.PERCENT)
                        .flatMap(used -> least(observed.limit())
                                .flatMap(limit -> most(Optional.of(used)).map(limit::subtract))));
    }

    /** A share tells how many requests are left only when none are. */
    private Optional<BigDecimal> exhausted(Observed observed) {
        return observed.used()
                .filter(used -> used.as() == Reading.As.PERCENT)
                .flatMap(used -> most(Optional.of(used)))
                .filter(share -> share.compareTo(HUNDRED) >= 0)
                .map(share -> BigDecimal.ZERO);
    }

    private Optional<Quota> quota(Observed observed) {
        Optional<BigDecimal> share = observed.used()
                .filter(used -> used.as() == Reading.As.PERCENT)
                .flatMap(used -> most(Optional.of(used)));
        if (share.isPresent()) {
            return Optional.of(Quota.percent(whole(share.get())));
        }
        return least(observed.limit())
                .flatMap(limit -> most(observed.used())
                        .or(() -> least(observed.remaining()).map(limit::subtract))
                        .map(used -> new Quota(whole(used.max(BigDecimal.ZERO)), whole(limit))));
    }

    private Optional<BigDecimal> least(Optional<Reading> reading) {
        return numbers(reading).stream().min(Comparator.naturalOrder());
    }

    private Optional<BigDecimal> most(Optional<Reading> reading) {
        return numbers(reading).stream().max(Comparator.naturalOrder());
    }

    private List<BigDecimal> numbers(Optional<Reading> reading) {
        return reading.map(one -> Readings.numbers(one, subject)).orElse(List.of());
    }

    private static long whole(BigDecimal number) {
        return number.min(BigDecimal.valueOf(Long.MAX_VALUE / 2)).longValue();
    }
}
