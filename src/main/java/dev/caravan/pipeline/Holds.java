package dev.caravan.pipeline;

import dev.caravan.delivery.link.StopSignal;
import dev.caravan.mapping.MappingId;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Who may not send: everybody once the worker stops, and paused mappings. Asked before every request; safe for many threads. */
public final class Holds {

    private final Set<MappingId> paused = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    /** The worker was told to stop. */
    public void stop() {
        stopping = true;
    }

    /** Whether the worker was told to stop. */
    public boolean isStopping() {
        return stopping;
    }

    /** A mapping was paused. */
    public void pause(MappingId mapping) {
        paused.add(mapping);
    }

    /** A mapping's pause was lifted; runs that saw it still end early. */
    public void resume(MappingId mapping) {
        paused.remove(mapping);
    }

    /** The signal for one run. Once it has a reason it keeps it. */
    public StopSignal of(MappingId mapping) {
        return new StopSignal() {
            private volatile Optional<String> seen = Optional.empty();

            @Override
            public Optional<String> reason() {
                if (seen.isEmpty()) {
                    if (stopping) {
                        seen = Optional.of("stopped");
                    } else if (paused.contains(mapping)) {
                        seen = Optional.of("paused");
                    }
                }
                return seen;
            }
        };
    }
}
