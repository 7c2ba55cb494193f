package dev.caravan.normalise;

/** What came of compiling a pipe. */
public sealed interface Compiled {

    /** It can be used. */
    record Done(Normaliser normaliser) implements Compiled {}

    /**
     * It cannot.
     *
     * @param offset the character of its text that is to blame, from 0
     */
    record Wrong(int offset, String message, String suggestion) implements Compiled {}
}
