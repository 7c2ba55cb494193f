package dev.caravan.sandbox.salesforce;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.http.Json;

/**
 * A change made by someone other than the client under test.
 *
 * @param operation {@code insert}, {@code update} or {@code delete}
 * @param keyField field that {@code key} is a value of; {@code Id} for a record id; unused by inserts
 * @param fields new values as the REST API takes them
 * @param user id of the user shown as author; empty for the sandbox's own colleague
 */
public record Edit(String object, String operation, String keyField, String key, ObjectNode fields, String user) {

    /** Sets fields of the record found by a key. */
    public static Edit update(String object, String keyField, String key, ObjectNode fields) {
        return new Edit(object, "update", keyField, key, fields, "");
    }

    /** Deletes the record found by a key. */
    public static Edit delete(String object, String keyField, String key) {
        return new Edit(object, "delete", keyField, key, Json.object(), "");
    }
}
