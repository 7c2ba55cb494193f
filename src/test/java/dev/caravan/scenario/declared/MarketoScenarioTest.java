package dev.caravan.scenario.declared;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.sandbox.Sandbox;
import dev.caravan.sandbox.fault.FaultAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

class MarketoScenarioTest extends DeclaredScenario {

    @Override
    String vendor() {
        return "marketo";
    }

    @Override
    String connection(String address) {
        return """
                api_base: %s
                client_id: caravan-demo
                client_secret: "{{file:secrets/secret}}"
                """.formatted(address);
    }

    @Override
    Map<String, String> secrets() {
        return Map.of("secret", "caravan-demo-secret");
    }

    @Override
    Map<String, Object> traps() {
        return Map.of("busy_every", 4);
    }

    @Override
    List<FaultAction> troubles() {
        return List.of(new FaultAction.ExpireTokens(), new FaultAction.LoseAnswer(), new FaultAction.Truncate());
    }

    @Override
    Set<String> writes() {
        return Set.of("marketo.leads");
    }

    /** What a lost request has created, its repetition finds there: only of adopted leads all are removed. */
    @Override
    String mapping() {
        return """
                destination:
                  connection: there
                  object: leads
                  operation: upsert
                  key: {email: email}
                  on_removed: delete
                  adopted: true
                fields:
                  firstName: name
                  postalCode: id
                """;
    }

    @Override
    String nameField() {
        return "firstName";
    }

    @Override
    List<Held> held(Sandbox sandbox) {
        List<Held> held = new ArrayList<>();
        for (JsonNode lead : sandbox.vendor("marketo").records("leads")) {
            held.add(new Held(
                    lead.path("postalCode").asText(), lead.path("firstName").asText()));
        }
        return held;
    }
}
