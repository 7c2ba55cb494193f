package dev.caravan.scenario.declared;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.sandbox.Sandbox;
import java.util.Map;
import java.util.TreeMap;

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
    Map<String, String> held(Sandbox sandbox) {
        Map<String, String> held = new TreeMap<>();
        for (JsonNode record : sandbox.vendor("marketo").records("subscription_c")) {
            String product = record.path("product").asText();
            assertThat(record.path("account").asText()).isNotEmpty();
            assertThat(held.put(product, record.path("plan").asText()))
                    .as("%s is there once", product)
                    .isNull();
        }
        return held;
    }
}
