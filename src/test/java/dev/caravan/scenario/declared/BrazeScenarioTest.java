package dev.caravan.scenario.declared;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.sandbox.Sandbox;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

class BrazeScenarioTest extends DeclaredScenario {

    @Override
    String vendor() {
        return "braze";
    }

    @Override
    String connection(String address) {
        return """
                api_base: %s
                api_key: "{{file:secrets/key}}"
                workspace: sandbox
                """.formatted(address);
    }

    @Override
    Map<String, String> secrets() {
        return Map.of("key", "caravan-demo-braze-key");
    }

    @Override
    Set<String> writes() {
        return Set.of("braze.track", "braze.delete");
    }

    /** Braze does not tell whom it has made, so that removals are of adopted users. */
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
                  email: email
                  first_name: name
                """;
    }

    @Override
    Optional<String> staysFor() {
        return Optional.of("rekeyed");
    }

    @Override
    String nameField() {
        return "first_name";
    }

    @Override
    List<Held> held(Sandbox sandbox) {
        List<Held> held = new ArrayList<>();
        for (JsonNode user : sandbox.vendor("braze").records("users")) {
            held.add(new Held(
                    user.path("external_id").asText(), user.path("first_name").asText()));
        }
        return held;
    }
}
