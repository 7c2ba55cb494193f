package dev.caravan.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.app.Samples;
import dev.caravan.app.json.Json;
import dev.caravan.app.observe.LedgerHealth;
import dev.caravan.app.observe.RequestMeters;
import dev.caravan.app.observe.WorkspaceHealth;
import dev.caravan.destination.Signal;
import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.problem.Code;
import dev.caravan.problem.Place;
import dev.caravan.problem.Problem;
import dev.caravan.telemetry.Meters;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Health and metrics over real HTTP, as a probe and Prometheus meet them; bound to all addresses, as in a pod. */
class ManagementTest {

    private static final PrometheusMeterRegistry REGISTRY = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private static Served served;
    private static List<Problem> problems = List.of();
    private static Runnable ledger = () -> {};

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void serve() throws Exception {
        Meters meters = new Meters(REGISTRY, () -> Samples.NOON, "1.2.3");
        meters.ended(Samples.run(1));
        new RequestMeters(meters).request("crm", Signal.State.WELL, 1, Duration.ofMillis(5));
        served = new Served(
                new Servers(0, "0.0.0.0", 0),
                Map.of(
                        "meterRegistry", REGISTRY,
                        "workspaceHealth", new WorkspaceHealth(() -> problems),
                        "ledgerHealth", new LedgerHealth(() -> ledger.run())));
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    @BeforeEach
    void well() {
        problems = List.of();
        ledger = () -> {};
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(
                HttpRequest.newBuilder(served.management().resolve(path)).build(), BodyHandlers.ofString());
    }

    private static JsonNode check(HttpResponse<String> health, String name) {
        for (JsonNode check : Json.parse(health.body()).get("checks")) {
            if (check.get("name").asText().endsWith(name)) {
                return check;
            }
        }
        throw new AssertionError("no check " + name + " in " + health.body());
    }

    @Test
    void aHealthyWorkerIsLiveAndReady() throws Exception {
        for (String path : List.of("/observe/health", "/observe/health/live", "/observe/health/ready")) {
            assertThat(get(path).statusCode()).as(path).isEqualTo(200);
        }
        assertThat(check(get("/observe/health/ready"), "ledger").get("status").asText())
                .isEqualTo("UP");
    }

    @Test
    void brokenFilesDegradeAndNoMore() throws Exception {
        problems = List.of(Problem.at(
                Code.YAML_UNKNOWN_KEY,
                new Place("mappings/a.yaml", 7, 3),
                "unknown key 'chek'",
                "did you mean checks?"));
        HttpResponse<String> ready = get("/observe/health/ready");
        assertThat(ready.statusCode()).isEqualTo(200);
        JsonNode workspace = check(ready, "workspace");
        assertThat(workspace.get("status").asText()).isEqualTo("UP");
        assertThat(workspace.get("message").asText())
                .isEqualTo("degraded: a.yaml:7:3 unknown key 'chek'; did you mean checks? [yaml.unknown_key]");
        JsonNode full = check(get("/observe/health?data=true"), "workspace");
        assertThat(full.get("data").get("problem.1").asText()).startsWith("mappings/a.yaml:7:3 unknown key");
        assertThat(check(get("/observe/health"), "workspace").toString()).contains("degraded");
    }

    @Test
    void withoutALedgerTheWorkerIsLiveButNotReady() throws Exception {
        ledger = () -> {
            throw new EnvironmentFailure(Problem.of(Code.STATE_IO, "the ledger cannot be read", "check the disk"));
        };
        assertThat(get("/observe/health/ready").statusCode()).isEqualTo(503);
        assertThat(check(get("/observe/health/ready"), "ledger").toString()).contains("the ledger cannot be read");
        assertThat(get("/observe/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void metricsAreOursAndTheJvmsAndNotCamelsByRoute() throws Exception {
        HttpResponse<String> metrics = get("/observe/metrics");
        assertThat(metrics.statusCode()).isEqualTo(200);
        assertThat(metrics.body())
                .contains("caravan_build_info{version=\"1.2.3\"} 1")
                .contains("caravan_rows_total{")
                .contains("caravan_request_duration_seconds_bucket{")
                .contains("jvm_memory_used_bytes")
                .doesNotContain("routeId");
    }

    @Test
    void theApiIsNotOnTheManagementPort() throws Exception {
        assertThat(get("/api/status").statusCode()).isEqualTo(404);
    }
}
