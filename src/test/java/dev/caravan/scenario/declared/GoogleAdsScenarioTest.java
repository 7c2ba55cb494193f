package dev.caravan.scenario.declared;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.app.SyncReport;
import dev.caravan.sandbox.fault.Fault;
import dev.caravan.sandbox.fault.FaultAction;
import dev.caravan.sandbox.spec.SandboxSpec;
import dev.caravan.scenario.TestBed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bids, which are only ever changed: what is said to be set is set, in micros, also where answers are lost and others are at it. */
class GoogleAdsScenarioTest {

    private static final int MOST_RUNS = 6;

    @TempDir
    private Path folder;

    private TestBed bed() {
        TestBed bed = new TestBed(folder, SandboxSpec.defaults());
        String address = bed.sandbox().uri("googleads").toString();
        assertThat(bed.sandbox().vendor("googleads").settings().change(Map.of("concurrent_every", 2)))
                .isEmpty();
        return bed.write("secrets/client", "caravan-demo-secret\n")
                .write("secrets/refresh", "caravan-demo-refresh\n")
                .write("secrets/developer", "caravan-demo-developer-token\n")
                .write("caravan.yaml", """
                        connections:
                          files: {connector: files, path: data}
                          ads:
                            connector: google_ads
                            api_base: %s
                            token_url: %s/token
                            client_id: caravan-demo
                            client_secret: "{{file:secrets/client}}"
                            refresh_token: "{{file:secrets/refresh}}"
                            developer_token: "{{file:secrets/developer}}"
                            customer_id: "4200001000"
                            login_customer_id: "99"
                        """.formatted(address, address))
                .write("mappings/test.yaml", """
                        model: {connection: files, path: bids.csv, key: id, columns: {bid: decimal}}
                        destination: {connection: ads, object: adGroups, operation: update, key: {id: id}}
                        fields: {cpc_bid: bid, status: state}
                        guardrails: {max_changed: 100%, max_removed: 100%, min_rows: 0%}
                        """);
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
            bed.pass(Duration.ofMinutes(15));
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
            bed.write("data/bids.csv", """
                    id,bid,state
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

            bed.write("data/bids.csv", """
                    id,bid,state
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

    @Test
    void aTargetIsOfStrategiesOfItsKind() {
        try (TestBed bed = bed()) {
            bed.write("mappings/test.yaml", """
                    model: {connection: files, path: bids.csv, key: id, columns: {target: decimal}}
                    destination: {connection: ads, object: biddingStrategies, operation: update, key: {id: id}}
                    fields: {target_cpa: target}
                    guardrails: {max_changed: 100%, max_removed: 100%, min_rows: 0%}
                    """);
            bed.write("data/bids.csv", "id,target\n1,1.25\n4,1.25\n77,1.25\n");
            assertThat(settled(bed).accounting().rejected()).isEqualTo(2);
            assertThat(at(bed, "biddingStrategies", "/targetCpa/targetCpaMicros"))
                    .containsEntry("1", "1250000")
                    .containsEntry("2", "1000000")
                    .containsEntry("4", "");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"adGroupBidModifiers", "campaignBidModifiers"})
    void modifiersAreAsTheRowsSay(String object) {
        try (TestBed bed = bed()) {
            bed.write("mappings/test.yaml", """
                    model: {connection: files, path: bids.csv, key: id, columns: {factor: decimal}}
                    destination: {connection: ads, object: %s, operation: update, key: {id: id}}
                    fields: {bid_modifier: factor}
                    guardrails: {max_changed: 100%%, max_removed: 100%%, min_rows: 0%%}
                    """.formatted(object));
            bed.write("data/bids.csv", "id,factor\n1~1,1.25\n1~2,0\n1~3,12\n1~9,2\n");
            assertThat(settled(bed).accounting().rejected()).isEqualTo(2);
            assertThat(at(bed, object, "/bidModifier"))
                    .containsEntry("1~1", "1.25")
                    .containsEntry("1~2", "0")
                    .containsEntry("1~3", "");
        }
    }

    private static Map<String, String> at(TestBed bed, String object, String pointer) {
        Map<String, String> found = new TreeMap<>();
        bed.sandbox()
                .vendor("googleads")
                .records(object)
                .forEach(row ->
                        found.put(row.path("id").asText(), row.at(pointer).asText()));
        return found;
    }
}
