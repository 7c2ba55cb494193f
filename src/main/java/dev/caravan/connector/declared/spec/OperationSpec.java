package dev.caravan.connector.declared.spec;

import dev.caravan.destination.Action;
import dev.caravan.destination.IdempotencyClass;
import dev.caravan.destination.Outcome;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How one operation is done.
 *
 * @param dedupeWindow with class B: how long the destination knows a repeated append for one; empty if for ever
 * @param whole whether a changed row goes with all its fields, and a removal with those last accepted
 * @param identifiers of members: the fields, beside the key, by which the destination knows them
 * @param strategy how rows travel
 * @param byId how a record is named by its id, where its key does not lead to it
 * @param staged how many rows travel, where they can travel both ways
 * @param readBack how it is found out what became of rows whose answer was lost
 */
public record OperationSpec(
        Action action,
        ClassRule idempotency,
        Optional<Duration> dedupeWindow,
        boolean whole,
        Set<String> identifiers,
        Strategy strategy,
        Optional<ByIdSpec> byId,
        Optional<StagedSpec> staged,
        Optional<ReadBackSpec> readBack) {

    public OperationSpec {
        identifiers = Set.copyOf(identifiers);
    }

    /**
     * What a lost answer means.
     *
     * @param whenKeyUnique where the key field is unique at the destination
     * @param otherwise where it is not
     */
    public record ClassRule(IdempotencyClass whenKeyUnique, IdempotencyClass otherwise) {}

    /**
     * For rows whose record is known and gets another key; after a search also for those whose record it has not found.
     *
     * @param fixed key fields that stay as they are, whatever is sent
     * @param gone the codes of refusals that say that there is no such record: such a row goes on as one whose record is not known
     * @param still asks for one record by its id, where a search has found another one; what it is refused with is read as {@code gone}
     */
    public record ByIdSpec(Strategy.Batch how, Set<String> fixed, Set<String> gone, Optional<RequestSpec> still) {
        public ByIdSpec {
            fixed = Set.copyOf(fixed);
            gone = Set.copyOf(gone);
        }

        /**
         * Whether a row was refused because its record is not there. What is said of several rows together, or of all that the
         * connection sends, is not said of this one.
         */
        public boolean isGone(@Nullable Outcome outcome) {
            return outcome instanceof Outcome.Rejected no
                    && !no.together()
                    && no.errorClass().stands()
                    && gone.contains(no.code());
        }

        /** What a refusal of the whole request means where this was its only row. */
        public Outcome alone(Outcome outcome) {
            return outcome instanceof Outcome.Rejected no && gone.contains(no.code())
                    ? new Outcome.Rejected(no.code(), no.field(), no.message(), Outcome.ErrorClass.DATA)
                    : outcome;
        }
    }

    /**
     * The other way.
     *
     * @param from from how many planned rows on
     */
    public record StagedSpec(int from, Strategy.Job job) {}
}
