package dev.caravan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.sandbox.spec.Quirks;
import dev.caravan.sandbox.spec.SandboxSpec;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class SandboxTest extends SandboxTests {

    @Override
    SandboxSpec spec() {
        Quirks lenient = new Quirks(false, false, Duration.ZERO, 10_000);
        return SPEC.withQuirks(lenient).withLatency(Duration.ofMillis(2));
    }

    @Test
    void itListensOnLoopbackOnly() {
        assertThat(sandbox.baseUri().getHost()).isEqualTo("127.0.0.1");
    }

    @Test
    void requestsAtTheSameTimeMakeOneRecordAndNoneIsHalfDone() throws Exception {
        String rows = "[" + lead("A", "") + "," + lead("B", "") + "," + lead("C", "") + "]";
        List<Callable<Client.Answer>> calls = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            calls.add(() -> client.upsert("Lead/Lead_Id__c", rows));
        }
        int created = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<Client.Answer> answer : threads.invokeAll(calls)) {
                JsonNode results = answer.get().json();
                boolean first = results.path(0).path("created").asBoolean();
                assertThat(results.path(2).path("created").asBoolean()).isEqualTo(first);
                created += first ? 1 : 0;
            }
        }
        assertThat(created).isEqualTo(1);
        assertThat(sandbox.records("Lead")).hasSize(3);
        assertThat(sandbox.writes()).hasSize(120);
        assertThat(sandbox.writes().getLast().sequence()).isEqualTo(120);
    }

    @Test
    void anUnreadableRecordMayBeItsOwnFaultAlone() throws Exception {
        JsonNode results = client.upsert(
                        "Lead/Lead_Id__c", "[" + lead("A", q(",'Nope__c':1")) + "," + lead("B", "") + "]")
                .json();
        assertThat(results.path(0).path("errors").path(0).path("statusCode").asText())
                .isEqualTo("INVALID_FIELD");
        assertThat(results.path(1).path("success").asBoolean()).isTrue();
    }

    @Test
    void limitInfoMayBeMissing() throws Exception {
        assertThat(client.get(Client.API + "/limits").header("Sforce-Limit-Info"))
                .isEmpty();
    }

    @Test
    void aBodyMayBePacked() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(("{\"records\":[" + lead("L1", "") + "]}").getBytes(StandardCharsets.UTF_8));
        }
        URI uri = sandbox.baseUri().resolve(Client.API + "/composite/sobjects/Lead/Lead_Id__c");
        HttpRequest request = HttpRequest.newBuilder(uri)
                .method("PATCH", HttpRequest.BodyPublishers.ofByteArray(packed.toByteArray()))
                .header("Authorization", "Bearer " + client.token())
                .header("Content-Encoding", "gzip")
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).body())
                    .contains("\"created\":true");
        }
    }

    @Test
    void unknownVersionsAndPathsAreNotFound() throws Exception {
        assertThat(client.get("/services/data/v9.0/limits").status()).isEqualTo(404);
        assertThat(client.get("/services/data/v60.0/nothing").code()).isEqualTo("NOT_FOUND");
        assertThat(client.get("/services/data").json().findValuesAsText("version"))
                .contains("60.0", "66.0");
    }
}
