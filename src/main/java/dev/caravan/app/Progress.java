package dev.caravan.app;

/** Hears how a run gets on. Called from the run's threads, often; must return at once. */
@FunctionalInterface
public interface Progress {

    /** Hears nothing. */
    Progress NONE = (phase, done, total) -> {};

    /**
     * A step forward.
     *
     * @param phase the step's name: {@code read}, {@code check}, {@code diff}, {@code map}, {@code deliver}, {@code wait} while the answer to
     *     what was sent is asked for until it is there…
     * @param done rows done in this phase
     * @param total rows to do; -1 if not known
     */
    void at(String phase, long done, long total);
}
