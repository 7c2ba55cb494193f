package dev.caravan.scenario.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.connector.declared.Bed;
import dev.caravan.connector.declared.DeclaredDestination;
import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Conversation;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Write;
import dev.caravan.mapping.TargetField;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.row.Value;
import dev.caravan.transport.HttpRequest;
import dev.caravan.transport.camel.auth.AccountSource;
import dev.caravan.transport.camel.auth.Auth;
import dev.caravan.transport.camel.auth.Credentials;
import dev.caravan.transport.camel.auth.FileTokenStore;
import dev.caravan.transport.camel.http.CamelHttpTransport;
import dev.caravan.transport.camel.http.HttpSettings;
import dev.caravan.transport.camel.http.WireServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What HubSpot's connector costs from rows to outcomes, beside two loops on the same client with the same bodies: one sends bytes that
 * are there and reads answers as bytes, the other makes the JSON of each request and reads that of each answer, as a program written for
 * this one purpose would. No limit is kept. Rounds in turn in one run, and the ratios of the medians.
 */
@Tag("benchmark")
class DeclaredBenchmark {

    private static final int FIELDS = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource({
        "1, 1, 0, 20000",
        "4, 1, 0, 30000",
        "4, 10, 0, 6000",
        "4, 100, 0, 3000",
        "4, 100, 1, 2000",
        "4, 100, 5, 1200",
        "4, 100, 50, 200"
    })
    void fromRowsToOutcomes(int concurrency, int rows, int millis, int requests) throws Exception {
        DeclaredDestination hubspot = Bed.own("hubspot", Map.of());
        Batch batch = batch(rows);
        HttpRequest rendered = first(hubspot, batch);
        byte[] answer = answer(rendered);
        CamelContext context = new DefaultCamelContext();
        try (WireServer server = new WireServer();
                BareLoop bare = new BareLoop(concurrency)) {
            server.keeping(false).behaviour = (seen, wire) -> {
                Thread.sleep(millis);
                wire.bytes(200, answer, "Content-Type: application/json");
            };
            context.start();
            try (CamelHttpTransport transport = transport(context, server.url(), concurrency)) {
                String url = server.url() + rendered.path();
                Rounds rounds = Rounds.of(
                        concurrency,
                        requests,
                        () -> bare.post(url, rendered.body().bytes()),
                        () -> read(bare.post(url, JSON.writeValueAsBytes(byHand(batch))), batch),
                        () -> ours(hubspot, transport, batch));
                System.out.printf(
                        Locale.ROOT,
                        "BENCH declared: %d at once, %d rows a request, a server of %d ms, %,d bytes there and %,d back:"
                                + " bytes %,.0f/s, JSON by hand %,.0f/s, ours %,.0f/s: ratio %.2f and %.2f%n",
                        concurrency,
                        rows,
                        millis,
                        rendered.body().length(),
                        answer.length,
                        rounds.median(0),
                        rounds.median(1),
                        rounds.median(2),
                        rounds.median(2) / rounds.median(0),
                        rounds.median(2) / rounds.median(1));
            }
        } finally {
            context.stop();
        }
    }

    private static Batch batch(int rows) {
        List<Write> writes = IntStream.range(0, rows)
                .mapToObj(row -> {
                    Map<String, Value> fields = new LinkedHashMap<>();
                    for (int field = 0; field < FIELDS; field++) {
                        fields.put("property_" + field, new Value.Text("Value " + field + " of row " + row));
                    }
                    return Bed.row(row, "person" + row + "@example.com", null, fields);
                })
                .toList();
        TargetSchema schema = new TargetSchema("contacts", List.of(), Optional.of(TargetField.Kind.TEXT));
        return new Batch(Action.UPSERT, false, "contacts", "email", schema, writes);
    }

    private static HttpRequest first(DeclaredDestination hubspot, Batch batch) {
        Conversation.Send<?> send = (Conversation.Send<?>) hubspot.deliver(batch);
        return (HttpRequest) send.request();
    }

    /** As HubSpot answers: each record with what was written and some more. */
    private static byte[] answer(HttpRequest request) throws IOException {
        ObjectNode answer = JSON.createObjectNode().put("status", "COMPLETE");
        ArrayNode results = answer.putArray("results");
        for (JsonNode input : JSON.readTree(request.body().text()).path("inputs")) {
            ObjectNode result = results.addObject()
                    .put("id", "9" + results.size())
                    .put("createdAt", "2026-01-01T00:00:00.000Z")
                    .put("updatedAt", "2026-01-01T00:00:00.000Z")
                    .put("archived", false)
                    .put("new", true);
            result.set("properties", input.path("properties"));
            result.set("objectWriteTraceId", input.path("objectWriteTraceId"));
        }
        return answer.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static CamelHttpTransport transport(CamelContext context, String url, int concurrency) {
        Auth auth = Auth.of(new Credentials.Bearer(() -> "token"), AccountSource.Told.text("acme"), PATIENCE);
        return new CamelHttpTransport(
                context,
                HttpSettings.of("benchmark", captured -> url, auth, concurrency),
                new FileTokenStore(Path.of("unused")),
                InstantSource.system());
    }

    private static ObjectNode byHand(Batch batch) {
        ObjectNode body = JSON.createObjectNode();
        ArrayNode inputs = body.putArray("inputs");
        for (Write write : batch.writes()) {
            ObjectNode input = inputs.addObject()
                    .put("id", write.targetKey().text())
                    .put("idProperty", "email")
                    .put("objectWriteTraceId", "row-" + write.ordinal());
            ObjectNode properties = input.putObject("properties");
            write.fields().forEach((name, value) -> properties.put(name, value.text()));
        }
        return body;
    }

    private static void read(byte[] answer, Batch batch) throws IOException {
        Set<String> traces = new HashSet<>();
        for (JsonNode result : JSON.readTree(answer).path("results")) {
            traces.add(result.path("objectWriteTraceId").textValue());
        }
        if (traces.size() != batch.writes().size()) {
            throw new AssertionError("not all written");
        }
    }

    private static void ours(DeclaredDestination hubspot, CamelHttpTransport transport, Batch batch) {
        Conversation<List<Outcome>> step = hubspot.deliver(batch);
        while (step instanceof Conversation.Send<List<Outcome>> send) {
            step = send.then().apply(transport.send(send.request(), "acme"));
        }
        List<Outcome> outcomes = ((Conversation.Done<List<Outcome>>) step).result();
        if (outcomes.size() != batch.writes().size()
                || !outcomes.stream().allMatch(outcome -> outcome instanceof Outcome.Accepted)) {
            throw new AssertionError("not all accepted");
        }
    }
}
