package dev.caravan.pipeline;

import dev.caravan.delivery.link.StopSignal;
import dev.caravan.ledger.Scope;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Who may not send: everybody once the worker stops, or could not ask for too long what is paused, and whatever is paused. Asked before
 * every request (invariant I16); safe for many threads.
 */
public final class Holds {

    /** What a signal says while nobody knows what is paused. */
    static final String UNKNOWN = "ledger";

    private final LongSupplier nanos;
    private final long longest;
    private volatile long looked;
    private volatile Set<Scope> paused = Set.of();
    private volatile boolean stopping;

    /** Of one who hears of each pause when it is made. */
    public Holds() {
        this(() -> 0, Duration.ofSeconds(1));
    }

    /**
     * Of one who looks for pauses again and again, beginning now.
     *
     * @param nanos monotonic nanoseconds of any origin, of the same time as the looks
     * @param longest how old the last look may be before nothing is sent until the next
     */
    public Holds(LongSupplier nanos, Duration longest) {
        this.nanos = nanos;
        this.longest = longest.toNanos();
        this.looked = nanos.getAsLong();
    }

    /** The moment to give to {@link #looked}, before the look. */
    public long now() {
        return nanos.getAsLong();
    }

    /** What is paused was so at this moment, or since. */
    public void looked(long moment) {
        looked = moment;
    }

    private boolean isUnknown() {
        return nanos.getAsLong() - looked >= longest;
    }

    /** The worker was told to stop. */
    public void stop() {
        stopping = true;
    }

    /** Whether the worker was told to stop. */
    public boolean isStopping() {
        return stopping;
    }

    /** What is paused now, and nothing else. Runs that saw an earlier pause still end early. */
    public void paused(Collection<Scope> now) {
        paused = Set.copyOf(now);
    }

    /**
     * The signal for one run. Once it has a reason it keeps it. A preview writes nothing and is not stopped by the pause of its mapping
     * alone, which people lift after they have seen what would come.
     */
    public StopSignal of(Order order) {
        return of(over(order));
    }

    static List<Scope> over(Order order) {
        return Scope.over(order.mapping()).stream()
                .filter(scope -> order.mode() != Mode.PREVIEW || !(scope instanceof Scope.OnMapping))
                .toList();
    }

    /** The signal for what these scopes cover. */
    public StopSignal of(List<Scope> scopes) {
        return new StopSignal() {
            private volatile Optional<String> seen = Optional.empty();

            @Override
            public Optional<String> reason() {
                if (seen.isEmpty()) {
                    if (stopping) {
                        seen = Optional.of("stopped");
                    } else if (scopes.stream().anyMatch(paused::contains)) {
                        seen = Optional.of("paused");
                    } else if (isUnknown()) {
                        seen = Optional.of(UNKNOWN);
                    }
                }
                return seen;
            }
        };
    }
}
