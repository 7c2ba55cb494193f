package dev.caravan.connector.declared.spec;

import dev.caravan.destination.IdempotencyClass;
import java.util.Optional;

/**
 * How one operation is done.
 *
 * @param strategy how rows travel
 * @param staged how many rows travel, where they can travel both ways
 */
public record OperationSpec(
        Operation operation, ClassRule idempotency, Strategy strategy, Optional<StagedSpec> staged) {

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
