package dev.caravan.transport.camel.http;

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
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the transport costs over a bare loop on the same client, with the same pool and the same bodies, against a server that answers at
 * once: rounds of both in turn in one run, and the ratio of the medians.
 */
@Tag("benchmark")
class HttpTransportBenchmark {

    private static final int ROUNDS = 9;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** One request, on whichever way. */
    private interface Way {
        void send() throws IOException;
    }

    @ParameterizedTest
    @CsvSource({"1, 100, 4000", "4, 100, 8000", "4, 10000, 8000", "4, 100000, 3000"})
    void besideABareLoop(int concurrency, int bytes, int requests) throws Exception {
        CamelContext context = new DefaultCamelContext();
        byte[] body = "x".repeat(bytes).getBytes(StandardCharsets.US_ASCII);
        try (WireServer server = new WireServer();
                CloseableHttpClient bare = client(concurrency);
                ExecutorService threads = Executors.newFixedThreadPool(concurrency)) {
            byte[] answer = ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + bytes
                            + "\r\n\r\n" + "y".repeat(bytes))
                    .getBytes(StandardCharsets.US_ASCII);
            server.keeping(false).behaviour = (seen, wire) -> wire.out().write(answer);
            context.start();
            try (CamelHttpTransport transport = transport(context, server.url(), concurrency)) {
                Way loop = () -> loop(bare, server.url() + "/x?y=1", body);
                Way ours = () -> ours(transport, body);
                double[] of = new double[ROUNDS];
                double[] with = new double[ROUNDS];
                round(threads, loop, concurrency, requests);
                round(threads, ours, concurrency, requests);
                for (int i = 0; i < ROUNDS; i++) {
                    of[i] = round(threads, loop, concurrency, requests);
                    with[i] = round(threads, ours, concurrency, requests);
                }
                report(concurrency, bytes, median(of), median(with));
            }
        } finally {
            context.stop();
        }
    }

    private static void report(int concurrency, int bytes, double bare, double ours) {
        System.out.printf(
                Locale.ROOT,
                "%d at once, %,d bytes each way: bare %,.0f/s, transport %,.0f/s, ratio %.2f%n",
                concurrency,
                bytes,
                bare,
                ours,
                ours / bare);
        assertThat(ours / bare).isGreaterThanOrEqualTo(0.7);
    }

    private static CloseableHttpClient client(int concurrency) {
        return HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setMaxConnPerRoute(concurrency + 1)
                        .setMaxConnTotal(2 * concurrency + 2)
                        .build())
                .build();
    }

    private static CamelHttpTransport transport(CamelContext context, String url, int concurrency) {
        Auth auth = Auth.of(new Credentials.Bearer(() -> "token"), AccountSource.Told.text("acme"), PATIENCE);
        return new CamelHttpTransport(
                context,
                HttpSettings.of("benchmark", captured -> url, auth, concurrency),
                new FileTokenStore(Path.of("unused")),
                InstantSource.system());
    }

    private static void loop(CloseableHttpClient client, String url, byte[] body) throws IOException {
        HttpPost post = new HttpPost(URI.create(url));
        post.setHeader("Authorization", "Bearer token");
        post.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
        int length = client.execute(post, answer -> EntityUtils.toByteArray(answer.getEntity()).length);
        assertThat(length).isEqualTo(body.length);
    }

    private static void ours(CamelHttpTransport transport, byte[] body) {
        HttpRequest request = new HttpRequest(
                Method.POST, "/x?y=1", Map.of(), Body.of(body), "application/json", Replay.NEVER, PATIENCE);
        HttpAnswer answer = (HttpAnswer) transport.send(request, "acme");
        assertThat(answer.body().length()).isEqualTo(body.length);
    }

    /** Requests a second. */
    private static double round(ExecutorService threads, Way way, int concurrency, int requests) throws Exception {
        AtomicInteger left = new AtomicInteger(requests);
        long start = System.nanoTime();
        for (Future<?> worker : IntStream.range(0, concurrency)
                .mapToObj(i -> threads.submit(() -> {
                    while (left.getAndDecrement() > 0) {
                        way.send();
                    }
                    return i;
                }))
                .toList()) {
            worker.get();
        }
        return requests * 1e9 / (System.nanoTime() - start);
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
