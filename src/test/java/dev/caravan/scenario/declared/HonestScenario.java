package dev.caravan.scenario.declared;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.app.SyncReport;
import dev.caravan.destination.Outcome;
import dev.caravan.ledger.Deliveries.Sent;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.sandbox.Sandbox;
import dev.caravan.sandbox.fault.Fault;
import dev.caravan.sandbox.fault.FaultAction;
import dev.caravan.sandbox.spec.SandboxSpec;
import dev.caravan.scenario.TestBed;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A first load with answers that are lost and rows that are refused, then changes and rows that leave. After each run what is said to be
 * there is there, and in the end the destination holds exactly the rows. A connector's test says how its API is reached and looked into.
 */
abstract class HonestScenario {

    /** Of {@code data/rows.csv}: {@code id}, {@code email} and {@code name}. */
    record Row(String id, String email, String name) {}

    private static final String NOWHERE = "@nowhere";
    private static final ObjectMapper JSON = new ObjectMapper();
    static final int MOST_RUNS = 10;

    /** The breaker lets nobody in for a while after so much trouble. */
    static final Duration BETWEEN_RUNS = Duration.ofMinutes(15);

    @TempDir
    private Path folder;

    /** What the sandbox's API is called. */
    abstract String vendor();

    /** What the connector is called. */
    String connector() {
        return vendor();
    }

    /** The connection's keys beside {@code connector}, each on a line of its own. The secrets are in {@code secrets/}. */
    abstract String connection(String address);

    /** Contents of the files in {@code secrets/}, by name. */
    abstract Map<String, String> secrets();

    /** The sandbox's settings where the usual traps are too rare for so few requests. */
    Map<String, Object> traps() {
        return Map.of();
    }

    /** What the destination has to hold before the first row comes. */
    void prepare(TestBed bed) {}

    /** Whether the sandbox's time jumps with the worker's, which is so for limits that tell the moment at which they end. */
    boolean inOneTime() {
        return false;
    }

    /** The operations of the sandbox whose answers are lost, one of which each part comes to. */
    abstract Set<String> writes();

    /** What happens to the first writes, one after the other. */
    List<FaultAction> troubles() {
        return List.of(new FaultAction.LoseAnswer(), new FaultAction.Truncate(), new FaultAction.Reset());
    }

    /** From {@code destination} to {@code fields}. */
    abstract String mapping();

    /** The field that holds a row's name. */
    abstract String nameField();

    /** A record of the destination, by the id of its row. */
    record Held(String id, String name) {}

    /** All records that the destination holds: two of one row are two. */
    abstract List<Held> held(Sandbox sandbox);

    /** The types of the model's columns, those that are no text. */
    String columns() {
        return "{}";
    }

    /** Whether rows that leave are taken away; else the destination keeps them as they were. */
    boolean takesAway() {
        return true;
    }

    /** How many rows there are at first. */
    int rows() {
        return 60;
    }

    /** The row of a number. Some have an e-mail address that only the destination finds wrong. */
    Row row(int number, String name) {
        String email = "p" + number + (number % 13 == 0 ? NOWHERE : "@example.com");
        return new Row("%03d".formatted(number), email, name + " " + number);
    }

    /** Whether the destination takes a row at last. */
    boolean taken(Row row) {
        return !row.email().endsWith(NOWHERE);
    }

    @Test
    void whatIsSaidToBeThereIsThere() {
        try (TestBed bed = bed()) {
            Map<Integer, Row> rows = new TreeMap<>();
            for (int number = 1; number <= rows(); number++) {
                rows.put(number, row(number, "Ann"));
            }
            Map<String, String> there = new TreeMap<>();
            trouble(bed.sandbox(), troubles());
            settled(bed, rows, there);

            rows.replaceAll((number, row) -> number % 3 == 0 ? row(number, "Bob") : row);
            rows.put(rows() + 1, row(rows() + 1, "Cy"));
            // Rows that were lost once and then refused too: they never arrived.
            rows.values()
                    .removeIf(row ->
                            Integer.parseInt(row.id()) % 4 == 0 || row.id().equals("013"));
            trouble(bed.sandbox(), List.of(new FaultAction.LoseAnswer()));
            settled(bed, rows, there);
        }
    }

    final TestBed bed() {
        return bed("id");
    }

    final TestBed bed(String key) {
        TestBed bed = inOneTime()
                ? TestBed.inOneTime(folder, SandboxSpec.defaults())
                : new TestBed(folder, SandboxSpec.defaults());
        assertThat(bed.sandbox().vendor(vendor()).settings().change(traps())).isEmpty();
        secrets().forEach((name, text) -> bed.write("secrets/" + name, text + "\n"));
        String keys = connection(bed.sandbox().uri(vendor()).toString()).indent(4);
        bed.write(
                "caravan.yaml",
                "connections:\n  files: {connector: files, path: data}\n  there:\n    connector: " + connector() + "\n"
                        + keys);
        String model = "model: {connection: files, path: rows.csv, key: %s, columns: %s}\n".formatted(key, columns());
        String guards = "guardrails: {max_changed: 100%, max_removed: 100%, min_rows: 0%, max_cleared: 100%}\n";
        prepare(bed);
        return bed.write("mappings/test.yaml", model + mapping() + guards);
    }

    /** Posts JSON to the destination, as somebody else would. */
    final JsonNode post(TestBed bed, String path, String authorization, String json) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(bed.sandbox().uri(vendor()) + path))
                .header("Authorization", authorization)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as("%s", answer.body()).isLessThan(300);
            return JSON.readTree(answer.body());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(path, e);
        }
    }

    /** Each of these strikes one of the next writes. */
    private void trouble(Sandbox sandbox, List<FaultAction> actions) {
        sandbox.faults().clear();
        for (FaultAction action : actions) {
            writes().forEach(
                            write -> sandbox.faults().add(new Fault("trouble", null, null, null, write, 0, 1, action)));
        }
    }

    /** Runs until nothing is left to do. What is {@code there} becomes what is there then. */
    private void settled(TestBed bed, Map<Integer, Row> rows, Map<String, String> there) {
        String lines = rows.values().stream()
                .map(row -> row.id() + "," + row.email() + "," + row.name() + "\n")
                .collect(Collectors.joining());
        bed.write("data/rows.csv", "id,email,name\n" + lines);
        if (takesAway()) {
            there.clear();
        }
        rows.values().stream().filter(this::taken).forEach(row -> there.put(row.id(), row.name()));
        for (int run = 1; run <= MOST_RUNS; run++) {
            SyncReport report = bed.settle();
            assertThat(report.accounting().balances()).as("%s", report).isTrue();
            honest(bed);
            bed.pass(BETWEEN_RUNS);
            bed.sandbox().clock().advance(BETWEEN_RUNS);
            if (report.accounting().planned() == 0) {
                struck(bed.sandbox());
                assertThat(held(bed.sandbox())).containsExactlyInAnyOrderElementsOf(records(there));
                return;
            }
        }
        throw new AssertionError("not settled after " + MOST_RUNS + " runs");
    }

    static List<Held> records(Map<String, String> names) {
        return names.entrySet().stream()
                .map(each -> new Held(each.getKey(), each.getValue()))
                .toList();
    }

    /** No trouble has waited for a write that never came. */
    private static void struck(Sandbox sandbox) {
        Map<String, Integer> fired = new TreeMap<>();
        sandbox.faults().list().forEach(fault -> fired.merge(fault.action(), fault.fired(), Integer::sum));
        assertThat(fired)
                .isNotEmpty()
                .allSatisfy(
                        (trouble, times) -> assertThat(times).as("%s", trouble).isPositive());
    }

    /** Of each row the last thing that was said of it is so. */
    private void honest(TestBed bed) {
        Map<String, List<String>> held = held(bed.sandbox()).stream()
                .collect(Collectors.groupingBy(Held::id, Collectors.mapping(Held::name, Collectors.toList())));
        for (int number = 1; number <= rows() + 1; number++) {
            String id = row(number, "").id();
            Optional<Sent> last = bed.operations().record(Optional.of(TestBed.MAPPING), id, true).stream()
                    .findFirst();
            Optional<Outcome> outcome = last.flatMap(Sent::outcome);
            if (outcome.isEmpty() || !(outcome.get() instanceof Outcome.Accepted)) {
                continue;
            }
            PlannedWrite sent = last.get().row();
            if (sent.kind() == PlannedWrite.Kind.REMOVE) {
                assertThat(held).as("%s is said to be gone", id).doesNotContainKey(id);
            } else {
                assertThat(held.get(id)).as("%s is said to be there", id).hasSize(1);
                Optional.ofNullable(sent.fields().get(nameField()))
                        .ifPresent(name -> assertThat(held.get(id)).containsExactly(name.text()));
            }
        }
    }
}
