package dev.caravan.transport;

import java.util.Optional;

/**
 * Whether a request may still leave. A transport asks at the last moment before each of them, also before those that it makes of its own
 * accord: log-ins, and the repeat after an expired token (invariant I16). Asked by many threads; must return at once.
 */
@FunctionalInterface
public interface Gate {

    /** Everything may. */
    Gate OPEN = Optional::empty;

    /** The stable word for why not, as {@link Reply.NotSent} gives it; empty while requests may leave. */
    Optional<String> closed();
}
