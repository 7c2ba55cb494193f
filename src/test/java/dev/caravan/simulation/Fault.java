package dev.caravan.simulation;

/** What goes wrong. Requests that fail in some way, then the rest. */
enum Fault {
    REFUSED("refused"),
    /** It never arrived. */
    TIMEOUT("lost"),
    /** It was served, and its answer was lost. */
    RESET("reset"),
    /** It was given up and arrived minutes later. */
    LATE("late"),
    SLOW("slow"),
    TWICE("twice"),
    LOGGED_OUT("401"),
    FORBIDDEN("403"),
    BUSY("429"),
    /** It was served all the same. */
    FAILED("500"),
    UNAVAILABLE("503"),
    /** An answer that is too short, too long or garbled. */
    GARBLED("garbled"),
    /** A read of the model that breaks off half way. */
    READ("read"),
    CRASH("crash"),
    /** A worker claims what another is still at. */
    TAKEOVER("takeover"),
    /** A worker stands still. */
    STALL("stall"),
    CLOCK("clock"),
    PAUSE("pause");

    private final String label;

    Fault(String label) {
        this.label = label;
    }

    /** A word, or the status that is answered. */
    String label() {
        return label;
    }
}
