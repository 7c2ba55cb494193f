package dev.caravan.sandbox.hubspot.store;

import dev.caravan.sandbox.vendor.Ground;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Writing records: values that only the portal sets, ids, and the ledger. Callers have checked the values. */
public final class Portal {

    private static final String API = "hubspot";
    private static final String BY_US = "INTEGRATION";

    private final Ground ground;
    private final Catalogue catalogue = new Catalogue();
    private long lastId = 100_000;

    public Portal(Ground ground) {
        this.ground = ground;
    }

    public Catalogue catalogue() {
        return catalogue;
    }

    public Instant now() {
        return ground.now();
    }

    /** The next id, of a record, list or whatever else has one. */
    public String nextId() {
        return String.valueOf(++lastId);
    }

    /** Makes a record; {@code key} is the value that it was looked for by, or empty. */
    public Row create(ObjectType type, String key, Map<String, String> values, long request) {
        Instant at = ground.now();
        Row row = type.insert(this::nextId, at);
        values.forEach((name, value) -> type.set(row, name, value, at, BY_US));
        settle(type, row, at);
        if (type.names().constant().equals("CONTACT")) {
            row.system("hs_all_contact_vids", row.id());
            row.system("hs_is_contact", "true");
            row.system("hs_is_unworked", "true");
            row.system("hs_pipeline", "contacts-lifecycle-pipeline");
        }
        String domain = row.get("domain");
        if (domain != null
                && row.get("website") == null
                && type.names().constant().equals("COMPANY")) {
            row.system("website", domain);
        }
        wrote(type, row, key, "insert", values, request);
        return row;
    }

    /** Changes a record in place. */
    public void update(ObjectType type, Row row, String key, Map<String, String> values, long request) {
        Instant at = ground.now();
        values.forEach((name, value) -> type.set(row, name, value, at, BY_US));
        settle(type, row, at);
        wrote(type, row, key, "update", values, request);
    }

    /** Puts a record away; it is found no more, and its keys are free. */
    public void archive(ObjectType type, Row row, long request) {
        type.archive(row, ground.now());
        wrote(type, row, "", "delete", Map.of(), request);
    }

    /** Notes a write of something that is no record, such as a member of a list. */
    public void wrote(String object, String id, String operation, long request) {
        ground.wrote(new Ground.Place(API, object, id, request), "", operation, List.of());
    }

    private void settle(ObjectType type, Row row, Instant at) {
        row.touched(at);
        row.system(type.modified(), at.toString());
        String email = row.get("email");
        if (email != null && email.contains("@") && type.names().constant().equals("CONTACT")) {
            row.system("hs_email_domain", email.substring(email.indexOf('@') + 1));
        }
    }

    private void wrote(
            ObjectType type, Row row, String key, String operation, Map<String, String> values, long request) {
        ground.wrote(new Ground.Place(API, type.name(), row.id(), request), key, operation, values.keySet());
    }
}
