package dev.caravan.plan;

import dev.caravan.row.RowKey;
import java.util.Optional;

/** Says what may be done about a key whose last request has no known end. Asked of dirty keys alone. */
@FunctionalInterface
public interface Doubts {

    /** For operations that may always be sent again. */
    Doubts NONE = key -> new Doubt.Latest();

    /** What may be done about this key. */
    Doubt about(RowKey key);

    /** Whether all that is in doubt of a key was refused word for word for its content since, so that nothing of it ever arrived. */
    default boolean refuted(RowKey key) {
        return false;
    }

    /** The last request for a key of which nobody knows whether it was applied, as it was sent; empty if that is not known any more. */
    default Optional<PlannedWrite> lost(RowKey key) {
        return Optional.empty();
    }

    /** What may be done. */
    sealed interface Doubt {

        /** Send what the model says now (classes A and C). */
        record Latest() implements Doubt {}

        /**
         * Send the same once more, word for word (class B).
         *
         * @param refused what may be done where the destination refused that: the refusal may be newer than the first request, and
         *     says nothing of it. Never another repetition
         */
        record Again(PlannedWrite row, PlannedWrite.Repeat first, Doubt refused) implements Doubt {}

        /** As {@link Latest}: the request is known not to have arrived. */
        record Absent() implements Doubt {}

        /**
         * Record that it arrived, and send nothing.
         *
         * @param row as it was sent
         */
        record Found(PlannedWrite row, PlannedWrite.Repeat first, String remoteId) implements Doubt {}

        /**
         * Send nothing until a person has looked (class E).
         *
         * @param reason why the row is held
         */
        record Hold(String reason) implements Doubt {}

        /**
         * Take it as arrived: somebody says so.
         *
         * @param insert what was sent; empty where it is not known any more, or was no insert
         */
        record Drop(Optional<Lost> insert) implements Doubt {

            /** An insert without an end, and the first of the requests for the same. */
            public record Lost(PlannedWrite row, PlannedWrite.Repeat first) {}
        }
    }
}
