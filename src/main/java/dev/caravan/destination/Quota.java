package dev.caravan.destination;

/**
 * A daily allowance as the destination tells it, shared with every other application of the account. Advisory.
 *
 * @param counted whether both are requests; else they are parts of a hundred, and say nothing of how many requests are left
 */
public record Quota(long used, long limit, boolean counted) {

    private static final long HUNDRED = 100;

    /** So many requests of so many. */
    public Quota(long used, long limit) {
        this(used, limit, true);
    }

    /** So many parts of a hundred of whatever is allowed. */
    public static Quota percent(long used) {
        return new Quota(used, HUNDRED, false);
    }

    /** The share used, 0 to 1. */
    public double share() {
        return limit <= 0 ? 0 : (double) used / limit;
    }
}
