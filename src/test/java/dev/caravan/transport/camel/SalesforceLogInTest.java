package dev.caravan.transport.camel;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.caravan.transport.Body;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.HttpRequest;
import dev.caravan.transport.HttpRequest.Method;
import dev.caravan.transport.Reply;
import dev.caravan.transport.Request.Replay;
import dev.caravan.transport.camel.http.WireServer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Tokens: fetched once for all who need one, shared with other processes, and never forced on an org that said no. */
@Isolated("listens to what is logged")
class SalesforceLogInTest {

    private static final String OTHER = "00D999999999999EAA";

    private static final int CALLERS = 16;
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final HttpRequest READ = HttpRequest.get("/services/data/v60.0/limits", Duration.ofSeconds(20));

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
        SalesforceSettings settings = new SalesforceSettings(
                "crm", org.url() + "/", () -> "client", secret::get, "60.0", Duration.ofSeconds(5), CALLERS);
        transport = new CamelSalesforceTransport(context, settings, InstantSource.fixed(NOW));
    }

    @AfterEach
    void close() {
        transport.close();
        assertThat(org.seen).extracting(WireServer.Seen::path).noneMatch(path -> path.contains("revoke"));
        org.close();
    }

    /** All at once, each with a body of its own. */
    private List<Reply> sendTogether() throws InterruptedException, ExecutionException {
        CyclicBarrier start = new CyclicBarrier(CALLERS);
        try (ExecutorService threads = Executors.newFixedThreadPool(CALLERS)) {
            List<Future<Reply>> sent = IntStream.range(0, CALLERS)
                    .mapToObj(i -> threads.submit(() -> {
                        start.await();
                        return transport.send(
                                new HttpRequest(
                                        Method.POST,
                                        "/services/data/v60.0/" + i,
                                        Map.of(),
                                        Body.of("{\"n\":" + i + "}"),
                                        "application/json",
                                        Replay.NEVER,
                                        Duration.ofSeconds(20)),
                                "");
                    }))
                    .toList();
            List<Reply> replies = new ArrayList<>();
            for (Future<Reply> reply : sent) {
                replies.add(reply.get());
            }
            return replies;
        }
    }

    @Test
    void theFirstCallsTogetherLogInOnce() throws Exception {
        assertThat(sendTogether()).allMatch(reply -> reply instanceof HttpAnswer a && a.status() == 200);
        assertThat(org.logIns()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anExpiredTokenCausesOneLogInForAll(boolean onlyNewestToken) throws Exception {
        org.onlyNewestToken = onlyNewestToken;
        transport.send(READ, "");
        org.tokens.clear();
        org.seen.clear();
        org.apiAnswers(seen -> Map.entry(200, seen.path() + seen.text()));

        List<Reply> replies = sendTogether();

        assertThat(org.logIns()).isEqualTo(1);
        for (int i = 0; i < CALLERS; i++) {
            assertThat(((HttpAnswer) replies.get(i)).body().text())
                    .isEqualTo("/services/data/v60.0/" + i + "{\"n\":" + i + "}");
        }
        assertThat(replies.stream().mapToInt(Reply::requests).sum())
                .as("every request on the wire is counted once")
                .isEqualTo(org.seen.size());
    }

    @Test
    void aTokenThatIsRefusedAtOnceAgainIsAnAnswer() {
        org.apiAnswers(seen -> Map.entry(401, "[]"));
        Reply reply = transport.send(READ, "");
        assertThat(reply).isInstanceOfSatisfying(HttpAnswer.class, answer -> {
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.requests()).isEqualTo(4);
        });
        assertThat(org.logIns()).isEqualTo(2);
    }

    @Test
    void refusedCredentialsAreTriedOnceUntilTheyChange() throws Exception {
        org.logIn = (seen, wire) -> {
            if (seen.text().contains("first-secret")) {
                wire.reply(400, "{\"error\":\"invalid_grant\",\"error_description\":\"no such user\"}");
            } else {
                org.grant(wire);
            }
        };
        assertThat(sendTogether())
                .allSatisfy(reply -> assertThat(reply).isInstanceOfSatisfying(Reply.NotSent.class, not -> {
                    assertThat(not.reason()).isEqualTo("login");
                    assertThat(not.detail())
                            .isEqualTo("invalid_grant no such user")
                            .doesNotContain("first-secret");
                }));
        assertThat(transport.login().requests()).isZero();
        assertThat(org.logIns()).isEqualTo(1);

        transport.unlock();
        assertThat(transport.send(READ, "")).isInstanceOf(Reply.NotSent.class);
        assertThat(org.logIns()).isEqualTo(2);

        secret.set("second-secret");
        assertThat(transport.send(READ, "")).isInstanceOf(HttpAnswer.class);
        assertThat(org.logIns()).isEqualTo(3);
        assertThat(org.calls()).hasSize(1);
    }

    @Test
    void aLogInThatFailsForAWhileIsNotALockOut() {
        org.logIn = (seen, wire) -> wire.reply(503, "", "Retry-After: 30");
        assertThat(transport.send(READ, ""))
                .isEqualTo(new Reply.NotSent("refused", "log-in answered 503", Optional.of(NOW.plusSeconds(30)), 1));
        org.logIn = (seen, wire) -> org.grant(wire);
        assertThat(transport.send(READ, "")).isInstanceOf(HttpAnswer.class);
    }

    @Test
    void aRefusalDoesNotQuoteTheSecret() {
        org.logIn = (seen, wire) -> wire.reply(
                400, "{\"error\":\"invalid_client\",\"error_description\":\"nobody has " + seen.text() + "\"}");
        assertThat(transport.login())
                .isInstanceOfSatisfying(
                        Reply.NotSent.class,
                        not -> assertThat(not.detail())
                                .startsWith("invalid_client nobody has ")
                                .contains("client_secret=…")
                                .doesNotContain("first-secret"));
    }

    @Test
    void theLogInTellsTheAccountAndKeepsItsSecrets() {
        HttpAnswer first = (HttpAnswer) transport.login();
        HttpAnswer again = (HttpAnswer) transport.login();

        assertThat(first.body().text()).contains("/id/" + FakeOrg.ACCOUNT + "/").doesNotContain("token-1", "signature");
        assertThat(first.requests()).isEqualTo(1);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.requests()).isZero();
    }

    @Test
    void aReplayNeverReachesAnotherAccount() {
        transport.login();
        org.account = OTHER;
        org.tokens.clear();

        assertThat(transport.send(READ, FakeOrg.ACCOUNT)).isInstanceOfSatisfying(Reply.NotSent.class, not -> {
            assertThat(not.reason()).isEqualTo("account");
            assertThat(not.requests()).isEqualTo(2);
        });
        assertThat(transport.send(READ, FakeOrg.ACCOUNT)).isInstanceOf(Reply.NotSent.class);
        assertThat(org.calls()).hasSize(1);

        assertThat(((HttpAnswer) transport.login()).body().text()).contains(OTHER);
        assertThat(transport.send(READ, OTHER)).isInstanceOf(HttpAnswer.class);
    }

    @Test
    void anotherRunsLogInTakesNobodyElseToItsAccount() {
        transport.login();
        org.account = OTHER;
        org.tokens.clear();
        assertThat(transport.send(READ, "")).isInstanceOf(HttpAnswer.class);
        assertThat(((HttpAnswer) transport.login()).body().text()).contains(OTHER);
        org.seen.clear();

        assertThat(transport.send(READ, FakeOrg.ACCOUNT)).isInstanceOf(Reply.NotSent.class);
        assertThat(transport.send(READ, FakeOrg.ACCOUNT.substring(0, 15))).isInstanceOf(Reply.NotSent.class);
        assertThat(org.seen).isEmpty();
        assertThat(transport.send(READ, OTHER.substring(0, 15))).isInstanceOf(HttpAnswer.class);
    }

    @Test
    void aRunThatBeginsUsesChangedCredentialsAtOnce() {
        transport.login();
        secret.set("second-secret");
        org.account = OTHER;
        assertThat(((HttpAnswer) transport.login()).body().text()).contains(OTHER);
        assertThat(transport.login().requests()).isZero();
        assertThat(org.logIns()).isEqualTo(2);
        assertThat(transport.send(READ, FakeOrg.ACCOUNT))
                .as("a run that began with the old ones")
                .isInstanceOf(Reply.NotSent.class);
        assertThat(org.calls()).isEmpty();
    }

    @Test
    void logsNameNoSecretAtDebug() {
        Logger camel = (Logger) LoggerFactory.getLogger("org.apache.camel.component.salesforce");
        Logger ours = (Logger) LoggerFactory.getLogger("dev.caravan");
        Level camelLevel = camel.getLevel();
        Level ourLevel = ours.getLevel();
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        for (Logger logger : List.of(camel, ours)) {
            logger.setLevel(Level.DEBUG);
            logger.addAppender(lines);
        }
        try {
            transport.send(READ, "");
            org.tokens.clear();
            org.apiAnswers(seen -> Map.entry(400, "[{\"message\":\"payload-in-answer\"}]"));
            transport.send(READ.withHeader("X-Any", "y"), "");
        } finally {
            camel.detachAppender(lines);
            ours.detachAppender(lines);
            camel.setLevel(camelLevel);
            ours.setLevel(ourLevel);
        }
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .noneMatch(line ->
                        line.contains("first-secret") || line.contains("token-") || line.contains("payload-in-answer"));
    }
}
