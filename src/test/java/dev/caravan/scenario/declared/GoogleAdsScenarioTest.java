package dev.caravan.scenario.declared;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.app.SyncReport;
import dev.caravan.sandbox.Sandbox;
import dev.caravan.sandbox.fault.Fault;
import dev.caravan.sandbox.fault.FaultAction;
import dev.caravan.scenario.TestBed;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Bids, which are only ever changed: what is said to be set is set, in micros, also where answers are lost and others are at it. */
class GoogleAdsScenarioTest extends HonestScenario {

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
    Map<String, String> held(Sandbox sandbox) {
        Map<String, String> held = new TreeMap<>();
        for (JsonNode group : sandbox.vendor("googleads").records("adGroups")) {
            BigDecimal bid = BigDecimal.valueOf(group.path("cpcBidMicros").asLong(), 6);
            held.put(group.path("id").asText(), bid.stripTrailingZeros().toPlainString());
        }
        return held;
    }

    private static Map<String, String> bids(TestBed bed) {
        Map<String, String> bids = new TreeMap<>();
        for (JsonNode group : bed.sandbox().vendor("googleads").records("adGroups")) {
            bids.put(
                    group.path("id").asText(),
                    group.path("cpcBidMicros").asText() + group.path("status").asText());
        }
        return bids;
    }

    private static SyncReport settled(TestBed bed) {
        SyncReport last = bed.settle();
        for (int run = 1; run < MOST_RUNS; run++) {
            assertThat(last.accounting().balances()).isTrue();
            bed.pass(BETWEEN_RUNS);
            SyncReport next = bed.settle();
            if (next.accounting().planned() == 0) {
                return last;
            }
            last = next;
        }
        throw new AssertionError("not settled after " + MOST_RUNS + " runs: " + last);
    }

    @Test
    void bidsAreAsTheRowsSay() {
        try (TestBed bed = bed()) {
            bed.sandbox()
                    .faults()
                    .add(new Fault("lost", null, null, null, "googleads.mutate", 0, 1, new FaultAction.LoseAnswer()));
            bed.write("data/rows.csv", """
                    id,name,email
                    1,1.25,ENABLED
                    2,0.333333,ENABLED
                    3,2.50,PAUSED
                    77,1.00,ENABLED
                    ../../2/adGroups/4,9.00,ENABLED
                    """);
            settled(bed);
            assertThat(bids(bed))
                    .containsEntry("1", "1250000ENABLED")
                    .containsEntry("2", "1000000")
                    .containsEntry("3", "2500000PAUSED")
                    .containsEntry("4", "1000000")
                    .hasSize(5);

            bed.write("data/rows.csv", """
                    id,name,email
                    1,1.30,ENABLED
                    2,0.33,ENABLED
                    3,2.50,PAUSED
                    """);
            assertThat(settled(bed).accounting().rejected()).isZero();
            assertThat(bids(bed))
                    .containsEntry("1", "1300000ENABLED")
                    .containsEntry("2", "330000ENABLED")
                    .containsEntry("3", "2500000PAUSED");
            assertThat(bed.sandbox().faults().list()).allMatch(fault -> fault.fired() == 1);
        }
    }
}
