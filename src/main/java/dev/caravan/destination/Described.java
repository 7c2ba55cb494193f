package dev.caravan.destination;

import dev.caravan.mapping.TargetSchema;
import dev.caravan.problem.Problem;

/** What came of asking a destination to describe an object. */
public sealed interface Described {

    /** It did. */
    record Schema(TargetSchema schema) implements Described {}

    /**
     * It refused or could not be reached.
     *
     * @param retryable whether trying later can help (then the exit code is 3, else 2)
     */
    record Failed(Problem problem, boolean retryable) implements Described {}
}
