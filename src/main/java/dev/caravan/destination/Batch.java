package dev.caravan.destination;

import dev.caravan.mapping.TargetKey;
import dev.caravan.mapping.TargetSchema;
import java.util.List;

/**
 * Records that travel together: same action, same way, and no record twice.
 *
 * @param job whether they travel as a staged job
 * @param key the fields that identify a record
 * @param schema the object as described, for the way values are written
 * @param writes at least one; in plan order, but that those which lock one record stand together
 */
public record Batch(Action action, boolean job, String object, TargetKey key, TargetSchema schema, List<Write> writes) {

    /** Of an object whose records one field identifies. */
    public Batch(Action action, boolean job, String object, String keyField, TargetSchema schema, List<Write> writes) {
        this(action, job, object, TargetKey.of(keyField), schema, writes);
    }

    public Batch {
        writes = List.copyOf(writes);
    }

    /** The field that identifies a record, or the fields in one text; see {@link TargetKey#name}. */
    public String keyField() {
        return key.name();
    }
}
