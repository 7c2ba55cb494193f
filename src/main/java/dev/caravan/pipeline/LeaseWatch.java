package dev.caravan.pipeline;

import dev.caravan.delivery.link.StopSignal;
import dev.caravan.ledger.LeaseTimes;
import dev.caravan.ledger.Leases;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Which runs of this worker still have their lease, as far as the worker can know by its own monotonic clock (invariant I10). A lease
 * counts from the moment before it was asked for, so the worker takes it for over before the store does; a run stops sending while
 * there is still time for a request under way to end. Where leases do not run out, nothing of this applies. For many threads.
 */
public final class LeaseWatch {

    /** What a run's stop signal says once its lease may be gone. */
    static final String REASON = "lease";

    /** For a process that owns the ledger alone. */
    static final LeaseWatch NONE = new LeaseWatch(new Lasting(), () -> 0);

    private final Leases leases;
    private final LongSupplier nanos;
    private final Optional<LeaseTimes> times;
    private final Map<Long, Long> sendUntil = new ConcurrentHashMap<>();

    /**
     * A watch on the leases of a ledger.
     *
     * @param nanos monotonic nanoseconds of any origin
     */
    public LeaseWatch(Leases leases, LongSupplier nanos) {
        this.leases = leases;
        this.nanos = nanos;
        this.times = leases.leaseTimes();
    }

    /** How often to renew, so that a few failures in a row cost nothing; empty where leases do not run out. */
    public Optional<Duration> pace() {
        return times.map(lasting -> lasting.length().minus(lasting.margin()).dividedBy(5));
    }

    /** The moment to give to {@link #granted}, before the ledger is asked. */
    long now() {
        return nanos.getAsLong();
    }

    void granted(long run, long asked) {
        times.ifPresent(lasting -> sendUntil.put(run, end(asked, lasting)));
    }

    void ended(long run) {
        sendUntil.remove(run);
    }

    /** Whether another worker is executing a run. */
    boolean elsewhere(long run) {
        return leases.elsewhere(run);
    }

    /** Renews the leases of all runs that are going on. What it throws says that none was renewed; their time goes on running out. */
    public void renew() {
        if (times.isEmpty() || sendUntil.isEmpty()) {
            return;
        }
        Set<Long> asked = Set.copyOf(sendUntil.keySet());
        long before = now();
        Set<Long> kept = leases.renew(asked);
        for (long run : asked) {
            long until = kept.contains(run) ? end(before, times.get()) : before;
            sendUntil.computeIfPresent(run, (same, known) -> until);
        }
    }

    private static long end(long asked, LeaseTimes lasting) {
        return asked + lasting.length().minus(lasting.margin()).toNanos();
    }

    /** What stops a run: that its lease may be gone, or whatever else does. */
    public StopSignal of(long run, StopSignal others) {
        return times.isEmpty() ? others : new Stop(run, others);
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
        private volatile boolean over;

        Stop(long run, StopSignal others) {
            this.run = run;
            this.others = others;
        }

        @Override
        public Optional<String> reason() {
            Optional<String> other = others.reason();
            if (other.isPresent()) {
                return other;
            }
            if (!over) {
                Long until = sendUntil.get(run);
                over = until == null || now() - until >= 0;
            }
            return over ? Optional.of(REASON) : Optional.empty();
        }
    }
}
