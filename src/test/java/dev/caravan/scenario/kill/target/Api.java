package dev.caravan.scenario.kill.target;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.scenario.TestBed;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * An API of the sandbox, by the connector that is a file.
 *
 * @param connection what it has beside the connector's name, with the API's address for ADDRESS
 * @param secret what the file {@code secrets/secret} holds
 * @param traps the sandbox's settings: no row is refused here that would do another time
 * @param records what the sandbox calls them
 * @param key of one of its records
 * @param value of one of its records
 */
record Api(
        String name,
        Course course,
        int rows,
        int batches,
        long onTheirWay,
        boolean inDoubt,
        String vendor,
        String connection,
        String secret,
        Map<String, Object> traps,
        String mapping,
        String records,
        Function<ObjectNode, JsonNode> key,
        Function<ObjectNode, JsonNode> value)
        implements Place {

    /** Class A, a hundred a request, four requests at once. */
    static Api hubSpot() {
        return new Api(
                "HubSpot contacts",
                Course.CHANGES,
                450,
                5,
                4 * 100,
                false,
                "hubspot",
                """
                api_base: ADDRESS
                access_token: "{{file:secrets/secret}}"
                """,
                "pat-na1-caravan-demo",
                Map.of("silent_every", 0),
                """
                destination: {connection: there, object: contacts, operation: upsert, key: {email: email}}
                fields: {firstname: value}
                """,
                "contacts",
                contact -> contact.path("email"),
                contact -> contact.path("firstname"));
    }

    /** A job a hundred users that runs as soon as it is made; two jobs at once. */
    static Api zendesk() {
        return new Api(
                "Zendesk users by jobs",
                Course.CHANGES,
                450,
                5,
                2 * 100,
                false,
                "zendesk",
                """
                api_base: ADDRESS
                email: caravan@sandbox.invalid
                api_token: "{{file:secrets/secret}}"
                """,
                "caravan-demo-zendesk-token",
                Map.of("job_ms", 5, "updates_per_user", 1_000),
                """
                destination: {connection: there, object: users, operation: upsert, key: {external_id: id}}
                fields: {name: value}
                """,
                "users",
                user -> user.path("external_id"),
                user -> user.path("name"));
    }

    /** Class B: one message an event, by whose key the receiver knows a second one; four at once. */
    static Api webhook() {
        return webhook("events by webhook", "event", false);
    }

    /** Class E: a receiver that does not know a second one. */
    static Api plainWebhook() {
        return webhook("events by a plain webhook", "plain_event", true);
    }

    private static Api webhook(String name, String object, boolean inDoubt) {
        return new Api(
                name,
                Course.EVENTS,
                40,
                40,
                4,
                inDoubt,
                "webhook",
                """
                url: ADDRESS/hook
                secret: "{{file:secrets/secret}}"
                pace: fast
                """,
                "caravan-demo-webhook-secret",
                Map.of("wait_every", 0, "key_required", !inDoubt),
                """
                destination: {connection: there, object: %s, operation: append, key: {id: id}}
                fields: {value: value}
                """.formatted(object),
                "messages",
                message -> message.at("/body/key"),
                message -> message.at("/body/data/value"));
    }

    @Override
    public String connection(TestBed bed) {
        String wrong = bed.sandbox().vendor(vendor).settings().change(traps).orElse("");
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(wrong);
        }
        bed.write("secrets/secret", secret + "\n");
        return connection.replace("ADDRESS", bed.sandbox().uri(vendor).toString());
    }

    @Override
    public String connector() {
        return vendor;
    }

    @Override
    public Map<String, String> held(TestBed bed) {
        Held held = new Held();
        for (ObjectNode each : bed.sandbox().vendor(vendor).records(records)) {
            held.put(
                    key.apply(each).asText().replace("@example.com", ""),
                    value.apply(each).asText());
        }
        return held.values();
    }

    @Override
    public List<Crash> crashes() {
        return vendor.equals("zendesk")
                ? List.of(
                        Crash.at("remember:after", batches),
                        Crash.at("remember:before", batches),
                        Crash.at("ask:after", batches),
                        Crash.soonAfter("ask:left", batches))
                : List.of(Crash.soonAfter("send:left", batches), Crash.at("send:after", batches));
    }
}
