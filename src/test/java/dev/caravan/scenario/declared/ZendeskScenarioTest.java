package dev.caravan.scenario.declared;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.sandbox.Sandbox;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

class ZendeskScenarioTest extends DeclaredScenario {

    @Override
    String vendor() {
        return "zendesk";
    }

    @Override
    String connection(String address) {
        return """
                api_base: %s
                email: caravan@sandbox.invalid
                api_token: "{{file:secrets/token}}"
                """.formatted(address);
    }

    @Override
    Map<String, String> secrets() {
        return Map.of("token", "caravan-demo-zendesk-token");
    }

    /** So that a job is done when the worker has waited for it. */
    @Override
    boolean inOneTime() {
        return true;
    }

    @Override
    Set<String> writes() {
        return Set.of("zendesk.upsert.many", "zendesk.delete");
    }

    /** What the lost job has made is updated by the next, so that nobody knows by whom it was made: removals are of adopted users. */
    @Override
    String mapping() {
        return """
                destination:
                  connection: there
                  object: users
                  operation: upsert
                  key: {external_id: id}
                  on_removed: delete
                  adopted: true
                fields:
                  name: name
                  details: name
                  email: {column: email, triggers: false}
                """;
    }

    @Override
    String nameField() {
        return "name";
    }

    @Override
    List<Held> held(Sandbox sandbox) {
        List<Held> held = new ArrayList<>();
        for (JsonNode user : sandbox.vendor("zendesk").records("users")) {
            held.add(new Held(
                    user.path("external_id").asText(), user.path("name").asText()));
        }
        return held;
    }
}
