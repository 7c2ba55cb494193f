package dev.caravan.guard;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Counts and times as guards say them. */
final class Figures {

    private static final List<Map.Entry<String, Duration>> UNITS = List.of(
            Map.entry("d", Duration.ofDays(1)),
            Map.entry("h", Duration.ofHours(1)),
            Map.entry("m", Duration.ofMinutes(1)));

    private Figures() {}

    /** {@code 20,000}. */
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** A limit as files write it, in the largest unit that says it exactly: {@code 90m}, {@code 6h}, {@code 1d}. */
    static String exactly(Duration time) {
        return UNITS.stream()
                .filter(unit -> time.compareTo(unit.getValue()) >= 0
                        && time.toSeconds() % unit.getValue().toSeconds() == 0)
                .findFirst()
                .map(unit -> in(time, unit))
                .orElseGet(() -> time.toSeconds() + "s");
    }

    /** A measured time, rounded down to a unit of which there are at least two: {@code 18s}, {@code 26h}, {@code 3d}. */
    static String about(Duration time) {
        return UNITS.stream()
                .filter(unit -> time.compareTo(unit.getValue().multipliedBy(2)) >= 0)
                .findFirst()
                .map(unit -> in(time, unit))
                .orElseGet(() -> time.toSeconds() + "s");
    }

    private static String in(Duration time, Map.Entry<String, Duration> unit) {
        return time.toSeconds() / unit.getValue().toSeconds() + unit.getKey();
    }
}
