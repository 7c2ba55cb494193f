package dev.caravan.scenario.declared;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.sandbox.Sandbox;
import java.util.ArrayList;
import java.util.List;

/** A custom object whose records are known by two dedupe fields together. */
class MarketoPairsScenarioTest extends MarketoObjectsScenarioTest {

    @Override
    String mapping() {
        return """
                destination:
                  connection: there
                  object: subscription_c
                  operation: upsert
                  key: {product: id, account: email}
                  on_removed: delete
                  adopted: true
                fields:
                  plan: name
                """;
    }

    @Override
    String nameField() {
        return "plan";
    }

    @Override
    List<Held> held(Sandbox sandbox) {
        List<Held> held = new ArrayList<>();
        for (JsonNode record : sandbox.vendor("marketo").records("subscription_c")) {
            assertThat(record.path("account").asText()).isNotEmpty();
            held.add(new Held(
                    record.path("product").asText(), record.path("plan").asText()));
        }
        return held;
    }
}
