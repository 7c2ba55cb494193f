package dev.caravan.transport.camel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.transport.Body;
import dev.caravan.transport.Gate;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.HttpRequest;
import dev.caravan.transport.HttpRequest.Method;
import dev.caravan.transport.Reply;
import dev.caravan.transport.Request;
import dev.caravan.transport.Request.Replay;
import dev.caravan.transport.camel.http.WireServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The transport against a local server: what each answer, and each lack of one, is reported as. */
class CamelSalesforceTransportTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final String PATH = "/services/data/v60.0/thing";

    private static CamelContext context;

    private final AtomicReference<String> secret = new AtomicReference<>("first-secret");
    private FakeOrg org;
    private CamelSalesforceTransport transport;

    @BeforeAll
    static void startCamel() {
        context = new DefaultCamelContext();
        context.start();
    }

    @AfterAll
    static void stopCamel() {
        context.stop();
    }

    @BeforeEach
    void open() {
        org = new FakeOrg();
        transport = transport("crm_eu-1", org.url());
    }

    @AfterEach
    void close() {
        transport.close();
        org.close();
    }

    private CamelSalesforceTransport transport(String name, String url) {
        SalesforceSettings settings =
                new SalesforceSettings(name, url, () -> "client", secret::get, "60.0", Duration.ofSeconds(5), 16);
        return new CamelSalesforceTransport(context, settings, InstantSource.fixed(NOW));
    }

    private static Request request(Method method, String path, String body) {
        String type = body.isEmpty() ? "" : "application/json";
        return new HttpRequest(method, path, Map.of(), Body.of(body), type, Replay.NEVER, PATIENCE);
    }

    private HttpAnswer answered(Request request) {
        return (HttpAnswer) transport.send(request, "");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 204, 300, 301, 302, 307, 400, 401, 403, 404, 407, 409, 429, 500, 503})
    void everyStatusComesBackAsItIs(int status) {
        org.api = (seen, wire) -> wire.reply(
                status,
                status == 204 ? "" : "[{\"errorCode\":\"X\"}]",
                "Location: " + org.url() + "/elsewhere",
                "Retry-After: 17",
                "Sforce-Limit-Info: api-usage=1/100",
                "X-Two: a",
                "X-Two: b");

        HttpAnswer answer = answered(request(Method.PATCH, PATH, "{\"a\":1}"));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body().text()).isEqualTo(status == 204 ? "" : "[{\"errorCode\":\"X\"}]");
        assertThat(answer.header("retry-after")).hasValue("17");
        assertThat(answer.header("Sforce-Limit-Info")).hasValue("api-usage=1/100");
        assertThat(answer.headers()).containsEntry("x-two", List.of("a", "b"));
        boolean replayed = status == 401;
        assertThat(org.calls()).hasSize(replayed ? 2 : 1);
        assertThat(answer.requests()).isEqualTo(org.seen.size()).isEqualTo(replayed ? 4 : 2);
    }

    @Test
    void whatIsSentIsWhatWasAskedFor() {
        Request request = new HttpRequest(
                Method.PUT,
                PATH + "?x=%20y&z=a%2Cb",
                Map.of(
                        "Sforce-Call-Options", "client=caravan",
                        "Accept", "text/csv",
                        "CamelHttpUri", "http://127.0.0.1:1/",
                        "rawPath", "/services/data/evil",
                        "sObjectQuery", "select Id from User"),
                Body.of("a,b\n1,é\n"),
                "text/csv; charset=UTF-8",
                Replay.NEVER,
                PATIENCE);

        transport.send(request, "");

        WireServer.Seen seen = org.calls().getFirst();
        assertThat(seen.method()).isEqualTo("PUT");
        assertThat(seen.path()).isEqualTo(PATH + "?x=%20y&z=a%2Cb");
        assertThat(seen.text()).isEqualTo("a,b\n1,é\n");
        assertThat(seen.headers())
                .containsEntry("content-type", List.of("text/csv; charset=UTF-8"))
                .containsEntry("accept", List.of("text/csv"))
                .containsEntry("sforce-call-options", List.of("client=caravan"))
                .containsEntry("user-agent", List.of("Caravan"))
                .containsEntry("authorization", List.of("Bearer token-1"))
                .doesNotContainKeys("x-sfdc-session", "x-sfdc-caravan-call");
    }

    @Test
    void tenMegabytesArriveWholeBothWays() {
        byte[] large = new byte[10 * 1024 * 1024];
        for (int i = 0; i < large.length; i++) {
            large[i] = (byte) ('a' + i % 23);
        }
        org.api = (seen, wire) -> wire.bytes(200, seen.body().bytes());

        HttpAnswer answer = answered(
                new HttpRequest(Method.PUT, PATH, Map.of(), Body.of(large), "text/csv", Replay.NEVER, PATIENCE));

        assertThat(answer.body().bytes()).isEqualTo(large);
    }

    @Test
    void startingAndStoppingMakeNoRequest() {
        CamelSalesforceTransport down = transport("down", "http://127.0.0.1:1");
        down.close();
        transport.send(request(Method.GET, PATH, ""), "");
        transport.close();
        assertThat(org.seen).extracting(WireServer.Seen::path).containsExactly("/services/oauth2/token", PATH);

        // The same connection again, as after a reload.
        transport = transport("crm_eu-1", org.url());
        assertThat(answered(request(Method.GET, PATH, "")).status()).isEqualTo(200);
    }

    /** A gate that closes in the middle: before each of the four requests that one call can take. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void nothingLeavesOnceTheGateIsClosed(int requests) {
        org.api = (seen, wire) -> wire.reply(FakeOrg.token(seen).endsWith("1") ? 401 : 200, "[]");
        Gate gate = () -> org.seen.size() < requests ? Optional.empty() : Optional.of("paused");

        Reply reply = transport.send(request(Method.POST, PATH, "{}"), "", gate);

        assertThat(reply).isEqualTo(new Reply.NotSent("paused", "", Optional.empty(), requests));
        assertThat(org.seen).hasSize(requests);
        assertThat(transport.send(request(Method.POST, PATH, "{}"), "", Gate.OPEN))
                .as("and it goes on when the gate opens")
                .isInstanceOfSatisfying(
                        HttpAnswer.class, answer -> assertThat(answer.status()).isEqualTo(200));
    }

    @Test
    void whoWaitedForAnothersLogInAsksAGateOfTheirOwn() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch close = new CountDownLatch(1);
        CompletableFuture<Reply> paused = CompletableFuture.supplyAsync(() -> transport.login(() -> {
            asked.countDown();
            try {
                close.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Optional.of("paused");
        }));
        asked.await();
        CompletableFuture<Reply> other = CompletableFuture.supplyAsync(() -> transport.login(Gate.OPEN));
        close.countDown();
        assertThat(paused.get()).isEqualTo(new Reply.NotSent("paused", "", Optional.empty(), 0));
        assertThat(other.get()).isInstanceOf(HttpAnswer.class);
        assertThat(org.seen).hasSize(1);
    }

    @Test
    void aRefusedConnectionIsNotSent() {
        transport.login();
        org.close();
        Reply reply = transport.send(request(Method.POST, PATH, "{}"), "");
        // The pooled connection may still be answered, or be found closed only when it is written to; then a new one is
        // opened.
        for (int more = 0; more < 3 && !(reply instanceof Reply.NotSent); more++) {
            reply = transport.send(request(Method.POST, PATH, "{}"), "");
        }
        // A server that is just closing may also reset what it has not accepted yet.
        assertThat(reply).isInstanceOfSatisfying(Reply.NotSent.class, not -> {
            assertThat(not.reason()).isEqualTo("refused");
            assertThat(not.detail()).isIn("ConnectException", "SocketException");
            assertThat(not.requests()).isZero();
        });
    }

    @Test
    void anUnknownHostIsNotSent() {
        org.instance = "http://no-such-host.invalid";
        assertThat(transport.send(request(Method.POST, PATH, "{}"), ""))
                .isEqualTo(new Reply.NotSent("refused", "UnknownHostException", Optional.empty(), 1));
    }

    @Test
    void tlsThatFailsIsNotSent() throws IOException {
        try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            org.instance = "https://127.0.0.1:" + plain.getLocalPort();
            Reply reply = new Reply.Lost("none yet", 0);
            // The connection may be closed before the handshake's failure is told; then nobody can be sure, and it is
            // lost.
            for (int tries = 0; tries < 5 && !(reply instanceof Reply.NotSent); tries++) {
                Thread.ofVirtual().start(() -> answerInPlain(plain));
                reply = transport.send(request(Method.POST, PATH, "{}"), "");
            }
            assertThat(reply).isInstanceOfSatisfying(Reply.NotSent.class, not -> {
                assertThat(not.reason()).isEqualTo("refused");
                assertThat(not.detail()).startsWith("TLS: ");
                assertThat(not.requests()).as("at most the log-in").isLessThanOrEqualTo(1);
            });
        }
    }

    private static void answerInPlain(ServerSocket plain) {
        try (Socket socket = plain.accept()) {
            byte[] hello = socket.getInputStream().readNBytes(5);
            socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().skipNBytes((hello[3] << 8) + (hello[4] & 0xff));
            // Until the client has closed, lest a reset is quicker than the answer.
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aLogInThatCannotConnectIsNotSent() {
        for (String url : List.of("http://no-such-host.invalid", "http://127.0.0.1:1")) {
            CamelSalesforceTransport away = transport("away", url);
            assertThat(away.send(request(Method.POST, PATH, "{}"), ""))
                    .isInstanceOfSatisfying(Reply.NotSent.class, not -> {
                        assertThat(not.reason()).isEqualTo("refused");
                        assertThat(not.detail())
                                .startsWith("log-in: no connection to " + url.substring("http://".length()));
                    });
            away.close();
        }
    }

    @Test
    void afterTheEndNothingIsSentAndNothingIsThrown() {
        transport.login();
        transport.close();
        assertThat(transport.send(request(Method.POST, PATH, "{}"), "")).isInstanceOf(Reply.NotSent.class);
        assertThat(org.calls()).isEmpty();
    }

    @Test
    void aCallUnderWayAtTheEndIsLostAndDoesNotWaitForItsTimeOut() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        org.api = (seen, wire) -> {
            arrived.countDown();
            never.await();
        };
        Request patient =
                new HttpRequest(Method.POST, PATH, Map.of(), Body.of("{}"), "", Replay.NEVER, Duration.ofMinutes(10));
        CompletableFuture<Reply> reply = CompletableFuture.supplyAsync(() -> transport.send(patient, ""));
        arrived.await();
        transport.close();
        assertThat(reply.get(60, TimeUnit.SECONDS)).isInstanceOf(Reply.Lost.class);
        never.countDown();
    }

    @Test
    void aContextThatStoppedFirstDoesNotMatter() {
        CamelContext own = new DefaultCamelContext();
        own.start();
        SalesforceSettings settings =
                new SalesforceSettings("own", org.url(), () -> "client", secret::get, "60.0", Duration.ofSeconds(5), 1);
        CamelSalesforceTransport early = new CamelSalesforceTransport(own, settings, InstantSource.fixed(NOW));
        early.login();
        own.stop();
        assertThat(early.send(request(Method.POST, PATH, "{}"), "")).isInstanceOf(Reply.NotSent.class);
        early.close();
        assertThat(org.seen).hasSize(1);
    }

    @Test
    void aResetAfterTheRequestIsLost() {
        org.api = (seen, wire) -> wire.reset();
        assertThat(transport.send(request(Method.POST, PATH, "{}"), "")).isEqualTo(new Reply.Lost("reset", 2));
        assertThat(org.calls()).hasSize(1);
    }

    @Test
    void aTruncatedAnswerIsLost() {
        org.api = (seen, wire) -> {
            wire.head(200, 1000);
            wire.out().write("[{\"success\":true}".getBytes(StandardCharsets.US_ASCII));
            wire.out().flush();
            wire.socket().close();
        };
        assertThat(transport.send(request(Method.POST, PATH, "{}"), "")).isEqualTo(new Reply.Lost("truncated", 2));
        assertThat(org.calls()).hasSize(1);
    }

    @Test
    void anAnswerThatDoesNotComeIsLost() {
        CountDownLatch never = new CountDownLatch(1);
        org.api = (seen, wire) -> never.await();
        Request hasty = new HttpRequest(
                Method.POST, PATH, Map.of(), Body.of("{}"), "application/json", Replay.NEVER, Duration.ofMillis(200));
        assertThat(transport.send(hasty, "")).isEqualTo(new Reply.Lost("timeout", 2));
        assertThat(org.calls()).hasSize(1);
        never.countDown();
    }

    @Test
    void anUnreadablePathIsSaidAtOnce() {
        assertThat(transport.send(request(Method.GET, "/a b", ""), ""))
                .isInstanceOfSatisfying(
                        Reply.NotSent.class, not -> assertThat(not.requests()).isLessThan(2));
    }

    @Test
    void oneAttemptAndOneCompletionForARefusedJobClose() {
        org.apiAnswers(seen -> Map.entry(400, "[{\"errorCode\":\"INVALIDJOBSTATE\"}]"));
        HttpAnswer answer = answered(
                request(Method.PATCH, "/services/data/v60.0/jobs/ingest/750", "{\"state\":\"UploadComplete\"}"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().text()).contains("INVALIDJOBSTATE");
        assertThat(org.calls()).hasSize(1);
    }
}
