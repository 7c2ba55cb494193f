package dev.caravan.scenario.declared;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.sandbox.Sandbox;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Bids, which are only ever changed. Every second request meets somebody else who is at it. */
class GoogleAdsBidsScenarioTest extends HonestScenario {

    /** The ad groups that there are. */
    private static final int THERE = 5;

    @Override
    String vendor() {
        return "googleads";
    }

    @Override
    String connector() {
        return "google_ads";
    }

    @Override
    String connection(String address) {
        return """
                api_base: %s
                token_url: %s/token
                client_id: caravan-demo
                client_secret: "{{file:secrets/client}}"
                refresh_token: "{{file:secrets/refresh}}"
                developer_token: "{{file:secrets/developer}}"
                customer_id: "4200001000"
                login_customer_id: "99"
                """.formatted(address, address);
    }

    @Override
    Map<String, String> secrets() {
        return Map.of(
                "client", "caravan-demo-secret",
                "refresh", "caravan-demo-refresh",
                "developer", "caravan-demo-developer-token");
    }

    @Override
    Map<String, Object> traps() {
        return Map.of("concurrent_every", 2);
    }

    @Override
    Set<String> writes() {
        return Set.of("googleads.mutate");
    }

    @Override
    String columns() {
        return "{name: decimal}";
    }

    @Override
    String mapping() {
        return """
                destination: {connection: there, object: adGroups, operation: update, key: {id: id}}
                fields: {cpc_bid: name, status: email}
                """;
    }

    @Override
    String nameField() {
        return "cpc_bid";
    }

    @Override
    boolean takesAway() {
        return false;
    }

    /** More than there are ad groups: the others are refused. */
    @Override
    int rows() {
        return THERE + 1;
    }

    /** The name is the bid, another for each name's first letter and each number. */
    @Override
    Row row(int number, String name) {
        int units = name.isEmpty() ? 0 : name.charAt(0) - '@';
        return new Row(Integer.toString(number), "ENABLED", units + ".0" + number);
    }

    @Override
    boolean taken(Row row) {
        return Integer.parseInt(row.id()) <= THERE;
    }

    @Override
    List<Held> held(Sandbox sandbox) {
        List<Held> held = new ArrayList<>();
        for (JsonNode group : sandbox.vendor("googleads").records("adGroups")) {
            BigDecimal bid = BigDecimal.valueOf(group.path("cpcBidMicros").asLong(), 6);
            held.add(
                    new Held(group.path("id").asText(), bid.stripTrailingZeros().toPlainString()));
        }
        return held;
    }
}
