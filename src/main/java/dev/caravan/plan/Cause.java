package dev.caravan.plan;

import dev.caravan.snapshot.Known;
import java.util.Optional;

/** Why a row is in a plan. */
public enum Cause {
    /** The key is new. */
    NEW,
    /** The key had left the model and is back. */
    RETURNED,
    /** The model's row changed. */
    MODEL,
    /** The destination's key of the row changed: its record follows, or makes way for the one of the new key; so does a member that is known by others now. */
    REKEYED,
    /** The mapping was edited. */
    EDIT,
    /** An edited mapping reads a column that the image lacks. */
    BACKFILL,
    /** Nothing changed, but what was sent expires there: it is sent once more. */
    RENEWED,
    /** An earlier request is unresolved. */
    UNKNOWN,
    /** An earlier insert was unresolved, and its record was found: nothing is sent. */
    FOUND,
    /** An earlier insert was unresolved, and somebody says that it is taken as arrived: nothing is sent. */
    DROPPED,
    /** The key left the model. */
    REMOVED;

    /** Of a row that the snapshot has not, or knows as gone or in doubt. */
    static Cause ofAdded(Optional<Known> known) {
        return known.map(before -> before.dirty() ? UNKNOWN : RETURNED).orElse(NEW);
    }

    /** Whether such a row is only recorded, since it is known what became of what was sent before. */
    public boolean isRecorded() {
        return this == FOUND || this == DROPPED;
    }
}
