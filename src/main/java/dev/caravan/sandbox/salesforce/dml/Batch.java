package dev.caravan.sandbox.salesforce.dml;

import dev.caravan.sandbox.ledger.WriteEntry;
import dev.caravan.sandbox.salesforce.schema.Field;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a list of rows is to be written.
 *
 * @param key the field an upsert matches by; null for other operations, the Id field for an upsert by id
 * @param allOrNone undo everything when any row is refused
 * @param lockEvery refuse every n-th row as locked, an ordered fault; 0 for none
 * @param duplicateRules whether a record that looks like another is refused
 * @param at time of the write
 */
public record Batch(
        Operation operation,
        @Nullable Field key,
        boolean allOrNone,
        int lockEvery,
        boolean duplicateRules,
        WriteEntry.Author author,
        Instant at) {

    /** What is done with each row. */
    public enum Operation {
        INSERT,
        UPDATE,
        UPSERT,
        DELETE,
        /** Leaves nothing in the recycle bin. */
        HARD_DELETE
    }

    public static Batch of(Operation operation, WriteEntry.Author author, Instant at) {
        return new Batch(operation, null, false, 0, false, author, at);
    }

    public Batch by(@Nullable Field newKey) {
        return new Batch(operation, newKey, allOrNone, lockEvery, duplicateRules, author, at);
    }

    public Batch allOrNone(boolean value) {
        return new Batch(operation, key, value, lockEvery, duplicateRules, author, at);
    }

    public Batch obeyingDuplicateRules(boolean value) {
        return new Batch(operation, key, allOrNone, lockEvery, value, author, at);
    }

    public Batch locking(int every) {
        return new Batch(operation, key, allOrNone, every, duplicateRules, author, at);
    }
}
