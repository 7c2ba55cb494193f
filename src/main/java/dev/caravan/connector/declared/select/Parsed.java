package dev.caravan.connector.declared.select;

/**
 * A text of the format, compiled or refused.
 *
 * @param <T> what it is compiled to
 */
public sealed interface Parsed<T> {

    /** It is well-formed. */
    record Good<T>(T value) implements Parsed<T> {}

    /**
     * It is not.
     *
     * @param offset where in the text, in code points
     * @param message what was found, in one sentence
     * @param suggestion what to write
     */
    record Bad<T>(int offset, String message, String suggestion) implements Parsed<T> {}
}
