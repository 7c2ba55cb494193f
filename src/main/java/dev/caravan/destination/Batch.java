package dev.caravan.destination;

import dev.caravan.mapping.TargetSchema;
import java.util.List;

/**
 * Records that travel together: same action, same way, and no record twice.
 *
 * @param job whether they travel as a staged job
 * @param schema the object as described, for the way values are written
 * @param writes at least one, in plan order
 */
public record Batch(
        Action action, boolean job, String object, String keyField, TargetSchema schema, List<Write> writes) {

    public Batch {
        writes = List.copyOf(writes);
    }
}
