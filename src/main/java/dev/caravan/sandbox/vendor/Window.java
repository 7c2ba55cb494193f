package dev.caravan.sandbox.vendor;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A rate limit on the sandbox's clock: so many in so long. Rolling, it looks back from each request; fixed, it starts anew at
 * each multiple of its length. How many are allowed is said with each request, since it may be changed meanwhile; 0 is no
 * limit. Thread-safe.
 */
public final class Window {

    private final Duration length;
    private final boolean rolling;
    private final InstantSource clock;
    private final Deque<Spent> spent = new ArrayDeque<>();
    private int used;

    private record Spent(Instant at, int cost) {}

    private Window(Duration length, boolean rolling, InstantSource clock) {
        this.length = length;
        this.rolling = rolling;
        this.clock = clock;
    }

    public static Window rolling(Duration length, InstantSource clock) {
        return new Window(length, true, clock);
    }

    public static Window fixed(Duration length, InstantSource clock) {
        return new Window(length, false, clock);
    }

    /** Takes one if there is one left; a refused request takes none. */
    public boolean spend(int max) {
        return spend(max, 1);
    }

    /** Takes so many together if they are left. */
    public synchronized boolean spend(int max, int cost) {
        forgetOld();
        if (max > 0 && used + cost > max) {
            return false;
        }
        spent.addLast(new Spent(clock.instant(), cost));
        used += cost;
        return true;
    }

    /** Takes all that is left, as if it had been used. */
    public synchronized void exhaust(int max) {
        forgetOld();
        spent.addLast(new Spent(clock.instant(), Math.max(0, max - used)));
        used = Math.max(used, max);
    }

    public synchronized int left(int max) {
        forgetOld();
        return Math.max(0, max - used);
    }

    public synchronized int used() {
        forgetOld();
        return used;
    }

    /** When some of it comes back: the end of a fixed window, or when the oldest request leaves a rolling one. */
    public synchronized Instant renewed() {
        forgetOld();
        Instant oldest = spent.isEmpty() ? clock.instant() : spent.getFirst().at();
        return rolling ? oldest.plus(length) : start(clock.instant()).plus(length);
    }

    public synchronized void clear() {
        spent.clear();
        used = 0;
    }

    private void forgetOld() {
        Instant now = clock.instant();
        Instant from = rolling ? now.minus(length) : start(now);
        while (!spent.isEmpty() && isOver(spent.getFirst().at(), from)) {
            used -= spent.removeFirst().cost();
        }
    }

    private boolean isOver(Instant at, Instant from) {
        return rolling ? !at.isAfter(from) : at.isBefore(from);
    }

    private Instant start(Instant now) {
        long millis = length.toMillis();
        return Instant.ofEpochMilli(now.toEpochMilli() / millis * millis);
    }
}
