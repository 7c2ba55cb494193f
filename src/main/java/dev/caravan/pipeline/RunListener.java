package dev.caravan.pipeline;

import dev.caravan.ledger.Scope;
import dev.caravan.mapping.MappingId;
import dev.caravan.recovery.Recovered;
import dev.caravan.run.Run;
import java.util.Set;

/** Hears how runs end and what is paused; for metrics. Must return at once and never throw. */
public interface RunListener {

    /** Hears nothing. */
    RunListener NONE = new RunListener() {
        @Override
        public void ended(Run run) {}

        @Override
        public void recovered(MappingId mapping, Recovered recovered) {}

        @Override
        public void mismatch(Run run) {}
    };

    /** A run has ended and is in the ledger. */
    void ended(Run run);

    /** What a run recovered before it began. */
    void recovered(MappingId mapping, Recovered recovered);

    /** A run's books do not balance. */
    void mismatch(Run run);

    /** So many keys of a mapping have a request whose end nobody knows, as its last run found or left them. */
    default void unresolved(MappingId mapping, long keys) {}

    /** What is paused now, and nothing else. */
    default void paused(Set<Scope> scopes) {}
}
