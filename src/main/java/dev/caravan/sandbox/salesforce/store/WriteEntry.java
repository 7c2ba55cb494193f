package dev.caravan.sandbox.salesforce.store;

import java.time.Instant;
import java.util.List;

/**
 * One applied write. Field names only: the values are in the record.
 *
 * @param sequence place in the order of application, from 1
 * @param key value of the field the write was matched by, or empty when it was matched by id or inserted
 * @param operation {@code insert}, {@code update} or {@code delete}
 * @param fields API names the write gave a value or null, in the order they were sent
 */
public record WriteEntry(
        long sequence,
        Instant at,
        String object,
        String id,
        String key,
        String operation,
        List<String> fields,
        Author author) {

    /**
     * Who wrote.
     *
     * @param user id of the user the record's LastModifiedById shows
     * @param client the {@code client} of {@code Sforce-Call-Options}, or empty
     * @param request number of the request; 0 for an edit through the control API
     * @param job id of the bulk job, or empty
     */
    public record Author(String user, String client, long request, String job) {}
}
