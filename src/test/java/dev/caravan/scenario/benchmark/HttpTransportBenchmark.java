package dev.caravan.scenario.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.transport.Body;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.HttpRequest;
import dev.caravan.transport.HttpRequest.Method;
import dev.caravan.transport.Request.Replay;
import dev.caravan.transport.camel.auth.AccountSource;
import dev.caravan.transport.camel.auth.Auth;
import dev.caravan.transport.camel.auth.Credentials;
import dev.caravan.transport.camel.auth.FileTokenStore;
import dev.caravan.transport.camel.http.CamelHttpTransport;
import dev.caravan.transport.camel.http.HttpSettings;
import dev.caravan.transport.camel.http.WireServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the transport costs over a bare loop on the same client, with the same pool and the same bodies, against a server that answers at
 * once: rounds of both in turn in one run, and the ratio of the medians.
 */
@Tag("benchmark")
class HttpTransportBenchmark {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @ParameterizedTest
    @CsvSource({"1, 100, 4000", "4, 100, 8000", "4, 10000, 8000", "4, 100000, 3000"})
    void besideABareLoop(int concurrency, int bytes, int requests) throws Exception {
        CamelContext context = new DefaultCamelContext();
        byte[] body = "x".repeat(bytes).getBytes(StandardCharsets.US_ASCII);
        try (WireServer server = new WireServer();
                BareLoop bare = new BareLoop(concurrency)) {
            byte[] answer = "y".repeat(bytes).getBytes(StandardCharsets.US_ASCII);
            server.keeping(false).behaviour = (seen, wire) -> wire.bytes(200, answer, "Content-Type: application/json");
            context.start();
            try (CamelHttpTransport transport = transport(context, server.url(), concurrency)) {
                Rounds rounds = Rounds.of(
                        concurrency,
                        requests,
                        () -> bare.post(server.url() + "/x?y=1", body),
                        () -> ours(transport, body));
                System.out.printf(
                        Locale.ROOT,
                        "BENCH transport: %d at once, %,d bytes each way: bare %,.0f/s, ours %,.0f/s: ratio %.2f%n",
                        concurrency,
                        bytes,
                        rounds.median(0),
                        rounds.median(1),
                        rounds.median(1) / rounds.median(0));
            }
        } finally {
            context.stop();
        }
    }

    private static CamelHttpTransport transport(CamelContext context, String url, int concurrency) {
        Auth auth = Auth.of(new Credentials.Bearer(() -> "token"), AccountSource.Told.text("acme"), PATIENCE);
        return new CamelHttpTransport(
                context,
                HttpSettings.of("benchmark", captured -> url, auth, concurrency),
                new FileTokenStore(Path.of("unused")),
                InstantSource.system());
    }

    private static void ours(CamelHttpTransport transport, byte[] body) {
        HttpRequest request = new HttpRequest(
                Method.POST, "/x?y=1", Map.of(), Body.of(body), "application/json", Replay.NEVER, PATIENCE);
        HttpAnswer answer = (HttpAnswer) transport.send(request, "acme");
        assertThat(answer.body().length()).isEqualTo(body.length);
    }
}
