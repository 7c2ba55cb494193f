package dev.caravan.scenario.declared;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.sandbox.Sandbox;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

class WebhookScenarioTest extends DeclaredScenario {

    @Override
    String vendor() {
        return "webhook";
    }

    @Override
    String connection(String address) {
        return """
                url: %s/hook
                secret: "{{file:secrets/secret}}"
                pace: fast
                """.formatted(address);
    }

    @Override
    Map<String, String> secrets() {
        return Map.of("secret", "caravan-demo-webhook-secret");
    }

    @Override
    int rows() {
        return 30;
    }

    @Override
    boolean taken(Row row) {
        return true;
    }

    @Override
    Set<String> writes() {
        return Set.of("webhook.receive");
    }

    /** A hook tells nothing of what was there before, so that removals are of adopted records. */
    @Override
    String mapping() {
        return """
                destination:
                  connection: there
                  object: person
                  operation: upsert
                  key: {id: id}
                  on_removed: delete
                  adopted: true
                fields:
                  name: name
                  contact.email: email
                """;
    }

    @Override
    Optional<String> staysFor() {
        return Optional.of("rekeyed");
    }

    @Override
    String nameField() {
        return "name";
    }

    /** What a receiver has that does as the messages say. */
    @Override
    List<Held> held(Sandbox sandbox) {
        Map<String, String> held = new TreeMap<>();
        Set<String> keys = new HashSet<>();
        for (JsonNode message : sandbox.vendor("webhook").records("messages")) {
            assertThat(keys.add(message.path("idempotency_key").asText())).isTrue();
            JsonNode body = message.path("body");
            String id = body.path("key").asText();
            if (body.path("operation").asText().equals("delete")) {
                held.remove(id);
            } else if (body.path("data").has("name")) {
                assertThat(body.at("/data/id").asText()).isEqualTo(id);
                held.put(id, body.at("/data/name").asText());
            }
        }
        return records(held);
    }
}
