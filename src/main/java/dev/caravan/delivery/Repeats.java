package dev.caravan.delivery;

import dev.caravan.plan.PlannedWrite;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Until when a row may be sent once more under its first dedupe key: as long as the destination is certain to remember that key when the
 * repeat takes effect, which may be as late as any lost request. Pure.
 */
public final class Repeats {

    /** Why such a row is held afterwards. */
    public static final String REASON = "dedupe_window";

    /** Left between the last repetition and the end of the window, for clocks that differ. */
    private static final Duration LONGEST_MARGIN = Duration.ofHours(1);

    private static final int MARGIN_SHARE = 10;

    private Repeats() {}

    /** Whether it is too late. */
    public static boolean over(
            PlannedWrite.Repeat first, Optional<Duration> dedupeWindow, Duration zombies, Instant now) {
        return !now.isBefore(until(first.begun(), dedupeWindow, zombies));
    }

    /**
     * The moment from which it is too late.
     *
     * @param begun when the first intent was written
     * @param dedupeWindow how long the destination knows the key; empty if for ever
     * @param zombies how long a lost request may still land
     */
    static Instant until(Instant begun, Optional<Duration> dedupeWindow, Duration zombies) {
        return dedupeWindow
                .map(window -> begun.plus(window).minus(margin(window)).minus(zombies))
                .orElse(Instant.MAX);
    }

    private static Duration margin(Duration window) {
        Duration share = window.dividedBy(MARGIN_SHARE);
        return share.compareTo(LONGEST_MARGIN) < 0 ? share : LONGEST_MARGIN;
    }
}
