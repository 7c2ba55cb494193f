package dev.caravan.sandbox.spec;

import java.time.Duration;

/**
 * Where organisations or API versions differ, or documentation is silent, and a test wants one or the other.
 *
 * @param badRecordFailsRequest in a collection, an unknown field or an unreadable value refuses the whole request (400)
 *     instead of its record. Documentation is silent; true is the harder case for a client and the default
 * @param limitInfo whether answers carry {@code Sforce-Limit-Info}; it is not guaranteed
 * @param bulkBatchTime how long the server takes over each batch of a bulk job before its rows are applied
 * @param bulkBatchRows rows in a server-side batch of a bulk job
 * @param seesAll whether a permission set of the integration user lets him see all records of every object, whoever owns them
 */
public record Quirks(
        boolean badRecordFailsRequest, boolean limitInfo, Duration bulkBatchTime, int bulkBatchRows, boolean seesAll) {

    /** With a user who sees all. */
    public Quirks(boolean badRecordFailsRequest, boolean limitInfo, Duration bulkBatchTime, int bulkBatchRows) {
        this(badRecordFailsRequest, limitInfo, bulkBatchTime, bulkBatchRows, true);
    }

    public static Quirks defaults() {
        return new Quirks(true, true, Duration.ofMillis(20), 10_000);
    }
}
