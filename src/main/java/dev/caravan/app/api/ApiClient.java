package dev.caravan.app.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.app.json.Json;
import dev.caravan.app.json.ProblemJson;
import dev.caravan.app.lock.OwnerNote;
import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** Asks the local API of another process. An answer that is a failure becomes the {@code CaravanException} it was made from. */
final class ApiClient {

    /** An owner that looks through a large ledger takes its time. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final OwnerNote owner;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    ApiClient(OwnerNote owner) {
        this.owner = owner;
    }

    JsonNode get(String path, Map<String, String> query) {
        return send(request(path, query).GET().build());
    }

    JsonNode post(String path, Map<String, String> query, JsonNode body) {
        return send(request(path, query)
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .header("Content-Type", "application/json")
                .build());
    }

    private HttpRequest.Builder request(String path, Map<String, String> query) {
        String parameters = query.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + encode(entry.getValue()))
                .collect(Collectors.joining("&"));
        URI uri = owner.api().resolve("/api/" + path + (parameters.isEmpty() ? "" : "?" + parameters));
        return HttpRequest.newBuilder(uri).timeout(PATIENCE).header("Authorization", "Bearer " + owner.token());
    }

    private JsonNode send(HttpRequest request) {
        try {
            HttpResponse<String> response =
                    http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            JsonNode body = Json.parse(response.body());
            if (response.statusCode() >= 400) {
                throw body.path("problems").isEmpty() ? gone() : ProblemJson.read(body);
            }
            return body;
        } catch (IOException e) {
            throw gone();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw gone();
        }
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private EnvironmentFailure gone() {
        return new EnvironmentFailure(Problem.of(
                Code.OWNER_UNREACHABLE,
                owner + " owns the workspace and does not answer",
                "if it has ended, say the command again; caravan status shows what became of its run"));
    }
}
