package dev.caravan.ledger;

import dev.caravan.destination.Action;
import dev.caravan.destination.IdempotencyClass;
import dev.caravan.destination.Outcome;
import dev.caravan.ledger.Decisions.Decision;
import dev.caravan.mapping.MappingId;
import dev.caravan.mapping.Target.OnUnknown;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.row.RowKey;
import dev.caravan.run.Accounting;
import dev.caravan.run.Rejection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Intents before, outcomes after. Both are append-only. */
public interface Deliveries {

    /** No request of rows leaves later than this after its intent; who sends sees to it. Jobs, which are asked, may. */
    Duration LONGEST_SENDING = Duration.ofHours(1);

    /** Plan rows that are about to be sent together. */
    record Intent(Action action, boolean job, IdempotencyClass idempotency, List<Long> ordinals) {}

    /**
     * An intent without all its outcomes, left by an older epoch.
     *
     * @param remoteJob the remembered job, if any
     */
    record OpenBatch(
            long batch, long run, Intent intent, @Nullable String remoteJob, List<PlannedWrite> rows, Instant begun) {

        OpenBatch withoutRows() {
            Intent head = new Intent(intent.action(), intent.job(), intent.idempotency(), List.of());
            return new OpenBatch(batch, run, head, remoteJob, List.of(), begun);
        }
    }

    /** The outcome of one plan row. */
    record RowOutcome(long ordinal, Outcome outcome) {}

    /**
     * An outcome as recorded, with the plan row it is about.
     *
     * @param action what was asked for
     * @param definition the field definition the row was mapped with
     */
    record Recorded(
            long seq, long run, Action action, PlannedWrite row, Outcome outcome, String definition, Instant at) {}

    /**
     * Writes the intent of one batch, durable before its first request.
     *
     * @return the batch's id
     */
    long begin(Lease lease, long run, Intent intent);

    /** Makes the id of a staged job durable. */
    void remember(Lease lease, long batch, String remoteJob);

    /** Writes one outcome for each row of the batch, in one transaction. Standing rejections are remembered or lifted with it. */
    void complete(Lease lease, long batch, List<RowOutcome> outcomes);

    /**
     * Writes that the destination has these rows already, in one transaction with their intent: nothing is sent for them, so that at no
     * moment it could look as if a request of theirs was under way (invariant I5).
     *
     * @param outcomes unchanged all, one for each row of the intent
     */
    void found(Lease lease, long run, Intent intent, List<RowOutcome> outcomes);

    /**
     * Writes the same outcome for every row of these batches, in one transaction and in the order of their ids: what a later process
     * says of requests that nobody answered.
     *
     * @param outcome deferred or unknown
     * @return how many rows those are
     */
    long completeAll(Lease lease, List<Long> batches, Outcome outcome);

    /** Records that rows of a plan were not sent and why; they come back by themselves. */
    void hold(Lease lease, long run, String reason, List<Long> ordinals);

    /** Ordinals of a run's sendable plan rows that have no intent yet or whose last outcome was deferred, in order. */
    List<Long> pending(long run);

    /** Batches of a mapping that have no outcome and belong to a run other than this. */
    List<OpenBatch> openBatches(MappingId mapping, long except);

    /** How many rows those are. */
    default long openRows(MappingId mapping, long except) {
        return openBatches(mapping, except).stream()
                .mapToLong(open -> open.rows().size())
                .sum();
    }

    /**
     * The same, but with the rows and ordinals of remembered jobs alone: what became of the others can be said without looking at them,
     * and there may be hundreds of thousands.
     */
    default List<OpenBatch> unanswered(MappingId mapping, long except) {
        return openBatches(mapping, except).stream()
                .map(open -> open.remoteJob() != null ? open : open.withoutRows())
                .toList();
    }

    /**
     * Plan rows of which a request may still take effect: its end is unknown, and it may have left after this moment. What was
     * accepted for the key since says nothing of it. A batch's requests left before it was answered; where a later process did
     * that, within an hour of the intent.
     */
    List<PlannedWrite> lost(MappingId mapping, Instant since);

    /** Requests whose end nobody knew, since the mapping's last reset. */
    Unended unended(MappingId mapping);

    /**
     * What nobody knows the end of, and what somebody does by now.
     *
     * @param doubts plan rows of which nobody knows whether they were applied: of each key the last request without a known end, unless
     *     something was accepted for the key since, or the same was refused word for word for its content; in the order of their outcomes
     * @param refuted keys whose every request without a known end was refused word for word for its content since: nothing of them
     *     arrived. None of them is in {@code doubts}
     */
    record Unended(List<Doubt> doubts, Set<RowKey> refuted) {}

    /** The plan rows in doubt. */
    default List<Doubt> doubts(MappingId mapping) {
        return unended(mapping).doubts();
    }

    /**
     * A row in doubt.
     *
     * @param run its run
     * @param definition the field definition it was mapped with
     * @param begun when its first intent was written
     * @param reason why nobody knows, as its last outcome has it
     * @param word what a person said of it
     */
    record Doubt(
            long run, PlannedWrite row, String definition, Instant begun, String reason, Optional<OnUnknown> word) {}

    /** The target of the plan behind a mapping's newest intent since its last reset: what we may have written to. */
    Optional<String> target(MappingId mapping);

    /**
     * Outcomes of a mapping above a sequence number, in order, but for keys that were forgotten. Rows that the destination did not
     * take come {@linkplain PlannedWrite#bare without values}: there may be hundreds of thousands. Must be closed.
     *
     * @throws dev.caravan.problem.CaravanException.RunFailure ({@code snapshot.lost}) if outcomes above it are not whole any more
     */
    Stream<Recorded> outcomesAfter(MappingId mapping, long seq);

    /** The number of the newest outcome of the whole ledger; 0 if there is none. */
    long lastSeq();

    /** The mapping whose outcome has this number; empty if none has, or if it was pruned. */
    Optional<MappingId> mappingOf(long seq);

    /** Closes the books of a run whose process died: what was never sent is superseded. */
    void supersedeUnsent(Lease lease, long run);

    /** Where the planned rows of a run ended; a row without any end counts nowhere, so that the sum does not balance. */
    Accounting account(long run);

    /** What the destination refused of a run's rows at last, the most frequent reason first. */
    List<Rejection> rejections(long run);

    /** The same row by row, in their order. */
    List<Refused> refused(long run);

    /**
     * How many of a run's rows are held by the reason they are held for, the most frequent first: the word they were held with, else that of
     * their last answer. Empty for a plan that waits as a whole.
     */
    Map<String, Long> heldBy(long run);

    /**
     * A refused row.
     *
     * @param key for people; personal data
     * @param field the field that the destination names, if it names one
     */
    record Refused(String key, String code, @Nullable String field) {}

    /** Fingerprints of the mapped rows that the destination refused for good, by canonical key. */
    Set<String> standing(MappingId mapping);

    /** The fingerprint that {@link #standing} holds of a plan row: key, kind, mapped values. */
    static String fingerprint(PlannedWrite row) {
        return Fingerprint.of(row);
    }

    /**
     * Tells the version of the destination's described schema. When it is another than the last one told for the mapping, its
     * standing rejections are lifted: what was refused then may be taken now.
     */
    void schema(Lease lease, String version);

    /** Number of rejections that stand for a mapping. */
    long standingCount(MappingId mapping);

    /** Tells how many keys of the mapping have a request whose end nobody knows, as its snapshot has it now. */
    void unresolved(Lease lease, long keys);

    /** The number last told of a mapping; 0 after a reset. */
    long unresolvedCount(MappingId mapping);

    /** Everything ever sent for a key, newest first: canonical or display form. */
    List<Sent> history(Optional<MappingId> mapping, String key, int limit);

    /**
     * One value set as it was sent.
     *
     * @param outcome empty while unanswered
     * @param erased when its values were erased; empty while they are there
     * @param said what somebody said of it while nobody knew whether it was applied
     */
    record Sent(
            long run,
            MappingId mapping,
            String mappingVersion,
            String plan,
            PlannedWrite row,
            Instant intended,
            Optional<Outcome> outcome,
            Optional<Instant> answered,
            Optional<Instant> erased,
            Optional<Said> said) {

        /** What is there whole. */
        public Sent(
                long run,
                MappingId mapping,
                String mappingVersion,
                String plan,
                PlannedWrite row,
                Instant intended,
                Optional<Outcome> outcome,
                Optional<Instant> answered) {
            this(
                    run,
                    mapping,
                    mappingVersion,
                    plan,
                    row,
                    intended,
                    outcome,
                    answered,
                    Optional.empty(),
                    Optional.empty());
        }
    }

    /** A person's word on a request of which nobody knows whether it was applied. */
    record Said(OnUnknown word, Decision decision) {}
}
