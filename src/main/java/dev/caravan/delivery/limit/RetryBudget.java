package dev.caravan.delivery.limit;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/**
 * How often a connection may repeat, so that a destination in trouble is not buried under repeats: each request earns a fifth of one,
 * which is lost after ten seconds; and beside that a few in ten seconds are free, since a quiet connection could otherwise never repeat.
 */
public final class RetryBudget {

    /** What a request earns. */
    static final double SHARE = 0.2;

    /** The repeats that are free in {@link #LIFE}. */
    static final double FLOOR = 5;

    /** How long what was earned keeps, and in which time the free repeats come back. */
    static final Duration LIFE = Duration.ofSeconds(10);

    private static final long GRAIN = Duration.ofMillis(100).toNanos();

    /** Sums of tenths are not exact. */
    private static final double ROUNDING = 1e-9;

    private final LongSupplier nanos;
    private final Deque<Credit> credits = new ArrayDeque<>();
    private double free = FLOOR;
    private long refilled;

    private static final class Credit {
        private final long at;
        private double earned;
        private double left;

        private Credit(long at) {
            this.at = at;
        }
    }

    /** A budget in which nothing was earned yet. */
    public RetryBudget(LongSupplier nanos) {
        this.nanos = nanos;
        this.refilled = nanos.getAsLong();
    }

    /** A request went out that repeats none. */
    public synchronized void earn() {
        long now = turn();
        if (credits.isEmpty() || now - credits.getLast().at >= GRAIN) {
            credits.add(new Credit(now));
        }
        Credit credit = credits.getLast();
        credit.earned += SHARE;
        credit.left += SHARE;
    }

    /** Whether a repeat may go out; if so, it is paid for, the oldest credit first and a free one last. */
    public synchronized boolean spend() {
        turn();
        if (whole(left()) < 1) {
            return false;
        }
        double due = 1;
        for (Credit credit : credits) {
            double part = Math.min(due, credit.left);
            credit.left -= part;
            due -= part;
        }
        free = Math.max(0, free - due);
        return true;
    }

    /** The share of the budget that is left, 0 to 1, in whole repeats: at 0 there is none. */
    public synchronized double ratio() {
        turn();
        double whole =
                FLOOR + credits.stream().mapToDouble(credit -> credit.earned).sum();
        return Math.min(1, whole(left()) / whole(whole));
    }

    private static double whole(double repeats) {
        return Math.floor(repeats + ROUNDING);
    }

    private double left() {
        return free + credits.stream().mapToDouble(credit -> credit.left).sum();
    }

    /** Lets what is too old expire and free repeats come back; says what time it is. */
    private long turn() {
        long now = nanos.getAsLong();
        while (!credits.isEmpty() && now - credits.element().at >= LIFE.toNanos()) {
            credits.remove();
        }
        free = Math.min(FLOOR, free + FLOOR * (now - refilled) / LIFE.toNanos());
        refilled = now;
        return now;
    }
}
