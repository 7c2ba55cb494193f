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
                  object: car_c
                  operation: upsert
                  key: {vin: id}
                  on_removed: delete
                  adopted: true
                fields:
                  make: name
                """;
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
        for (JsonNode car : sandbox.vendor("marketo").records("car_c")) {
            String vin = car.path("vin").asText();
            held.add(new Held(vin, car.path("make").asText()));
        }
        return held;
    }
}
