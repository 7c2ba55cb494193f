package dev.caravan.delivery;

/** How a conversation ended. */
public sealed interface Driven<R> {

    /** HTTP requests it took. */
    int requests();

    /** It came to its end. */
    record Finished<R>(R result, int requests) implements Driven<R> {}

    /**
     * A stop came while something remote was under way, or it takes longer than we wait. What became of it is for recovery to
     * find out.
     *
     * @param reason {@code stopped}, {@code paused}, or what the conversation says
     */
    record LeftOpen<R>(String reason, int requests) implements Driven<R> {}
}
