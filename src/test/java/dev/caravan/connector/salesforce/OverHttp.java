package dev.caravan.connector.salesforce;

import dev.caravan.destination.Conversation;
import dev.caravan.sandbox.Sandbox;
import dev.caravan.transport.Body;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.Reply;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Drives conversations over real HTTP against a sandbox, logged in once. Waits far less than a conversation asks for. */
final class OverHttp implements AutoCloseable {

    private static final Duration LONGEST_WAIT = Duration.ofMillis(20);

    final List<String> remembered = new ArrayList<>();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI base;
    private final HttpAnswer login;
    private final String token;

    OverHttp(Sandbox sandbox) throws IOException, InterruptedException {
        base = sandbox.baseUri();
        HttpRequest request = HttpRequest.newBuilder(base.resolve("/services/oauth2/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(
                        "grant_type=client_credentials&client_id=caravan-demo&client_secret=caravan-demo-secret"))
                .build();
        login = answer(http.send(request, HttpResponse.BodyHandlers.ofByteArray()));
        token = login.body().text().replaceFirst("(?s).*\"access_token\"\\s*:\\s*\"([^\"]+)\".*", "$1");
    }

    HttpAnswer login() {
        return login;
    }

    Reply send(dev.caravan.transport.HttpRequest request) {
        HttpRequest.Builder http = HttpRequest.newBuilder(base.resolve(request.path()))
                .timeout(request.timeout())
                .method(
                        request.method().name(),
                        request.body().length() == 0
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofByteArray(request.body().bytes()))
                .header("Authorization", "Bearer " + token);
        request.headers().forEach(http::header);
        if (!request.contentType().isEmpty()) {
            http.header("Content-Type", request.contentType());
        }
        try {
            return answer(this.http.send(http.build(), HttpResponse.BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            return new Reply.Lost("reset", 1);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    <R> R run(Conversation<R> talk) {
        Drive drive = new Drive(this::send, this::await);
        R result = drive.run(talk);
        remembered.addAll(drive.remembered);
        return result;
    }

    private void await(Duration asked) {
        try {
            Thread.sleep(asked.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : asked);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpAnswer answer(HttpResponse<byte[]> response) {
        Map<String, List<String>> headers = new HashMap<>();
        response.headers().map().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
        return new HttpAnswer(response.statusCode(), headers, Body.of(response.body()), 1);
    }

    @Override
    public void close() {
        http.close();
    }
}
