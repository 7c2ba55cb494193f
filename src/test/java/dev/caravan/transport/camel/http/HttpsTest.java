package dev.caravan.transport.camel.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.transport.Body;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.HttpRequest;
import dev.caravan.transport.HttpRequest.Method;
import dev.caravan.transport.Reply;
import dev.caravan.transport.Request.Replay;
import dev.caravan.transport.camel.auth.AccountSource;
import dev.caravan.transport.camel.auth.Auth;
import dev.caravan.transport.camel.auth.Credentials;
import dev.caravan.transport.camel.auth.FileTokenStore;
import dev.caravan.transport.camel.auth.TokenEndpoint;
import dev.caravan.transport.camel.auth.TokenEndpoint.Style;
import java.net.ProxySelector;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same over TLS: whose certificate is trusted, what is told of a handshake, and what a spoilt connection looks like there. */
class HttpsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    static Path folder;

    private static CamelContext context;
    private static Certificate certificate;

    private WireServer server;

    @BeforeAll
    static void start() throws Exception {
        context = new DefaultCamelContext();
        context.start();
        certificate = new Certificate(folder);
    }

    @AfterAll
    static void stop() {
        context.stop();
    }

    @BeforeEach
    void listen() throws Exception {
        server = new WireServer(certificate.listen());
    }

    @AfterEach
    void close() {
        server.close();
    }

    private String url() {
        return "https://127.0.0.1:" + server.port();
    }

    private static Auth nobody() {
        return Auth.of(new Credentials.None(), AccountSource.Told.text("acme"), PATIENCE);
    }

    private static CamelHttpTransport transport(String base, Auth auth, Surroundings surroundings) {
        return new CamelHttpTransport(
                context,
                HttpSettings.of("tls", captured -> captured.getOrDefault("base", base), auth, 1),
                new FileTokenStore(folder),
                InstantSource.fixed(Instant.EPOCH),
                surroundings);
    }

    private static Surroundings trusting() {
        return new Surroundings(ProxySelector.getDefault(), certificate.trusted());
    }

    private static HttpRequest post(String body) {
        return new HttpRequest(Method.POST, "/x", Map.of(), Body.of(body), "", Replay.NEVER, PATIENCE);
    }

    @Test
    void aConnectionIsUsedAgain() {
        try (CamelHttpTransport transport = transport(url(), nobody(), trusting())) {
            for (int i = 0; i < 20; i++) {
                assertThat(transport.send(post("{}"), "")).isInstanceOf(HttpAnswer.class);
            }
        }
        assertThat(server.connections.get()).isEqualTo(1);
    }

    @Test
    void aCertificateThatNobodyTrustsMeansNotSent() {
        try (CamelHttpTransport transport = transport(url(), nobody(), Surroundings.system())) {
            assertThat(transport.send(post("{}"), ""))
                    .isEqualTo(new Reply.NotSent("refused", "TLS: SSLHandshakeException", Optional.empty(), 0));
        }
        assertThat(server.seen).isEmpty();
    }

    @Test
    void anotherHostsCertificateMeansNotSent() {
        try (CamelHttpTransport transport = transport("https://localhost:" + server.port(), nobody(), trusting())) {
            assertThat(transport.send(post("{}"), ""))
                    .isInstanceOfSatisfying(
                            Reply.NotSent.class, not -> assertThat(not.detail()).startsWith("TLS: "));
        }
        assertThat(server.seen).isEmpty();
    }

    @Test
    void aSecondCopyOfAnAnswerIsNotTakenForTheNext() throws Exception {
        Semaphore copies = new Semaphore(0);
        server.behaviour = (seen, wire) -> {
            String body = "answer to " + seen.text();
            String whole = "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
            wire.raw(whole);
            wire.raw(whole);
            copies.release();
        };
        try (CamelHttpTransport transport = transport(url(), nobody(), trusting())) {
            for (int i = 0; i < 10; i++) {
                HttpAnswer answer = (HttpAnswer) transport.send(post("request " + i), "");
                assertThat(answer.body().text()).isEqualTo("answer to request " + i);
                assertThat(copies.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
                Thread.sleep(20);
            }
        }
    }

    @Test
    void anAnswerThatIsCutIsLost() {
        server.behaviour = (seen, wire) -> {
            wire.head(200, 100);
            wire.raw("{\"a\":");
            wire.socket().close();
        };
        try (CamelHttpTransport transport = transport(url(), nobody(), trusting())) {
            assertThat(transport.send(post("{}"), "")).isEqualTo(new Reply.Lost("truncated", 1));
        }
    }

    @Test
    void aTokenThatCameOverTlsGoesNowhereWithoutIt() {
        server.behaviour = (seen, wire) -> wire.reply(200, "{\"access_token\":\"t\",\"base\":\"http://127.0.0.1:1\"}");
        TokenEndpoint endpoint = TokenEndpoint.standard(url() + "/token", Style.FORM)
                .capturing(answer -> Map.of("base", answer.path("base").asText()));
        Auth auth = Auth.of(
                new Credentials.Client(endpoint, () -> "id", () -> "secret"),
                AccountSource.Told.text("acme"),
                PATIENCE);
        try (CamelHttpTransport transport = transport("", auth, trusting())) {
            assertThat(transport.send(post("{}"), ""))
                    .isInstanceOfSatisfying(
                            Reply.NotSent.class, not -> assertThat(not.detail()).contains("without TLS"));
        }
    }
}
