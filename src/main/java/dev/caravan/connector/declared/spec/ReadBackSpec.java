package dev.caravan.connector.declared.spec;

import dev.caravan.connector.declared.select.Condition;
import dev.caravan.connector.declared.select.Selector;
import dev.caravan.connector.declared.template.TextTemplate;
import java.util.Optional;

/**
 * A look at what became of inserts whose answers were lost.
 *
 * @param batch how many are asked about at once
 * @param find the search by key; it captures nothing
 * @param created when a record was made
 * @param createdAs how that is written
 * @param ours what holds of records that we have made, where the API tells
 * @param gone what holds of records that were put away
 * @param fields the object that holds a record's fields, each under its own name
 * @param total how many records the search has found in all; the answer must hold as many
 * @param seesAll whether the search finds every record, so that what it does not find is not there
 * @param seesAllIf a text that says so where it comes to {@code true}: a setting, for whoever knows it of an account
 */
public record ReadBackSpec(
        BatchSpec batch,
        FindSpec find,
        Selector created,
        Time createdAs,
        Optional<Condition> ours,
        Optional<Condition> gone,
        Selector fields,
        Optional<Selector> total,
        boolean seesAll,
        Optional<TextTemplate> seesAllIf) {

    /** How a time is written. */
    public enum Time {
        /** ISO 8601 with an offset. */
        INSTANT,
        /** Seconds since 1970. */
        EPOCH,
        /** Milliseconds since 1970. */
        EPOCH_MILLIS
    }
}
