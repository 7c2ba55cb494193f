package dev.caravan.run;

/** Where a run stands. */
public enum RunState {
    RUNNING,
    /** Settled: delivered, or nothing to do. */
    DONE,
    /** Its plan waits for approval. */
    HELD,
    /** Stopped by an error before or during delivery; what was sent is accounted for. */
    FAILED,
    /** Its process died; a later run took over. */
    INTERRUPTED
}
