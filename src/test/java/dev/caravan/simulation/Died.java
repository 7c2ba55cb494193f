package dev.caravan.simulation;

/** Ends a thread of a process that was killed. An error, so that nothing that handles failures takes it for one. */
final class Died extends Error {

    private static final long serialVersionUID = 1L;

    Died() {
        super("killed", null, false, false);
    }
}
