package dev.caravan.scenario.declared;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.sandbox.Sandbox;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Users, one request each, of whom those that leave are put away. */
class IntercomScenarioTest extends DeclaredScenario {

    @Override
    String vendor() {
        return "intercom";
    }

    @Override
    String connection(String address) {
        return """
                api_base: %s
                access_token: "{{file:secrets/token}}"
                """.formatted(address);
    }

    @Override
    Map<String, String> secrets() {
        return Map.of("token", "caravan-demo-intercom-token");
    }

    @Override
    boolean inOneTime() {
        return true;
    }

    @Override
    Set<String> writes() {
        return Set.of("intercom.create", "intercom.update", "intercom.archive");
    }

    /** One whose creation was lost is found later, and nobody knows by whom it was made: removals are of adopted users. */
    @Override
    String mapping() {
        return """
                destination:
                  connection: there
                  object: contacts
                  operation: upsert
                  key: {external_id: id}
                  on_removed: archive
                  adopted: true
                fields:
                  email: email
                  name: name
                """;
    }

    @Override
    String nameField() {
        return "name";
    }

    @Override
    Map<String, String> held(Sandbox sandbox) {
        assertThat(sandbox.requests()).as("the limit is kept").noneMatch(request -> request.status() == 429);
        Map<String, String> held = new TreeMap<>();
        for (JsonNode contact : sandbox.vendor("intercom").records("contacts")) {
            held.put(contact.path("external_id").asText(), contact.path("name").asText());
        }
        return held;
    }
}
