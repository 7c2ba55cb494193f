package dev.caravan.destination;

/** What a destination that was asked for the record with a key says. */
public sealed interface Referent {

    /** There is one. */
    record One(String id) implements Referent {}

    /** There is none, or none that we may see. */
    record None() implements Referent {}

    /** There are several, so that a person has to say which is meant. */
    record Several() implements Referent {}

    /**
     * It did not tell.
     *
     * @param reason a stable word such as {@code limit} or {@code malformed}
     */
    record Untold(String reason) implements Referent {}
}
