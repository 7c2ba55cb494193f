package dev.caravan.destination;

import dev.caravan.mapping.Target;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What a connector can do, said once and held by tests in both directions.
 *
 * @param name the connector's name in caravan.yaml
 * @param batchRows the most records in a batch
 * @param jobRows the most records in a staged job; 0 if it has none
 * @param jobFrom from how many planned records on a job is cheaper than batches
 * @param dedupeWindow how long after the first request the destination still knows a repeated append for one; empty if for ever
 * @param zombieWindow how long a request whose answer was lost may still take effect (invariant I8)
 */
public record DestinationSpec(
        String name,
        Set<Target.Operation> operations,
        Set<Target.OnRemoved> removals,
        int batchRows,
        int jobRows,
        int jobFrom,
        Optional<Duration> dedupeWindow,
        Duration zombieWindow) {

    public DestinationSpec {
        operations = Set.copyOf(operations);
        removals = Set.copyOf(removals);
    }
}
