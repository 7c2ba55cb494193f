package dev.caravan.mapping;

import dev.caravan.problem.Place;
import java.time.Duration;
import java.util.Optional;

/**
 * Where a mapping writes.
 *
 * @param connection the name of the destination's connection
 * @param object the destination's object, for example {@code Lead}
 * @param key the destination fields that identify a record, for example {@code Lead_Id__c} alone
 * @param keySource what fills it; of several fields a {@link FieldSource.Composite} with a part for each
 * @param onUnknown what becomes of a row whose insert nobody knows the end of, where the destination cannot tell either
 * @param onRekeyed what becomes of a row whose key is another, and whose record cannot be given that key
 * @param resendEvery how long after its last acceptance a row that is still in the model is sent again though nothing of it changed, since
 *     what it made there expires; empty if never. Only for operations that {@linkplain Operation#mayBeRepeated may be repeated}
 * @param adopted whether records we did not create, or members we did not add, may be deleted too; what is no membership is a mirror's anyway
 * @param place the block that says so
 * @param keyPlace where it names the key field
 * @param keyPrivate whether the key's values are masked in what is shown of records
 */
public record Target(
        String connection,
        String object,
        Operation operation,
        TargetKey key,
        FieldSource keySource,
        OnRemoved onRemoved,
        OnUnknown onUnknown,
        OnRekeyed onRekeyed,
        Optional<Duration> resendEvery,
        boolean adopted,
        Strategy strategy,
        Place place,
        Place keyPlace,
        boolean keyPrivate) {

    /** A target whose key is nobody's secret. */
    public Target(
            String connection,
            String object,
            Operation operation,
            TargetKey key,
            FieldSource keySource,
            OnRemoved onRemoved,
            OnUnknown onUnknown,
            OnRekeyed onRekeyed,
            Optional<Duration> resendEvery,
            boolean adopted,
            Strategy strategy,
            Place place,
            Place keyPlace) {
        this(
                connection,
                object,
                operation,
                key,
                keySource,
                onRemoved,
                onUnknown,
                onRekeyed,
                resendEvery,
                adopted,
                strategy,
                place,
                keyPlace,
                false);
    }

    /** A target where nobody says what becomes of a row whose key is another: it waits for a person. Nothing there expires. */
    public Target(
            String connection,
            String object,
            Operation operation,
            TargetKey key,
            FieldSource keySource,
            OnRemoved onRemoved,
            OnUnknown onUnknown,
            boolean adopted,
            Strategy strategy,
            Place place,
            Place keyPlace) {
        this(
                connection,
                object,
                operation,
                key,
                keySource,
                onRemoved,
                onUnknown,
                OnRekeyed.HOLD,
                Optional.empty(),
                adopted,
                strategy,
                place,
                keyPlace);
    }

    /** The field that identifies a record, or the fields in one text; see {@link TargetKey#name}. */
    public String keyField() {
        return key.name();
    }

    /** What is done with rows that are there. */
    public enum Operation {
        /** Create or update by key. */
        UPSERT,
        /** Update existing records only; an unknown key is rejected. */
        UPDATE,
        /** Create only; later changes are not sent. */
        INSERT,
        /** The object holds exactly the model's rows, as far as this mapping put them there. */
        MIRROR,
        /** Rows are members to be added. */
        ADD,
        /** Rows are members to be taken out. */
        REMOVE,
        /** Rows are events: each is sent once, later changes are not. */
        APPEND;

        /** Whether a row is sent once and for all, so that a second request could make a second record. */
        public boolean isOnce() {
            return this == INSERT || this == APPEND;
        }

        /** Whether what a row made there lasts, so that the same row once more leaves it as it is, but for its age. */
        public boolean mayBeRepeated() {
            return !isOnce() && this != REMOVE;
        }
    }

    /** What is done when a key left the model. */
    public enum OnRemoved {
        NOTHING,
        /** Set the mapping's own fields to null. */
        CLEAR,
        /** Put the record away, if it is ours. */
        ARCHIVE,
        /** Delete the record, if it is ours; end the membership. */
        DELETE
    }

    /** What is done about an insert that may or may not have arrived, where it cannot be repeated without a trace (class E). */
    public enum OnUnknown {
        /** Wait for a person. */
        HOLD,
        /** Send it again: at least once. */
        RESEND,
        /** Take it as arrived: at most once. */
        DROP
    }

    /** What is done with an upserted row whose key is another, where its record cannot follow. */
    public enum OnRekeyed {
        /** Wait for a person, lest there are two. */
        HOLD,
        /** Write the record of the new key, and leave the other as it is. */
        NEW_RECORD
    }

    /** How changes travel. */
    public enum Strategy {
        /** By size: small plans as batches, large ones as jobs. */
        AUTO,
        /** Requests of a few hundred rows, answered at once. */
        BATCH,
        /** Staged jobs of many thousand rows, polled. */
        JOB
    }
}
