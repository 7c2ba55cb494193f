package dev.caravan.sandbox.ledger;

import java.time.Instant;
import java.util.List;

/**
 * One applied write, in whichever API. Field names only: the values are in the record.
 *
 * @param sequence place in the order of application over all APIs, from 1
 * @param api name of the API, such as {@code salesforce} or {@code hubspot}
 * @param key value of the field the write was matched by, or empty when it was matched by id or inserted
 * @param operation {@code insert}, {@code update} or {@code delete}; {@code add} and {@code remove} of a member
 * @param fields API names the write gave a value or null, in the order they were sent
 */
public record WriteEntry(
        long sequence,
        Instant at,
        String api,
        String object,
        String id,
        String key,
        String operation,
        List<String> fields,
        Author author) {

    public WriteEntry {
        fields = List.copyOf(fields);
    }

    /** The same write at its place in the ledger. */
    WriteEntry numbered(long number) {
        return new WriteEntry(number, at, api, object, id, key, operation, fields, author);
    }

    /**
     * Who wrote.
     *
     * @param user id of the user that the record shows, where the API shows one; else empty
     * @param client the {@code client} of {@code Sforce-Call-Options}, or empty
     * @param request number of the request; 0 for an edit through the control API
     * @param job id of the job, or empty
     */
    public record Author(String user, String client, long request, String job) {

        /** The program whose request this is. */
        public static Author of(long request) {
            return new Author("", "", request, "");
        }
    }
}
