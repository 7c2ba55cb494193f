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

/** Inserts without a unique key by a declared connector: those whose answers were lost are looked for, and none is there twice. */
class LookedUpDealTest {

    private static final Duration WINDOW = Duration.ofMinutes(15);

    @TempDir
    private Path folder;

    private TestBed bed() {
        TestBed bed = new TestBed(folder, SandboxSpec.defaults());
        assertThat(bed.sandbox().vendor("hubspot").settings().change(Map.of("search_lag_ms", 0, "silent_every", 0)))
                .isEmpty();
        return bed.write("secrets/token", "pat-na1-caravan-demo\n")
                .write("caravan.yaml", """
                        connections:
                          files: {connector: files, path: data}
                          crm: {connector: hubspot, api_base: "%s", access_token: "{{file:secrets/token}}", search_is_complete: true}
                        """.formatted(bed.sandbox().uri("hubspot")))
                .write("mappings/test.yaml", """
                        model: {connection: files, path: deals.csv, key: id, columns: {amount: decimal}}
                        destination: {connection: crm, object: deals, operation: insert, key: {dealname: id}}
                        fields: {amount: amount}
                        """);
    }

    private static Map<String, String> deals(TestBed bed) {
        Map<String, String> deals = new TreeMap<>();
        for (JsonNode deal : bed.sandbox().vendor("hubspot").records("deals")) {
            deals.merge(
                    deal.path("dealname").asText(),
                    deal.path("amount").asText(),
                    (one, other) -> one + " and " + other);
        }
        return deals;
    }

    private static void strike(TestBed bed, FaultAction action) {
        bed.sandbox().faults().clear();
        bed.sandbox().faults().add(new Fault("trouble", null, null, null, "hubspot.batch.create", 0, 1, action));
    }

    @Test
    void whatArrivedIsFoundAndWhatDidNotIsInserted() {
        try (TestBed bed = bed()) {
            strike(bed, new FaultAction.LoseAnswer());
            bed.write("data/deals.csv", "id,amount\na,1.5\nb,\n");
            assertThat(bed.settle().accounting().unknown()).isEqualTo(2);
            strike(bed, new FaultAction.Reset());
            bed.write("data/deals.csv", "id,amount\na,1.5\nb,\nc,3\n");
            assertThat(bed.settle().accounting().held())
                    .as("a and b may still land")
                    .isEqualTo(2);
            assertThat(deals(bed)).containsOnlyKeys("a", "b");

            bed.pass(WINDOW);
            bed.sandbox().faults().clear();
            bed.write("data/deals.csv", "id,amount\na,9\nb,9\nc,4\n");
            SyncReport report = bed.settle();
            assertThat(report.accounting().accepted()).isEqualTo(3);
            assertThat(deals(bed)).containsOnly(Map.entry("a", "1.5"), Map.entry("b", ""), Map.entry("c", "4"));
            assertThat(bed.settle().accounting().planned()).isZero();
        }
    }
}
