package dev.caravan.delivery.link;

/**
 * What a connection may use of its destination.
 *
 * @param requestsPerSecond the most requests started in a second, evenly spaced; fractions are allowed
 * @param concurrency the most requests at once
 * @param dailyQuotaShare the share of the daily allowance, 0 to 1, from which writes stop, other applications' use included
 */
public record ConnectionLimits(double requestsPerSecond, int concurrency, double dailyQuotaShare) {

    /** Where a connection says nothing. */
    public static final ConnectionLimits DEFAULT = new ConnectionLimits(20, 4, 0.7);

    public ConnectionLimits {
        if (!(requestsPerSecond > 0) || concurrency < 1 || !(dailyQuotaShare > 0) || dailyQuotaShare > 1) {
            throw new IllegalArgumentException("limits out of range");
        }
    }
}
