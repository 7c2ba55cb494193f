package dev.caravan.destination;

import dev.caravan.mapping.TargetField;
import dev.caravan.normalise.Normaliser;
import dev.caravan.row.Value;
import dev.caravan.row.ValueType;
import dev.caravan.transport.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How one destination is spoken to. Pure: no I/O, no clock, no retry, no log. Safe for use by many threads. Conversations
 * end with exactly one outcome for every write of the batch, in the batch's order; an input that the answers do not
 * account for is {@link Outcome.Unknown} (invariant I20).
 */
public interface Destination {

    /** What holds of it whatever is written. */
    DestinationSpec spec();

    /** What can be done with an object; {@link Capabilities#NONE} if it can tell that there is none of this name. */
    Capabilities capabilities(String object);

    /** The account that a log-in answer (see {@code Transport.login}) speaks for; empty if the answer does not tell. */
    Optional<String> account(Reply.Answer login);

    /** Asks for an object's fields. */
    Conversation<Described> describe(String object);

    /**
     * The same for a mapping that fills these fields, where describing a field may take a question of its own: one of another object, that
     * the field leads to. A field that is not there is left out.
     */
    default Conversation<Described> describe(String object, Set<String> fields) {
        return describe(object);
    }

    /** The idempotency class of what a batch does. */
    IdempotencyClass idempotency(Batch batch);

    /** Delivers a batch. Ends with one outcome a write. */
    Conversation<List<Outcome>> deliver(Batch batch);

    /** Takes up a staged job after a crash, by the id that was remembered: polls it, or aborts it if it never started. */
    Conversation<List<Outcome>> resume(Batch batch, String remoteJob);

    /**
     * Asks what became of inserts of class E whose answers were lost, and of those of class B whose repetition was answered with
     * {@link Outcome.Unknown#KEY_TAKEN}. Only reads. Ends with one trace a write, in their order. Empty if
     * this destination cannot tell, whatever is asked; with no writes it asks nothing.
     */
    default Optional<Conversation<List<Trace>>> lookUp(Trace.Question question) {
        return Optional.empty();
    }

    /**
     * Asks which records have these values in a field, for the ids that other records refer to them by. Only reads. Ends with one referent a
     * value, in their order. Empty if records of this object cannot be asked for by this field; with no values it asks nothing.
     *
     * @param values none of them null or empty, no two the same
     */
    default Optional<Conversation<List<Referent>>> identify(String object, String field, List<Value> values) {
        return Optional.empty();
    }

    /**
     * What a reply says about the connection.
     *
     * @param now for answers that count from now
     */
    Signal observe(Reply reply, Instant now);

    /** Why a column or expression of this type can never fill this field; empty if it can. */
    Optional<String> mismatch(TargetField field, ValueType type);

    /** The normaliser whose hashes a field holds, where it holds hashes and nothing else. */
    default Optional<Normaliser> hashes(String object, String field) {
        return Optional.empty();
    }

    /**
     * Whether what a field holds would go, as it is, to a place that is not for personal data.
     *
     * @param pii whether the mapping calls it private
     */
    default boolean exposes(String object, String field, boolean pii) {
        return false;
    }

    /** Why this value does not fit this field, as a stable word such as {@code too_long}; empty if it does. */
    Optional<String> misfit(TargetField field, Value value);

    /** HTTP requests that delivering so many writes of one action takes. */
    long requestsFor(Action action, boolean job, long writes);

    /** Whether keys that differ in white space at their ends alone are one key to it. Where it is not known, they are taken for one. */
    default boolean trimsKeys() {
        return true;
    }

    /** How long one request may take. */
    Duration requestTimeout();
}
