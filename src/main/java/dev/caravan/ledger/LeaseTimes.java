package dev.caravan.ledger;

import java.time.Duration;

/**
 * How long leases last where several workers share a ledger. The store's clock alone measures them.
 *
 * @param length how long a lease is good for after it was granted or renewed
 * @param margin how much of it must be left for a request to be sent: the longest that a request may take, and what two clocks may
 *     drift apart meanwhile
 */
public record LeaseTimes(Duration length, Duration margin) {

    /** Refuses times with which a run could never send: the margin must leave room to renew. */
    public LeaseTimes {
        if (margin.isNegative() || length.compareTo(margin.multipliedBy(2)) < 0) {
            throw new IllegalArgumentException("a lease of " + length + " leaves no room beside a margin of " + margin);
        }
    }
}
