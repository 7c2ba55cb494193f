package dev.caravan.destination;

/** A daily allowance as the destination tells it, shared with every other application of the account. Advisory. */
public record Quota(long used, long limit) {

    /** The share used, 0 to 1. */
    public double share() {
        return limit <= 0 ? 0 : (double) used / limit;
    }
}
