package dev.caravan.normalise;

import java.util.Optional;

/**
 * A step with its name, and what may stand beside it in a pipe.
 *
 * @param platform whose rules it follows; empty where they are nobody's in particular
 * @param country whether it takes a country
 */
record Named(String name, Kind kind, Optional<String> platform, boolean country, Step step) {

    /** What a step makes of a text. */
    enum Kind {
        /** Another writing of any text. */
        PLAIN,
        /** The form in which a value is compared, in the open or hashed. */
        FORM,
        /** The form of a value that its platform takes in the open alone. */
        OPEN,
        /** An id in the open, which may look like anything, a hash too. */
        ID,
        /** A hash. */
        HASH
    }

    static Named plain(String name, Step step) {
        return new Named(name, Kind.PLAIN, Optional.empty(), false, step);
    }

    static Named hash(String name, Step step) {
        return new Named(name, Kind.HASH, Optional.empty(), false, step);
    }

    static Named form(String name, Step step) {
        return new Named(name, Kind.FORM, platformOf(name), false, step);
    }

    static Named open(String name, Step step) {
        return new Named(name, Kind.OPEN, platformOf(name), false, step);
    }

    static Named id(String name, Step step) {
        return new Named(name, Kind.ID, platformOf(name), false, step);
    }

    /** Whether a text that is a hash already has gone through something of the kind before. */
    boolean refusesHashes() {
        return kind != Kind.PLAIN && kind != Kind.ID;
    }

    static Named local(String name, Step step) {
        return new Named(name, Kind.FORM, platformOf(name), true, step);
    }

    /** Whether another platform wants another form. */
    boolean ofPlatform() {
        return platform.isPresent();
    }

    private static Optional<String> platformOf(String name) {
        int dot = name.indexOf('.');
        return dot < 0 || name.startsWith("phone.") ? Optional.empty() : Optional.of(name.substring(0, dot));
    }
}
