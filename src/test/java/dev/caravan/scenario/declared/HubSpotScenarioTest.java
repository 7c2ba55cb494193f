package dev.caravan.scenario.declared;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.sandbox.Sandbox;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

class HubSpotScenarioTest extends DeclaredScenario {

    @Override
    String vendor() {
        return "hubspot";
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
        return Map.of("token", "pat-na1-caravan-demo");
    }

    /** Every second row of an answer is written and not told of; results come in another order as they do by default. */
    @Override
    Map<String, Object> traps() {
        return Map.of("silent_every", 2);
    }

    @Override
    boolean inOneTime() {
        return true;
    }

    @Override
    Set<String> writes() {
        return Set.of("hubspot.batch.upsert", "hubspot.batch.archive");
    }

    /** What an upsert has made whose answer was lost is updated by the next, so that nobody knows by whom it was made. */
    @Override
    String mapping() {
        return """
                destination:
                  connection: there
                  object: contacts
                  operation: upsert
                  key: {email: email}
                  on_removed: archive
                  adopted: true
                fields:
                  firstname: name
                  lastname: id
                """;
    }

    @Override
    String nameField() {
        return "firstname";
    }

    @Override
    List<Held> held(Sandbox sandbox) {
        List<Held> held = new ArrayList<>();
        for (JsonNode contact : sandbox.vendor("hubspot").records("contacts")) {
            held.add(new Held(
                    contact.path("lastname").asText(), contact.path("firstname").asText()));
        }
        return held;
    }
}
