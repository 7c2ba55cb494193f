package dev.caravan.scenario.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.app.Operations;
import dev.caravan.app.SyncReport;
import dev.caravan.app.Worker;
import dev.caravan.app.WorkerOptions;
import dev.caravan.ledger.Decisions.Decision;
import dev.caravan.mapping.MappingId;
import dev.caravan.sandbox.Sandbox;
import dev.caravan.sandbox.spec.SandboxSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A worker's whole delivery, through its real routes and with its ledger, to a server that takes 50 ms, four requests at once, beside four
 * threads that post the same bodies to the same server with the same client. HubSpot's connector with a limit that nobody reaches. Rounds in turn.
 */
@Tag("benchmark")
class DeliveryBenchmark {

    private static final int ROUNDS = 5;
    private static final int ROWS = 40_000;
    private static final int ROWS_A_REQUEST = 100;
    private static final int CONCURRENCY = 4;
    private static final Duration LATENCY = Duration.ofMillis(50);
    private static final MappingId MAPPING = new MappingId("people");
    private static final String TOKEN = "pat-na1-caravan-demo";
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String CARAVAN = """
            connections:
              files: {connector: files, path: data}
              crm: {connector: unlimited, api_base: "ADDRESS", access_token: "{{file:token}}"}
            """;

    private static final String PEOPLE = """
            model: {connection: files, path: people.csv, key: email}
            destination: {connection: crm, object: contacts, operation: upsert, key: {email: email}}
            fields: {firstname: first, lastname: last, company: company, city: city}
            guardrails: {max_changed: 100%, max_removed: 100%, min_rows: 0%, max_cleared: 100%}
            """;

    @TempDir
    private Path folder;

    @Test
    void besideABareLoop() throws IOException, InterruptedException, ExecutionException {
        try (Sandbox sandbox = Sandbox.start(SandboxSpec.defaults(), 0);
                BareLoop bare = new BareLoop(CONCURRENCY)) {
            sandbox.vendor("hubspot").settings().change(Map.of("burst", 1_000_000, "silent_every", 0));
            sandbox.latency(LATENCY);
            workspace(sandbox.uri("hubspot").toString());
            String url = sandbox.uri("hubspot") + "/crm/v3/objects/contacts/batch/upsert";
            try (Worker worker = Worker.open(folder, WorkerOptions.service())) {
                first(worker.operations());
                List<Double> loops = new ArrayList<>();
                List<Double> deliveries = new ArrayList<>();
                List<Double> syncs = new ArrayList<>();
                for (int round = 1; round <= ROUNDS; round++) {
                    people(round);
                    loops.add(loop(bare, url, round));
                    Stopwatch watch = new Stopwatch();
                    SyncReport report = worker.operations().sync(MAPPING, watch);
                    watch.end();
                    assertThat(report.accounting().accepted()).isEqualTo(ROWS);
                    deliveries.add(watch.steps().get("deliver"));
                    syncs.add(watch.seconds());
                }
                report(median(loops), median(deliveries), median(syncs));
            }
        }
    }

    private static void report(double loop, double delivery, double sync) {
        System.out.printf(
                Locale.ROOT,
                "BENCH delivery: %,d rows in %d requests, %d at once, a server of %d ms: bare loop %.2f s, delivery %.2f s,"
                        + " whole sync %.2f s: ratio %.2f and %.2f%n",
                ROWS,
                ROWS / ROWS_A_REQUEST,
                CONCURRENCY,
                LATENCY.toMillis(),
                loop,
                delivery,
                sync,
                loop / delivery,
                loop / sync);
    }

    private void workspace(String address) throws IOException {
        Files.createDirectories(folder.resolve("data"));
        Files.createDirectories(folder.resolve("mappings"));
        Files.createDirectories(folder.resolve("connectors/unlimited"));
        Files.writeString(folder.resolve("token"), TOKEN);
        Files.writeString(folder.resolve("caravan.yaml"), CARAVAN.replace("ADDRESS", address));
        Files.writeString(folder.resolve("mappings/people.yaml"), PEOPLE);
        Files.writeString(
                folder.resolve("connectors/unlimited/connector.yaml"),
                Files.readString(Path.of("connectors/hubspot/connector.yaml"))
                        .replaceFirst("connector: hubspot", "connector: unlimited")
                        .replaceFirst(
                                "  requests:\n(    - [^\n]*\n)+", "  requests: [{name: none, max: 10000, per: 1s}]\n"));
        people(0);
    }

    private void people(int round) throws IOException {
        Files.writeString(
                folder.resolve("data/people.csv"),
                IntStream.range(0, ROWS)
                        .mapToObj(row -> "p" + row + "@example.com,First " + row + ",Last " + round + ",Company "
                                + round + ",City " + round + "\n")
                        .collect(Collectors.joining("", "email,first,last,company,city\n", "")));
    }

    private static void first(Operations operations) {
        SyncReport held = operations.sync(MAPPING, new Stopwatch());
        assertThat(held.state()).isEqualTo("held");
        SyncReport done =
                operations.approve(held.plan(), new Decision("benchmark", "", Instant.EPOCH), new Stopwatch());
        assertThat(done.accounting().accepted()).isEqualTo(ROWS);
    }

    /** Seconds. */
    private static double loop(BareLoop bare, String url, int round) throws InterruptedException, ExecutionException {
        List<byte[]> bodies = IntStream.range(0, ROWS / ROWS_A_REQUEST)
                .mapToObj(request -> body(request, round))
                .toList();
        AtomicInteger next = new AtomicInteger();
        long begin = System.nanoTime();
        try (ExecutorService threads = Executors.newFixedThreadPool(CONCURRENCY)) {
            List<Future<Integer>> ends = IntStream.range(0, CONCURRENCY)
                    .mapToObj(thread -> threads.submit(() -> {
                        for (int i = next.getAndIncrement(); i < bodies.size(); i = next.getAndIncrement()) {
                            bare.post(url, bodies.get(i));
                        }
                        return thread;
                    }))
                    .toList();
            for (Future<Integer> end : ends) {
                end.get();
            }
        }
        return (System.nanoTime() - begin) / 1e9;
    }

    /** As the connector writes it. */
    private static byte[] body(int request, int round) {
        ObjectNode body = JSON.createObjectNode();
        ArrayNode inputs = body.putArray("inputs");
        for (int row = 0; row < ROWS_A_REQUEST; row++) {
            inputs.addObject()
                    .put("id", "p" + (request * ROWS_A_REQUEST + row) + "@example.com")
                    .put("idProperty", "email")
                    .put("objectWriteTraceId", "row-" + row)
                    .putObject("properties")
                    .put("lastname", "Loop " + round)
                    .put("company", "Company " + round)
                    .put("city", "City " + round);
        }
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
