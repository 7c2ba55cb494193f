package dev.caravan.delivery;

/** How a conversation ended. */
public sealed interface Driven<R> {

    /** HTTP requests it took. */
    int requests();

    /** It came to its end. */
    record Finished<R>(R result, int requests) implements Driven<R> {}

    /**
     * A stop came while something remote was under way. What became of it is for recovery to find out.
     *
     * @param reason {@code stopped} or {@code paused}
     */
    record LeftOpen<R>(String reason, int requests) implements Driven<R> {}
}
