package dev.caravan.pipeline;

import dev.caravan.delivery.link.StopSignal;
import dev.caravan.ledger.LeaseTimes;
import dev.caravan.ledger.Leases;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Which runs of this worker still have their lease, as far as the worker can know by its own clocks (invariant I10). A lease
 * counts from the moment before it was asked for, so the worker takes it for over before the store does; a run stops sending while
 * there is still time for a request under way to end. Of its two clocks the one by which more time has passed counts: the monotonic one
 * stands still while a machine is suspended, and a wall clock that was put on costs a stop at worst. Where leases do not run out, nothing of this applies. For many threads.
 */
public final class LeaseWatch {

    /** What a run's stop signal says once its lease may be gone. */
    static final String REASON = "lease";

    /** For a process that owns the ledger alone. */
    static final LeaseWatch NONE = new LeaseWatch(new Lasting(), () -> 0, () -> Instant.EPOCH);

    private final Leases leases;
    private final LongSupplier nanos;
    private final InstantSource wall;
    private final Optional<LeaseTimes> times;
    private final Map<Long, Moment> counted = new ConcurrentHashMap<>();

    /**
     * A watch on the leases of a ledger.
     *
     * @param nanos monotonic nanoseconds of any origin
     * @param wall this machine's clock, which may be wrong and may jump
     */
    public LeaseWatch(Leases leases, LongSupplier nanos, InstantSource wall) {
        this.leases = leases;
        this.nanos = nanos;
        this.wall = wall;
        this.times = leases.leaseTimes();
    }

    /** How often to renew, so that a few failures in a row cost nothing; empty where leases do not run out. */
    public Optional<Duration> pace() {
        return times.map(lasting -> lasting.length().minus(lasting.margin()).dividedBy(5));
    }

    /** A moment by both clocks. */
    record Moment(long nanos, Instant wall) {

        /** Whether so much time has passed by either clock. */
        boolean isOver(Duration time, Moment now) {
            return now.nanos - nanos >= time.toNanos() || !now.wall.isBefore(wall.plus(time));
        }
    }

    /** The moment to give to {@link #granted}, before the ledger is asked. */
    Moment now() {
        return new Moment(nanos.getAsLong(), wall.instant());
    }

    void granted(long run, Moment asked) {
        times.ifPresent(lasting -> counted.put(run, asked));
    }

    void ended(long run) {
        counted.remove(run);
    }

    /** Whether another worker is executing a run. */
    boolean elsewhere(long run) {
        return leases.elsewhere(run);
    }

    /** Renews the leases of all runs that are going on. What it throws says that none was renewed; their time goes on running out. */
    public void renew() {
        if (times.isEmpty() || counted.isEmpty()) {
            return;
        }
        Set<Long> asked = Set.copyOf(counted.keySet());
        Moment before = now();
        Set<Long> kept = leases.renew(asked);
        for (long run : asked) {
            if (kept.contains(run)) {
                counted.computeIfPresent(run, (same, known) -> before);
            } else {
                counted.remove(run);
            }
        }
    }

    /** What stops a run: that its lease may be gone, or whatever else does. */
    public StopSignal of(long run, StopSignal others) {
        return times.<StopSignal>map(
                        lasting -> new Stop(run, others, lasting.length().minus(lasting.margin())))
                .orElse(others);
    }

    /** Leases that never run out. */
    private record Lasting() implements Leases {

        @Override
        public Optional<LeaseTimes> leaseTimes() {
            return Optional.empty();
        }

        @Override
        public Set<Long> renew(Collection<Long> runs) {
            return Set.copyOf(runs);
        }

        @Override
        public boolean elsewhere(long run) {
            return false;
        }
    }

    private final class Stop implements StopSignal {

        private final long run;
        private final StopSignal others;
        private final Duration sending;
        private volatile boolean over;

        Stop(long run, StopSignal others, Duration sending) {
            this.run = run;
            this.others = others;
            this.sending = sending;
        }

        @Override
        public Optional<String> reason() {
            Optional<String> other = others.reason();
            if (other.isPresent()) {
                return other;
            }
            if (!over) {
                Moment from = counted.get(run);
                over = from == null || from.isOver(sending, now());
            }
            return over ? Optional.of(REASON) : Optional.empty();
        }
    }
}
