package dev.caravan.connector.declared.spec;

import dev.caravan.destination.Action;
import dev.caravan.destination.IdempotencyClass;
import java.time.Duration;
import java.util.Optional;

/**
 * How one operation is done.
 *
 * @param dedupeWindow with class B: how long the destination knows a repeated append for one; empty if for ever
 * @param strategy how rows travel
 * @param staged how many rows travel, where they can travel both ways
 * @param readBack how it is found out what became of rows whose answer was lost
 */
public record OperationSpec(
        Action action,
        ClassRule idempotency,
        Optional<Duration> dedupeWindow,
        Strategy strategy,
        Optional<StagedSpec> staged,
        Optional<ReadBackSpec> readBack) {

    /**
     * What a lost answer means.
     *
     * @param whenKeyUnique where the key field is unique at the destination
     * @param otherwise where it is not
     */
    public record ClassRule(IdempotencyClass whenKeyUnique, IdempotencyClass otherwise) {}

    /**
     * The other way.
     *
     * @param from from how many planned rows on
     */
    public record StagedSpec(int from, Strategy.Job job) {}
}
