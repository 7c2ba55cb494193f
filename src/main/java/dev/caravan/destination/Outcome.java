package dev.caravan.destination;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What became of one record of a batch. */
public sealed interface Outcome {

    /**
     * The destination holds what we sent.
     *
     * @param created whether it made a new record
     */
    record Accepted(@Nullable String remoteId, boolean created) implements Outcome {}

    /** It was so already: for example a deletion of a record that is gone. */
    record Unchanged(@Nullable String remoteId) implements Outcome {}

    /**
     * It was refused.
     *
     * @param code the destination's own code
     * @param field the field it names, if it names one
     * @param message the destination's words; may quote values, so it lives in the ledger only
     * @param together whether the request was refused as a whole for some row's sake, nobody says which: nothing of it was applied. Of
     *     a row that stands alone in its request, the class holds
     */
    record Rejected(String code, @Nullable String field, String message, ErrorClass errorClass, boolean together)
            implements Outcome {

        /** The refusal of this very row. */
        public Rejected(String code, @Nullable String field, String message, ErrorClass errorClass) {
            this(code, field, message, errorClass, false);
        }

        /** The same refusal of a row that was alone in its request. */
        public Rejected alone() {
            return new Rejected(code, field, message, errorClass);
        }
    }

    /** Certainly not applied, and worth another try. */
    record Deferred(String reason, Optional<Instant> notBefore) implements Outcome {

        /** The record that the row refers to is not there. Nothing that is done in this run brings it. */
        public static final String NO_PARENT = "no_parent";

        /** The same, put off until then at the longest. */
        public Deferred by(Instant latest) {
            return notBefore.filter(latest::isBefore).isPresent() ? new Deferred(reason, Optional.of(latest)) : this;
        }
    }

    /** Nobody knows. Never a failure and never a success. */
    record Unknown(String reason) implements Outcome {

        /**
         * The answer to a repeated insert that a record has its key already, or to new events that some are known already: ours perhaps,
         * perhaps somebody else's. Repeating it once more would be answered the same; looking it up tells.
         */
        public static final String KEY_TAKEN = "key_taken";

        /** An answer that was read to its end and does not say which of its rows it counts as refused. Fewer rows are easier to tell apart. */
        public static final String COUNTED = "counts";
    }

    /** Who or what a refusal is about. */
    enum ErrorClass {
        /** The row, until it changes: at any other time it would have been refused as well. */
        DATA,
        /** Another record stands against it. */
        CONFLICT,
        /** A rule of the destination. */
        POLICY,
        /** The mapping or the permissions: every row will fail alike, so the run stops. */
        CONFIG,
        /** A lock or a hiccup: comes back by itself. */
        TRANSIENT,
        /** Quota or storage: pauses the connection. */
        QUOTA,
        /** Log-in or rights to log in. */
        AUTH;

        /** Whether the refusal stands until the row, the mapping or the schema changes. */
        public boolean stands() {
            return this == DATA || this == CONFLICT || this == POLICY;
        }
    }
}
