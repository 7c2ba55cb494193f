package dev.caravan.sandbox.salesforce;

import dev.caravan.sandbox.salesforce.schema.SObject;
import dev.caravan.sandbox.salesforce.schema.Schemas;
import dev.caravan.sandbox.salesforce.store.RecordIds;
import dev.caravan.sandbox.salesforce.store.Row;
import dev.caravan.sandbox.salesforce.store.Store;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who the organisation is and who works in it: the integration user the client logs in as, and one colleague. */
final class Organisation {

    /** The user that API clients act as. */
    static final String INTEGRATION_USER = RecordIds.to18("005Sb0000000001");

    /** The user that edits through the control API act as, unless told otherwise. */
    static final String COLLEAGUE = RecordIds.to18("005Sb0000000002");

    private final Schemas schemas;
    private final Store store;
    private volatile String id;

    Organisation(String id, Schemas schemas, Store store) {
        this.id = full(id);
        this.schemas = schemas;
        this.store = store;
        settle();
    }

    /** The 18-character organisation id. */
    String id() {
        return id;
    }

    /** Becomes another organisation with the same records, as after a restore. */
    void become(String newId) {
        SObject object = schemas.find("Organization").orElseThrow();
        String before = id;
        store.inTransaction(tx -> {
            tx.erase(object, before);
            return tx;
        });
        id = full(newId);
        settle();
    }

    /** Puts the organisation's own record and its users in place, also after everything was forgotten. */
    final void settle() {
        seed(
                "Organization",
                Map.of(
                        "Id",
                        id,
                        "Name",
                        "Sandbox",
                        "InstanceName",
                        "SBX1",
                        "IsSandbox",
                        true,
                        "OrganizationType",
                        "Developer Edition"));
        user(INTEGRATION_USER, "Integration", "integration@sandbox.invalid");
        user(COLLEAGUE, "Colleague", "colleague@sandbox.invalid");
    }

    private void user(String userId, String name, String mail) {
        seed(
                "User",
                Map.of(
                        "Id",
                        userId,
                        "Username",
                        mail,
                        "LastName",
                        name,
                        "Name",
                        name,
                        "Email",
                        mail,
                        "IsActive",
                        true));
    }

    private void seed(String objectName, Map<String, Object> fields) {
        SObject object = schemas.find(objectName).orElseThrow();
        @Nullable Object[] values = new @Nullable Object[object.slots()];
        fields.forEach((name, value) -> values[object.get(name).slot()] = value);
        store.inTransaction(tx -> {
            tx.put(object, Row.of(values));
            return tx;
        });
    }

    private static String full(String id) {
        return id.length() == 15 ? RecordIds.to18(id) : id;
    }
}
