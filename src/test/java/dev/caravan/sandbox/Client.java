package dev.caravan.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** A plain HTTP client logged in to a sandbox. */
final class Client implements AutoCloseable {

    static final ObjectMapper JSON = new ObjectMapper();
    static final String API = "/services/data/v60.0";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI base;
    private String token = "none";

    Client(Sandbox sandbox) {
        this.base = sandbox.baseUri();
    }

    record Answer(int status, String text, HttpResponse<String> response) {
        JsonNode json() {
            return Client.json(text);
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        String code() {
            return json().path(0).path("errorCode").asText();
        }
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    Client login() throws IOException, InterruptedException {
        Answer answer = token("caravan-demo", "caravan-demo-secret");
        token = answer.json().path("access_token").asText();
        return this;
    }

    Answer token(String id, String secret) throws IOException, InterruptedException {
        String form = "grant_type=client_credentials&client_id=" + id + "&client_secret=" + secret;
        return exchange("POST", "/services/oauth2/token", form, "Content-Type", "application/x-www-form-urlencoded");
    }

    Answer basicToken(String encoded) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(base.resolve("/services/oauth2/token"))
                .POST(BodyPublishers.ofString("grant_type=client_credentials"))
                .header("Authorization", "Basic " + encoded)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        return new Answer(response.statusCode(), response.body(), response);
    }

    String token() {
        return token;
    }

    Answer get(String path) throws IOException, InterruptedException {
        return exchange("GET", path, "");
    }

    Answer soql(String soql) throws IOException, InterruptedException {
        return get(API + "/query?q=" + URLEncoder.encode(soql, StandardCharsets.UTF_8));
    }

    Answer post(String path, String body) throws IOException, InterruptedException {
        return exchange("POST", path, body);
    }

    Answer patch(String path, String body) throws IOException, InterruptedException {
        return exchange("PATCH", path, body);
    }

    Answer upsert(String path, String records) throws IOException, InterruptedException {
        return patch(API + "/composite/sobjects/" + path, "{\"allOrNone\":false,\"records\":" + records + "}");
    }

    Answer exchange(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("Authorization", "Bearer " + token);
        if (headers.length > 0) {
            request.headers(headers);
        } else {
            request.header("Content-Type", "application/json");
        }
        HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(response.statusCode(), response.body(), response);
    }

    @Override
    public void close() {
        http.close();
    }
}
