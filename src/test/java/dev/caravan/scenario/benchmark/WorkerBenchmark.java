package dev.caravan.scenario.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.app.Operations;
import dev.caravan.app.SyncReport;
import dev.caravan.app.Worker;
import dev.caravan.app.WorkerOptions;
import dev.caravan.ledger.Decisions.Decision;
import dev.caravan.mapping.MappingId;
import dev.caravan.sandbox.spec.Login;
import dev.caravan.sandbox.spec.SandboxSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A no-change {@code sync} of a million Parquet rows inside a running worker, through its real routes, against the same diff and checks
 * typed by hand into DuckDB in the same process; pairs alternate, so that what else the machine does falls on both. The first sync is
 * real too: by jobs, to a sandbox in another process.
 */
@Tag("benchmark")
class WorkerBenchmark {

    private static final int ROWS = Integer.getInteger("caravan.rows", 1_000_000);
    private static final int PAIRS = Integer.getInteger("caravan.pairs", 11);
    private static final long SEED = Long.getLong("caravan.seed", 20_261_122L);
    private static final String MEMORY = "1GB";
    private static final int THREADS = 2;
    private static final MappingId MAPPING = new MappingId("leads");

    private static final String CARAVAN = """
            connections:
              files: {connector: files, path: data}
              crm:
                connector: salesforce
                login_url: "{{env:URL}}"
                client_id: "{{env:ID}}"
                client_secret: "{{env:SECRET}}"
                limits: {requests_per_second: 1000, concurrency: 4}
            engine: {memory: %s, threads: %d}
            """.formatted(MEMORY, THREADS);

    private static final String SANDBOX = """
            daily_limit: 10000000
            objects:
              Lead:
                fields:
                  Lead_Id__c: {type: text, length: 40, external_id: true, unique: true}
                  Lead_Score__c: {type: number, precision: 5, scale: 4}
                  Score_Model__c: {type: text, length: 40}
            """;

    private static final String LEADS = """
            model:
              connection: files
              path: leads.parquet
              key: lead_id
              watermark: scored_at
            contract:
              checks:
                - {not_null: [last_name, company, score]}
                - {range: {score: [0, 1]}}
                - {sql: "grade in ('A', 'B', 'C', 'D')"}
            destination:
              connection: crm
              object: Lead
              operation: upsert
              key: {Lead_Id__c: lead_id}
            fields:
              LastName: last_name
              Company: company
              Email: {column: email, when_empty: keep}
              Lead_Score__c: {column: score, round: 2}
              Rating: {cel: "row.grade == 'A' ? 'Hot' : row.grade == 'B' ? 'Warm' : 'Cold'"}
              Score_Model__c: {column: model_version, triggers: false}
            """;

    @TempDir
    private Path folder;

    @Test
    void aSyncWithoutChangesAgainstSqlTypedByHand() throws IOException, SQLException {
        Path parquet = workspace();
        say(
                "-Dcaravan.seed=%d, %d rows, heap %d MB, DuckDB %s and %d threads on either side",
                SEED, ROWS, Runtime.getRuntime().maxMemory() >> 20, MEMORY, THREADS);
        try (SandboxProcess sandbox = SandboxProcess.start(folder);
                Worker worker = Worker.open(folder, options(sandbox.url()));
                ByHand exact = new ByHand(parquet, folder.resolve("exact.duckdb"), "lead_id", MEMORY, THREADS);
                ByHand folded =
                        new ByHand(parquet, folder.resolve("folded.duckdb"), "lower(trim(lead_id))", MEMORY, THREADS)) {
            firstSync(worker.operations());
            exact.remember();
            folded.remember();
            pairs(worker.operations(), exact, folded);
        }
    }

    private Path workspace() throws IOException, SQLException {
        Path data = Files.createDirectories(folder.resolve("data"));
        Files.createDirectories(folder.resolve("mappings"));
        Files.writeString(folder.resolve("caravan.yaml"), CARAVAN);
        Files.writeString(folder.resolve("sandbox.yaml"), SANDBOX);
        Files.writeString(folder.resolve("mappings/leads.yaml"), LEADS);
        ByHand.generate(data.resolve("leads.parquet"), ROWS, SEED);
        return data.resolve("leads.parquet");
    }

    private static WorkerOptions options(String url) {
        Login login = SandboxSpec.defaults().login();
        Map<String, String> values = Map.of("URL", url, "ID", login.clientId(), "SECRET", login.clientSecret());
        return WorkerOptions.service().with(name -> Optional.ofNullable(values.get(name)));
    }

    private static void firstSync(Operations operations) {
        Stopwatch plan = new Stopwatch();
        SyncReport held = operations.sync(MAPPING, plan);
        say("first sync of %d rows, to the held plan: %s", held.add(), plan.end());
        assertThat(held.state()).isEqualTo("held");
        Stopwatch delivery = new Stopwatch();
        SyncReport done = operations.approve(held.plan(), new Decision("benchmark", "", Instant.EPOCH), delivery);
        say("approved and delivered in %d requests: %s", done.requests(), delivery.end());
        assertThat(done.accounting().accepted()).isEqualTo(ROWS);
    }

    private static void pairs(Operations operations, ByHand exact, ByHand folded) throws SQLException {
        Timings worker = new Timings("sync");
        Timings plain = new Timings("by hand, keys as they are");
        Timings folding = new Timings("by hand, keys folded as Salesforce compares them");
        Map<String, Timings> steps = new LinkedHashMap<>();
        for (int i = 0; i <= PAIRS; i++) {
            Stopwatch watch = new Stopwatch();
            SyncReport report = operations.sync(MAPPING, watch);
            watch.end();
            assertThat(report.accounting().planned()).isZero();
            assertThat(report.requests()).isZero();
            assertThat(report.rows()).isEqualTo(ROWS);
            double byExact = seconds(exact);
            double byFolded = seconds(folded);
            if (i > 0) {
                worker.add(watch.seconds());
                watch.steps()
                        .forEach((step, took) ->
                                steps.computeIfAbsent(step, Timings::new).add(took));
                plain.add(byExact);
                folding.add(byFolded);
            }
        }
        steps.values().forEach(step -> say("  step %s", step));
        for (Timings timings : List.of(worker, plain, folding)) {
            say("%s", timings);
        }
        say(
                "ratio of medians %.2f; with keys folded on both sides %.2f",
                worker.median() / plain.median(), worker.median() / folding.median());
    }

    private static double seconds(ByHand typed) throws SQLException {
        long begin = System.nanoTime();
        typed.check();
        return (System.nanoTime() - begin) / 1e9;
    }

    private static void say(String format, Object... values) {
        System.out.printf(Locale.ROOT, "BENCH worker: " + format + "%n", values);
    }

    /** Seconds of one thing done again and again. */
    private record Timings(String what, List<Double> all) {

        Timings(String what) {
            this(what, new ArrayList<>());
        }

        void add(double seconds) {
            all.add(seconds);
        }

        double median() {
            return all.stream().sorted().toList().get(all.size() / 2);
        }

        @Override
        public String toString() {
            List<Double> sorted = all.stream().sorted().toList();
            return String.format(
                    Locale.ROOT,
                    "%s: median %.3f s, min %.3f, max %.3f, %d times",
                    what,
                    median(),
                    sorted.getFirst(),
                    sorted.getLast(),
                    sorted.size());
        }
    }
}
