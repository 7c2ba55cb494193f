package dev.caravan.scenario.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.app.Operations;
import dev.caravan.app.Progress;
import dev.caravan.app.SyncReport;
import dev.caravan.app.Worker;
import dev.caravan.app.WorkerOptions;
import dev.caravan.ledger.Decisions.Decision;
import dev.caravan.mapping.MappingId;
import dev.caravan.sandbox.Sandbox;
import dev.caravan.sandbox.http.RequestLog;
import dev.caravan.sandbox.spec.SandboxSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much of HubSpot's rate a running worker uses, on the real clock over six windows of ten seconds, through its real routes. */
@Tag("benchmark")
class HubSpotRateBenchmark {

    private static final int WINDOWS = 6;
    private static final int ROWS_A_REQUEST = 100;
    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final MappingId MAPPING = new MappingId("people");

    private static final String CARAVAN = """
            connections:
              files: {connector: files, path: data}
              crm: {connector: hubspot, api_base: "ADDRESS", access_token: "{{file:token}}", tier: TIER}
            """;

    private static final String PEOPLE = """
            model: {connection: files, path: people.csv, key: email}
            destination: {connection: crm, object: contacts, operation: upsert, key: {email: email}}
            fields: {firstname: name}
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"free,100", "professional,190"})
    void theShareOfTheAllowedRate(String tier, int most) throws IOException {
        int rows = most * WINDOWS * ROWS_A_REQUEST;
        try (Sandbox sandbox = Sandbox.start(SandboxSpec.defaults(), 0)) {
            sandbox.vendor("hubspot").settings().change(Map.of("burst", most, "silent_every", 0));
            workspace(sandbox.uri("hubspot").toString(), tier, rows);
            try (Worker worker = Worker.open(folder, WorkerOptions.service())) {
                assertThat(sync(worker.operations()).accounting().accepted()).isEqualTo(rows);
            }
            List<RequestLog.Entry> upserts = sandbox.requests().stream()
                    .filter(entry -> entry.path().endsWith("/batch/upsert"))
                    .toList();
            assertThat(upserts).extracting(RequestLog.Entry::status).containsOnly(200);
            double share = share(upserts, most);
            System.out.printf(
                    Locale.ROOT,
                    "BENCH hubspot: tier %s, %d requests in any ten seconds: %d rows in %d requests, %.1f %% of the rate%n",
                    tier,
                    most,
                    rows,
                    upserts.size(),
                    share * 100);
            assertThat(share).isGreaterThan(0.95);
        }
    }

    private static double share(List<RequestLog.Entry> upserts, int most) {
        Duration took =
                Duration.between(upserts.getFirst().at(), upserts.getLast().at());
        assertThat(took).isGreaterThan(WINDOW.multipliedBy(WINDOWS - 1L));
        return (upserts.size() - 1.0) / most / (took.toNanos() / (double) WINDOW.toNanos());
    }

    private void workspace(String address, String tier, int rows) throws IOException {
        Files.createDirectories(folder.resolve("data"));
        Files.createDirectories(folder.resolve("mappings"));
        Files.writeString(folder.resolve("token"), "pat-na1-caravan-demo");
        Files.writeString(
                folder.resolve("caravan.yaml"),
                CARAVAN.replace("ADDRESS", address).replace("TIER", tier));
        Files.writeString(folder.resolve("mappings/people.yaml"), PEOPLE);
        Files.writeString(
                folder.resolve("data/people.csv"),
                IntStream.range(0, rows)
                        .mapToObj(row -> "p" + row + "@example.com,Name " + row + "\n")
                        .collect(Collectors.joining("", "email,name\n", "")));
    }

    private static SyncReport sync(Operations operations) {
        SyncReport held = operations.sync(MAPPING, Progress.NONE);
        assertThat(held.state()).isEqualTo("held");
        return operations.approve(held.plan(), new Decision("benchmark", "", Instant.EPOCH), Progress.NONE);
    }
}
