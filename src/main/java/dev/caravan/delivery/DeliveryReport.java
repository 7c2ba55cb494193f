package dev.caravan.delivery;

import java.util.Optional;

/**
 * What became of one batch, in rows; the ledger has it row by row.
 *
 * @param accepted accepted or unchanged
 * @param rejected refused by the destination
 * @param deferred certainly not applied, and not tried again in this run; or not sent any more, since the destination may have forgotten the first
 * @param unknown nobody knows
 * @param open rows of an intent without outcomes, left for recovery
 * @param requests HTTP requests
 * @param halt why the run should send no further batch; empty to go on
 */
public record DeliveryReport(
        int accepted, int rejected, int deferred, int unknown, int open, int requests, Optional<Halt> halt) {

    /** This, of a batch of which some rows were held before, which took so many requests. */
    public DeliveryReport after(int held, int more, Optional<Halt> before) {
        return new DeliveryReport(
                accepted, rejected, deferred + held, unknown, open, requests + more, before.or(() -> halt));
    }

    /** Nothing was sent. */
    public static DeliveryReport nothing() {
        return new DeliveryReport(0, 0, 0, 0, 0, 0, Optional.empty());
    }

    /**
     * Why a run should not go on.
     *
     * @param reason a stable word: {@code stopped}, {@code paused}, {@code config}, {@code login}, {@code quota}, {@code breaker},
     *     {@code refused}… It serves as the reason for holding the rows not sent
     * @param detail for people; a destination's error code at most, never its message
     */
    public record Halt(String reason, String detail) {}
}
