package dev.caravan.plan;

/** Why a row is in a plan. */
public enum Cause {
    /** The key is new. */
    NEW,
    /** The key had left the model and is back. */
    RETURNED,
    /** The model's row changed. */
    MODEL,
    /** The mapping was edited. */
    EDIT,
    /** An edited mapping reads a column that the image lacks. */
    BACKFILL,
    /** An earlier request is unresolved. */
    UNKNOWN,
    /** An earlier insert was unresolved, and its record was found: nothing is sent. */
    FOUND,
    /** The key left the model. */
    REMOVED
}
