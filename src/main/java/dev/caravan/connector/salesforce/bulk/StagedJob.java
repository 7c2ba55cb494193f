package dev.caravan.connector.salesforce.bulk;

import dev.caravan.connector.salesforce.wire.Item;
import dev.caravan.destination.Conversation;
import dev.caravan.destination.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A job at Salesforce and the rows it carries.
 *
 * @param id its id there
 */
record StagedJob(String id, JobCsv csv, List<Item> items) {

    /** Ends with all rows deferred: the job never ran. */
    Conversation<Map<Integer, Outcome>> deferred(String reason) {
        return all(new Outcome.Deferred(reason, Optional.empty()));
    }

    /** Ends with all rows unknown. */
    Conversation<Map<Integer, Outcome>> unknown(String reason) {
        return all(new Outcome.Unknown(reason));
    }

    /** Ends with the same outcome for all rows. */
    Conversation<Map<Integer, Outcome>> all(Outcome outcome) {
        return new Conversation.Done<>(Item.all(items, outcome));
    }
}
