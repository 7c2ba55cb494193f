package dev.caravan.pipeline;

import dev.caravan.delivery.link.StopSignal;
import dev.caravan.ledger.Scope;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who may not send: everybody once the worker stops, and whatever is paused. Asked before every request (invariant I16); safe for many
 * threads.
 */
public final class Holds {

    private volatile Set<Scope> paused = Set.of();
    private volatile boolean stopping;

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
                    }
                }
                return seen;
            }
        };
    }
}
