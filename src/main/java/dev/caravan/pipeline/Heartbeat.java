package dev.caravan.pipeline;

/** Hears how a run gets on. Called from the run's threads, often; must return at once. */
@FunctionalInterface
public interface Heartbeat {

    /**
     * A step forward.
     *
     * @param step the step's name
     * @param done rows done in it
     * @param total rows to do; -1 if not known
     */
    void at(String step, long done, long total);
}
