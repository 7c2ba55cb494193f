package dev.caravan.pipeline;

/** What a run is for. */
public enum Mode {
    /** Plan, and deliver unless a guard holds. */
    SYNC,
    /** Plan and stop: nothing is written, nothing recovered, no rows kept. */
    PREVIEW,
    /** Deliver exactly the rows of an approved plan. */
    APPROVAL
}
