package dev.caravan.scenario.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.app.Operations;
import dev.caravan.app.Progress;
import dev.caravan.app.SyncReport;
import dev.caravan.app.Worker;
import dev.caravan.app.WorkerOptions;
import dev.caravan.ledger.Decisions.Decision;
import dev.caravan.mapping.MappingId;
import dev.caravan.run.Accounting;
import dev.caravan.sandbox.spec.Login;
import dev.caravan.sandbox.spec.SandboxSpec;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.BitSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A million rows to a sandbox in another process, one in ten of them malformed: too long, not in the list, a number that does not fit, an
 * empty name, no key, a key twice, or a code that the destination wants but once. Every row is accounted for, and no good row is lost.
 */
@Tag("benchmark")
class MalformedRowsBenchmark {

    private static final int ROWS = Integer.getInteger("caravan.rows", 1_000_000);
    private static final MappingId MAPPING = new MappingId("leads");
    private static final String QUERY = "/services/data/v60.0/query?q=";

    private static final String CARAVAN = """
            connections:
              files: {connector: files, path: data}
              crm:
                connector: salesforce
                login_url: "{{env:URL}}"
                client_id: "{{env:ID}}"
                client_secret: "{{env:SECRET}}"
                limits: {requests_per_second: 1000, concurrency: 4}
            """;

    private static final String SANDBOX = """
            daily_limit: 10000000
            objects:
              Lead:
                fields:
                  Lead_Id__c: {type: text, length: 40, external_id: true, unique: true}
                  Lead_Score__c: {type: number, precision: 5, scale: 4}
                  Tier__c: {type: picklist, values: [A, B, C, D], restricted: true}
                  Code__c: {type: text, length: 40, unique: true}
            """;

    private static final String LEADS = """
            model:
              connection: files
              path: leads.parquet
              key: lead_id
            contract:
              valid_share: 80%
              checks:
                - {not_null: [last_name]}
            destination:
              connection: crm
              object: Lead
              operation: upsert
              key: {Lead_Id__c: lead_id}
            fields:
              LastName: last_name
              Company: {constant: Acme}
              Lead_Score__c: score
              Tier__c: grade
              Code__c: code
            """;

    /** Rows whose number ends in 7 are malformed in one of eight ways. */
    private static final String ROW = """
            SELECT
              CASE WHEN kind = 0 THEN NULL
                   WHEN kind = 1 THEN 'K-' || lpad((i - i % 160)::VARCHAR, 8, '0')
                   WHEN kind = 2 THEN CASE WHEN i % 160 < 80 THEN 'F-' ELSE ' f-' END || lpad((i - i % 160)::VARCHAR, 8, '0')
                   ELSE 'L-' || lpad(i::VARCHAR, 8, '0') END AS lead_id,
              CASE WHEN kind = 3 THEN repeat('x', 300) WHEN kind = 4 THEN NULL ELSE 'Name ' || i END AS last_name,
              CASE WHEN kind = 5 THEN 123456.5 ELSE (i % 10000) / 10000.0 END::DOUBLE AS score,
              CASE WHEN kind = 6 THEN 'Z' ELSE ['A', 'B', 'C', 'D'][1 + i % 4] END AS grade,
              CASE WHEN kind = 7 THEN 'the same' ELSE 'C-' || i END AS code
            FROM (SELECT i, CASE WHEN i % 10 = 7 THEN (i // 10) % 8 ELSE -1 END AS kind FROM range(ROWS) r(i))
            ORDER BY hash(i)""";

    @TempDir
    private Path folder;

    @Test
    void everyRowIsAccountedForAndNoGoodRowIsLost() throws IOException, InterruptedException, SQLException {
        workspace();
        try (SandboxProcess sandbox = SandboxProcess.start(folder);
                Worker worker = Worker.open(folder, options(sandbox.url()))) {
            long begin = System.nanoTime();
            SyncReport done = settled(worker.operations());
            Accounting books = done.accounting();
            System.out.printf(
                    Locale.ROOT,
                    "BENCH malformed: %d rows, heap %d MB: %s, invalid %d, in %d requests, %.0f s%n",
                    done.rows(),
                    Runtime.getRuntime().maxMemory() >> 20,
                    books.words(),
                    done.invalid(),
                    done.requests(),
                    (System.nanoTime() - begin) / 1e9);
            assertThat(done.rows()).isEqualTo(ROWS);
            assertThat(books.balances()).isTrue();
            assertThat(books.accepted() + books.rejected() + done.invalid()).isEqualTo(ROWS);
            assertThat(books.rejected()).isPositive();
            BitSet there = new BitSet();
            long records = records(sandbox.url(), there);
            assertThat(books.accepted()).isEqualTo(records);
            for (int i = 0; i < ROWS; i++) {
                assertThat(i % 10 == 7 || there.get(i)).as("row %d", i).isTrue();
            }
        }
    }

    private static SyncReport settled(Operations operations) {
        SyncReport held = operations.sync(MAPPING, Progress.NONE);
        return operations.approve(held.plan(), new Decision("benchmark", "", Instant.EPOCH), Progress.NONE);
    }

    private void workspace() throws IOException, SQLException {
        Path data = Files.createDirectories(folder.resolve("data"));
        Files.createDirectories(folder.resolve("mappings"));
        Files.writeString(folder.resolve("caravan.yaml"), CARAVAN);
        Files.writeString(folder.resolve("sandbox.yaml"), SANDBOX);
        Files.writeString(folder.resolve("mappings/leads.yaml"), LEADS);
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("COPY (" + ROW.replace("ROWS", Integer.toString(ROWS)) + ") TO '"
                    + data.resolve("leads.parquet") + "' (FORMAT parquet)");
        }
    }

    private static WorkerOptions options(String url) {
        Login login = SandboxSpec.defaults().login();
        Map<String, String> values = Map.of("URL", url, "ID", login.clientId(), "SECRET", login.clientSecret());
        return WorkerOptions.service().with(name -> Optional.ofNullable(values.get(name)));
    }

    /** How many records the sandbox holds, and the numbers of the rows that have keys of their own. */
    private static long records(String url, BitSet found) throws IOException, InterruptedException {
        Login login = SandboxSpec.defaults().login();
        URI base = URI.create(url);
        ObjectMapper json = new ObjectMapper();
        long records = 0;
        try (HttpClient client = HttpClient.newHttpClient()) {
            String token = json.readTree(client.send(
                                    HttpRequest.newBuilder(base.resolve("/services/oauth2/token"))
                                            .header("Content-Type", "application/x-www-form-urlencoded")
                                            .POST(BodyPublishers.ofString("grant_type=client_credentials&client_id="
                                                    + login.clientId() + "&client_secret=" + login.clientSecret()))
                                            .build(),
                                    BodyHandlers.ofString())
                            .body())
                    .path("access_token")
                    .asText();
            String path = QUERY + URLEncoder.encode("SELECT Lead_Id__c FROM Lead", StandardCharsets.UTF_8);
            while (!path.isEmpty()) {
                HttpRequest request = HttpRequest.newBuilder(base.resolve(path))
                        .header("Authorization", "Bearer " + token)
                        .build();
                JsonNode page = json.readTree(
                        client.send(request, BodyHandlers.ofString()).body());
                assertThat(page.path("records").isArray()).as("%s", page).isTrue();
                for (JsonNode lead : page.path("records")) {
                    String key = lead.path("Lead_Id__c").asText();
                    records++;
                    if (key.startsWith("L-")) {
                        found.set(Integer.parseInt(key.substring(2)));
                    }
                }
                path = page.path("nextRecordsUrl").asText();
            }
        }
        return records;
    }
}
