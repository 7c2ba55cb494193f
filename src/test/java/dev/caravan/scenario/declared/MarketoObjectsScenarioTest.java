package dev.caravan.scenario.declared;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.sandbox.Sandbox;
import dev.caravan.sandbox.fault.FaultAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Custom objects, which keep their keys. */
class MarketoObjectsScenarioTest extends DeclaredScenario {

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

    /** What the object is called, by the API and by the sandbox. */
    String object() {
        return "car_c";
    }

    String keyField() {
        return "vin";
    }

    @Override
    Set<String> writes() {
        return Set.of("marketo.customobjects");
    }

    /** What a lost request has created, its repetition finds there: only of adopted ones all are removed. */
    @Override
    String mapping() {
        return """
                destination:
                  connection: there
                  object: %s
                  operation: upsert
                  key: {%s: id}
                  on_removed: delete
                  adopted: true
                fields:
                  %s: name
                """.formatted(object(), keyField(), nameField());
    }

    /** None has an address that could be wrong. */
    @Override
    boolean taken(Row row) {
        return true;
    }

    @Override
    Optional<String> staysFor() {
        return Optional.of("rekeyed");
    }

    @Override
    String nameField() {
        return "make";
    }

    @Override
    List<Held> held(Sandbox sandbox) {
        List<Held> held = new ArrayList<>();
        for (JsonNode each : sandbox.vendor("marketo").records(object())) {
            held.add(new Held(
                    each.path(keyField()).asText(), each.path(nameField()).asText()));
        }
        return held;
    }
}
