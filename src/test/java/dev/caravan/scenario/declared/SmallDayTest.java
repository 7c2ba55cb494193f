package dev.caravan.scenario.declared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.app.SyncReport;
import dev.caravan.sandbox.spec.SandboxSpec;
import dev.caravan.scenario.TestBed;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A day that allows fewer rows than a request of the connector would carry. */
class SmallDayTest {

    private static final int ROWS = 90;

    /** Of a hundred operations writes have seventy, of which reads and the last request's rest may take some. */
    private static final int WRITES = 70;

    private static final int LOST = 10;

    @TempDir
    private Path folder;

    private TestBed bed() {
        TestBed bed = new TestBed(folder, SandboxSpec.defaults());
        String address = bed.sandbox().uri("googleads").toString();
        String rows = IntStream.rangeClosed(1, ROWS)
                .mapToObj(row -> row + ",1." + row + "\n")
                .collect(Collectors.joining());
        return bed.write("secrets/client", "caravan-demo-secret\n")
                .write("secrets/refresh", "caravan-demo-refresh\n")
                .write("secrets/developer", "caravan-demo-developer-token\n")
                .write("data/rows.csv", "id,bid\n" + rows)
                .write("caravan.yaml", """
                    connections:
                      files: {connector: files, path: data}
                      there:
                        connector: google_ads
                        api_base: %s
                        token_url: %s/token
                        client_id: caravan-demo
                        client_secret: "{{file:secrets/client}}"
                        refresh_token: "{{file:secrets/refresh}}"
                        developer_token: "{{file:secrets/developer}}"
                        customer_id: "4200001000"
                        daily_operations: 100
                    """.formatted(address, address))
                .write("mappings/test.yaml", """
                    model: {connection: files, path: rows.csv, key: id, columns: {bid: decimal}}
                    destination: {connection: there, object: adGroups, operation: update, key: {id: id}}
                    fields: {cpc_bid: bid}
                    """);
    }

    @Test
    void whatTheDayAllowsIsWrittenHoweverMuchARequestCouldCarry() {
        try (TestBed bed = bed()) {
            SyncReport first = bed.settle();
            long held = first.heldBy().getOrDefault("quota", 0L);
            assertThat(first.accounting().balances()).isTrue();
            assertThat(first.accounting().planned()).isEqualTo(ROWS);
            assertThat(held).isBetween((long) ROWS - WRITES, (long) ROWS - WRITES + LOST);
        }
    }
}
