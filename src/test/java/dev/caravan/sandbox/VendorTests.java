package dev.caravan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.sandbox.spec.SandboxSpec;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A sandbox whose clock stands still, and a plain client of one of its APIs. */
abstract class VendorTests {

    static final Instant START = Instant.parse("2026-03-01T08:00:00Z");

    Sandbox sandbox;
    private HttpClient http;

    /** Name of the API. */
    abstract String vendor();

    /** Headers sent with every request, names and values in turn. */
    abstract String[] credentials();

    Map<String, Object> settings() {
        return Map.of();
    }

    @BeforeEach
    void start() throws IOException {
        sandbox = Sandbox.start(SandboxSpec.defaults().withSettings(vendor(), settings()), 0, () -> START);
        http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    @AfterEach
    void stop() {
        http.close();
        sandbox.close();
    }

    /** JSON written with single quotes. */
    static String q(String json) {
        return json.replace('\'', '"');
    }

    Client.Answer post(String path, String body) throws IOException, InterruptedException {
        return call("POST", path, q(body), credentials());
    }

    Client.Answer put(String path, String body) throws IOException, InterruptedException {
        return call("PUT", path, q(body), credentials());
    }

    Client.Answer get(String path) throws IOException, InterruptedException {
        return call("GET", path, "", credentials());
    }

    Client.Answer form(String path, String body) throws IOException, InterruptedException {
        return call("POST", path, body, "Content-Type", "application/x-www-form-urlencoded");
    }

    /** Sends with these headers only. */
    Client.Answer call(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        return send(sandbox.baseUri() + "/" + vendor() + path, method, body, headers);
    }

    Client.Answer control(String method, String path, String body) throws IOException, InterruptedException {
        return send(sandbox.baseUri() + "/__sandbox" + path, method, q(body));
    }

    private Client.Answer send(String uri, String method, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(uri))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Client.Answer(response.statusCode(), response.body(), response);
    }

    static List<String> texts(JsonNode list, String pointer) {
        List<String> texts = new ArrayList<>();
        list.forEach(each -> texts.add(each.at(pointer).asText()));
        return texts;
    }
}
