package dev.caravan.scenario.kill.point;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.sandbox.spec.Login;
import dev.caravan.transport.Body;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.Reply;
import dev.caravan.transport.Request;
import dev.caravan.transport.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The smallest transport that reaches a sandbox, each request with three points: {@code REQUEST:before}, {@code REQUEST:left} when it
 * has been handed to the network and no answer was looked at, {@code REQUEST:after} when the answer is there and nobody has it yet.
 */
final class SandboxTransport implements Transport {

    /** Before the moment and the kind of each request, on the standard error of a process that is to be stopped. */
    static final String SENT = "sent at ";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI base;
    private final Tripwire wire;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private @Nullable String token;
    private Reply.@Nullable Answer login;

    SandboxTransport(URI base, Tripwire wire) {
        this.base = base;
        this.wire = wire;
    }

    @Override
    public Reply send(Request asked, String account) {
        dev.caravan.transport.HttpRequest request = dev.caravan.transport.HttpRequest.of(asked);
        login();
        String point = point(request);
        wire.pass(point + ":before");
        if (!wire.point().isEmpty()) {
            // Past every gate: a test of a process that was stopped asks when that was.
            System.err.println(SENT + Instant.now() + " " + point);
        }
        HttpRequest.Builder http = HttpRequest.newBuilder(base.resolve(request.path()))
                .method(
                        request.method().name(),
                        BodyPublishers.ofByteArray(request.body().bytes()))
                .header("Authorization", "Bearer " + token);
        request.headers().forEach(http::header);
        if (!request.contentType().isEmpty()) {
            http.header("Content-Type", request.contentType());
        }
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(http.build(), BodyHandlers.ofByteArray());
        wire.pass(point + ":left");
        try {
            HttpResponse<byte[]> response = answer.get();
            wire.pass(point + ":after");
            return new HttpAnswer(response.statusCode(), response.headers().map(), Body.of(response.body()), 1);
        } catch (ExecutionException e) {
            return new Reply.Lost("reset", 1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Reply.Lost("interrupted", 1);
        }
    }

    /** What a request is to delivery. */
    private static String point(dev.caravan.transport.HttpRequest request) {
        String path = request.path();
        if (!path.contains("/jobs/ingest")) {
            return path.contains("/composite/") ? "send" : "other";
        }
        return switch (request.method()) {
            case POST -> "create";
            case PUT -> "upload";
            case PATCH -> "close";
            case DELETE -> "delete";
            case GET -> path.contains("Results") || path.contains("unprocessed") ? "results" : "poll";
        };
    }

    @Override
    public synchronized Reply login() {
        Reply.Answer known = login;
        if (known != null) {
            return known;
        }
        Login shown = Login.defaults();
        HttpRequest ask = HttpRequest.newBuilder(base.resolve("/services/oauth2/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("grant_type=client_credentials&format=json&client_id=" + shown.clientId()
                        + "&client_secret=" + shown.clientSecret()))
                .build();
        try {
            HttpResponse<String> response = client.send(ask, BodyHandlers.ofString());
            JsonNode answer = JSON.readTree(response.body());
            token = answer.path("access_token").asText();
            Reply.Answer granted = new HttpAnswer(response.statusCode(), Map.of(), Body.of(response.body()), 1);
            login = granted;
            return granted;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Reply.Lost("interrupted", 1);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
