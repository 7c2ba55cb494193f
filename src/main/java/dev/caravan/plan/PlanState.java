package dev.caravan.plan;

/** Where a plan stands. */
public enum PlanState {
    /** Waits for approval. */
    HELD,
    /** May be delivered: nothing objected, or a person approved. */
    OPEN,
    /** Delivered and settled. */
    DELIVERED,
    /** Refused by a person. */
    REJECTED,
    /** Not approved in time. */
    EXPIRED,
    /** What it stands on moved, a plan that no guard minds took its place, or a later run took over what was left of it. */
    SUPERSEDED
}
