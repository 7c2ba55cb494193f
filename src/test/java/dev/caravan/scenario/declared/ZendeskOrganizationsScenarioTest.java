package dev.caravan.scenario.declared;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.sandbox.Sandbox;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Organizations: one request each, names and external ids being unique. */
class ZendeskOrganizationsScenarioTest extends DeclaredScenario {

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

    @Override
    Set<String> writes() {
        return Set.of("zendesk.organizations.upsert", "zendesk.organizations.delete");
    }

    /** What a lost request has made is updated by the next, so that nobody knows by whom it was made: removals are of adopted ones. */
    @Override
    String mapping() {
        return """
                destination:
                  connection: there
                  object: organizations
                  operation: upsert
                  key: {external_id: id}
                  on_removed: delete
                  adopted: true
                fields:
                  name: name
                  details: name
                """;
    }

    /** None has an address that could be wrong. */
    @Override
    boolean taken(Row row) {
        return true;
    }

    @Override
    String nameField() {
        return "name";
    }

    @Override
    List<Held> held(Sandbox sandbox) {
        List<Held> held = new ArrayList<>();
        for (JsonNode organization : sandbox.vendor("zendesk").records("organizations")) {
            String id = organization.path("external_id").asText();
            held.add(new Held(id, organization.path("name").asText()));
        }
        return held;
    }
}
