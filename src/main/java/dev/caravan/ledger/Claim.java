package dev.caravan.ledger;

import java.time.Instant;

/** What came of claiming a mapping. */
public sealed interface Claim {

    /**
     * It is ours.
     *
     * @param run the new run's id
     */
    record Granted(Lease lease, long run) implements Claim {}

    /**
     * Another run of it is going on.
     *
     * @param since when it started
     */
    record Busy(long run, Instant since) implements Claim {}

    /** The scheduled fire was claimed before. */
    record AlreadyFired() implements Claim {}
}
