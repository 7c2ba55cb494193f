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
import java.nio.file.Path;
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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens of a client's own: fetched once for all who need one, renewed in time, and never forced on an API that said no. */
class HttpLogInTest {

    private static final int CALLERS = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final HttpRequest READ = HttpRequest.get("/api", PATIENCE);

    private static CamelContext context;

    private final AtomicReference<String> secret = new AtomicReference<>("first-secret");
    private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
    private final InstantSource clock = now::get;
    private TokenServer api;
    private CamelHttpTransport transport;

    @TempDir
    Path folder;

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
        api = new TokenServer();
        transport = transport(Style.FORM);
    }

    @AfterEach
    void close() {
        transport.close();
        api.close();
    }

    private CamelHttpTransport transport(Style style) {
        TokenEndpoint endpoint = TokenEndpoint.standard(api.url() + "/token?tenant=1", style)
                .capturing(answer -> Map.of("region", answer.path("region").asText("none")));
        return transport(new Auth(
                new Credentials.Client(
                        endpoint.saying(Map.of("scope", () -> "read write")), () -> "client id", secret::get),
                Map.of(),
                Optional.empty(),
                Auth.UNAUTHORIZED,
                new AccountSource.Asked(
                        HttpRequest.get("/me", PATIENCE),
                        answer -> Optional.of(answer.body().text().replaceAll(".*:\"|\"}", ""))),
                Duration.ofSeconds(5),
                List.of()));
    }

    private CamelHttpTransport transport(Auth auth) {
        return new CamelHttpTransport(
                context,
                HttpSettings.of("api", captured -> api.url(), auth, CALLERS),
                new FileTokenStore(folder),
                clock);
    }

    /** All at once, each with a body of its own. */
    private List<Reply> sendTogether() throws InterruptedException, ExecutionException {
        CyclicBarrier start = new CyclicBarrier(CALLERS);
        try (ExecutorService threads = Executors.newFixedThreadPool(CALLERS)) {
            List<Future<Reply>> sent = IntStream.range(0, CALLERS)
                    .mapToObj(i -> threads.submit(() -> {
                        start.await();
                        Body body = Body.of("n" + i);
                        return transport.send(
                                new HttpRequest(Method.POST, "/api", Map.of(), body, "", Replay.NEVER, PATIENCE), "");
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
    void theFirstCallsTogetherLogInOnceAndAskForTheAccountOnce() throws Exception {
        List<Reply> replies = sendTogether();
        assertThat(replies).allMatch(reply -> reply instanceof HttpAnswer a && a.ok());
        assertThat(api.logIns()).isEqualTo(1);
        assertThat(api.server.to("/me")).isEqualTo(1);
        assertThat(replies.stream().mapToInt(Reply::requests).sum()).isEqualTo(api.server.seen.size());
    }

    @Test
    void theClientIsShownInTheForm() {
        transport.login();
        WireServer.Seen asked = api.server.seen.getFirst();
        assertThat(asked.method()).isEqualTo("POST");
        assertThat(asked.path()).isEqualTo("/token?tenant=1");
        assertThat(asked.header("content-type")).isEqualTo("application/x-www-form-urlencoded");
        assertThat(asked.text())
                .isEqualTo(
                        "grant_type=client_credentials&client_id=client+id&client_secret=first-secret&scope=read+write");
        assertThat(asked.headers()).doesNotContainKey("authorization");
    }

    @Test
    void theClientIsShownInAHeader() {
        transport.close();
        transport = transport(Style.BASIC);
        transport.login();
        WireServer.Seen asked = api.server.seen.getFirst();
        assertThat(asked.text()).isEqualTo("grant_type=client_credentials&scope=read+write");
        assertThat(asked.header("authorization")).isEqualTo("Basic Y2xpZW50K2lkOmZpcnN0LXNlY3JldA==");
    }

    @Test
    void theClientIsShownInTheQuery() {
        transport.close();
        transport = transport(Style.QUERY);
        transport.login();
        WireServer.Seen asked = api.server.seen.getFirst();
        assertThat(asked.method()).isEqualTo("GET");
        assertThat(asked.path())
                .isEqualTo("/token?tenant=1&grant_type=client_credentials&client_id=client+id"
                        + "&client_secret=first-secret&scope=read+write");
    }

    @Test
    void anExpiredTokenCausesOneLogInForAll() throws Exception {
        transport.send(READ, "");
        api.tokens.clear();
        api.server.seen.clear();

        List<Reply> replies = sendTogether();

        assertThat(api.logIns()).isEqualTo(1);
        for (int i = 0; i < CALLERS; i++) {
            assertThat(((HttpAnswer) replies.get(i)).body().text()).isEqualTo("n" + i);
        }
        assertThat(replies.stream().mapToInt(Reply::requests).sum())
                .as("every request on the wire is counted once")
                .isEqualTo(api.server.seen.size());
    }

    @Test
    void aTokenThatIsRefusedAtOnceAgainIsAnAnswer() {
        transport.login();
        api.server.seen.clear();
        api.api = (seen, wire) -> wire.reply(401, "[]");
        assertThat(transport.send(READ, "")).isInstanceOfSatisfying(HttpAnswer.class, answer -> {
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.requests()).isEqualTo(4);
        });
        assertThat(api.logIns()).isEqualTo(1);
    }

    @Test
    void anApiMaySayOtherwiseThatATokenHasExpired() {
        AtomicInteger refusals = new AtomicInteger(1);
        api.api = (seen, wire) -> wire.reply(200, refusals.getAndDecrement() > 0 ? "{\"code\":\"602\"}" : "{}");
        transport.close();
        transport = transport(new Auth(
                new Credentials.Client(
                        TokenEndpoint.standard(api.url() + "/token", Style.FORM), () -> "id", secret::get),
                Map.of(),
                Optional.empty(),
                answer -> answer.body().text().contains("602"),
                AccountSource.Told.text("a"),
                Duration.ofSeconds(5),
                List.of()));
        assertThat(((HttpAnswer) transport.send(READ, "")).body().text()).isEqualTo("{}");
        assertThat(api.logIns()).isEqualTo(2);
        assertThat(api.calls()).isEqualTo(2);
    }

    @Test
    void aTokenIsRenewedBeforeItsEnd() {
        api.more = ",\"expires_in\":3600";
        transport.send(READ, "");
        now.set(NOW.plusSeconds(3600 - 61));
        transport.send(READ, "");
        assertThat(api.logIns()).isEqualTo(1);
        now.set(NOW.plusSeconds(3600 - 60));
        transport.send(READ, "");
        assertThat(api.logIns()).isEqualTo(2);
        assertThat(api.calls()).isEqualTo(3);
    }

    @Test
    void aTokenThatLivesShortIsUsedForMostOfItsLife() {
        api.more = ",\"expires_in\":\"30\"";
        transport.send(READ, "");
        now.set(NOW.plusSeconds(26));
        transport.send(READ, "");
        assertThat(api.logIns()).isEqualTo(1);
        now.set(NOW.plusSeconds(27));
        transport.send(READ, "");
        assertThat(api.logIns()).isEqualTo(2);
    }

    @Test
    void refusedCredentialsAreTriedOnceUntilTheyChange() throws Exception {
        api.logIn = (seen, wire) -> {
            if (seen.text().contains("first-secret")) {
                wire.reply(400, "{\"error\":\"invalid_client\",\"error_description\":\"no first-secret here\"}");
            } else {
                api.grant(wire);
            }
        };
        assertThat(sendTogether())
                .allSatisfy(reply -> assertThat(reply).isInstanceOfSatisfying(Reply.NotSent.class, not -> {
                    assertThat(not.reason()).isEqualTo("login");
                    assertThat(not.detail()).isEqualTo("invalid_client no … here");
                }));
        assertThat(transport.login().requests()).isZero();
        assertThat(api.logIns()).isEqualTo(1);

        transport.unlock();
        assertThat(transport.send(READ, "")).isInstanceOf(Reply.NotSent.class);
        assertThat(api.logIns()).isEqualTo(2);

        secret.set("second-secret");
        assertThat(transport.send(READ, "")).isInstanceOf(HttpAnswer.class);
        assertThat(api.logIns()).isEqualTo(3);
        assertThat(api.calls()).isEqualTo(1);
    }

    @Test
    void aLogInThatFailsForAWhileIsNotALockOut() {
        api.logIn = (seen, wire) -> wire.reply(503, "", "Retry-After: Sun, 01 Mar 2026 10:00:30 GMT");
        assertThat(transport.send(READ, ""))
                .isEqualTo(new Reply.NotSent("refused", "log-in answered 503", Optional.of(NOW.plusSeconds(30)), 1));
        api.logIn = (seen, wire) -> wire.reply(200, "{}");
        assertThat(transport.send(READ, ""))
                .isEqualTo(new Reply.NotSent("refused", "log-in: the answer has no token", Optional.empty(), 1));
        api.logIn = (seen, wire) -> wire.reset();
        assertThat(transport.send(READ, ""))
                .isEqualTo(new Reply.NotSent(
                        "refused", "log-in: no answer of " + api.url() + " (reset)", Optional.empty(), 1));
        api.logIn = (seen, wire) -> api.grant(wire);
        assertThat(transport.send(READ, "")).isInstanceOf(HttpAnswer.class);
    }

    @Test
    void theLogInTellsTheAccountAndWhatWasCapturedAndKeepsItsSecrets() {
        api.more = ",\"region\":\"eu\"";
        HttpAnswer first = (HttpAnswer) transport.login();
        HttpAnswer again = (HttpAnswer) transport.login();
        assertThat(first.body().text()).isEqualTo("{\"account\":\"acme\",\"login\":{\"region\":\"eu\"}}");
        assertThat(first.requests()).isEqualTo(2);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.requests()).isZero();
    }

    @Test
    void whereRequestsGoMayDependOnTheLogIn() {
        try (TokenServer instance = new TokenServer()) {
            instance.tokens.add("access-canary-1");
            api.more = ",\"instance_url\":\"" + instance.url() + "/org/\"";
            TokenEndpoint endpoint = TokenEndpoint.standard(api.url() + "/token", Style.FORM)
                    .capturing(answer ->
                            Map.of("instance_url", answer.path("instance_url").asText()));
            Auth auth = Auth.of(
                    new Credentials.Client(endpoint, () -> "id", secret::get),
                    new AccountSource.Told(captured -> captured.getOrDefault("instance_url", "")),
                    Duration.ofSeconds(5));
            try (CamelHttpTransport org = new CamelHttpTransport(
                    context,
                    HttpSettings.of("org", captured -> captured.getOrDefault("instance_url", ""), auth, 1),
                    new FileTokenStore(folder),
                    clock)) {
                assertThat(org.send(READ, instance.url() + "/org/")).isInstanceOf(HttpAnswer.class);
                assertThat(instance.server.seen.getFirst().path()).isEqualTo("/org/api");
            }
        }
    }

    @Test
    void aReplayNeverReachesAnotherAccount() {
        transport.login();
        api.account = "other";
        api.tokens.clear();
        assertThat(transport.send(READ, "acme")).isInstanceOfSatisfying(Reply.NotSent.class, not -> {
            assertThat(not.reason()).isEqualTo("account");
            assertThat(not.requests()).isEqualTo(3);
        });
        assertThat(transport.send(READ, "acme")).isInstanceOf(Reply.NotSent.class);
        assertThat(api.calls()).as("the one that was refused").isEqualTo(1);
        assertThat(((HttpAnswer) transport.login()).body().text()).contains("other");
        assertThat(transport.send(READ, "other")).isInstanceOf(HttpAnswer.class);
    }

    @Test
    void aRunThatBeginsUsesChangedSecretsAtOnce() {
        transport.login();
        secret.set("second-secret");
        api.account = "other";
        assertThat(((HttpAnswer) transport.login()).body().text()).contains("other");
        assertThat(transport.login().requests()).isZero();
        assertThat(api.logIns()).isEqualTo(2);
        assertThat(transport.send(READ, "acme")).as("a run that began before").isInstanceOf(Reply.NotSent.class);
        assertThat(api.calls()).isZero();
    }

    @Test
    void anAccountThatNobodyTellsKeepsItsToken() {
        api.me = (seen, wire) -> wire.reply(500, "");
        assertThat(transport.send(READ, ""))
                .isEqualTo(new Reply.NotSent("refused", "which account answers: status 500", Optional.empty(), 2));
        api.me = (seen, wire) -> wire.reply(403, "");
        assertThat(transport.send(READ, ""))
                .isEqualTo(new Reply.NotSent("login", "which account answers: status 403", Optional.empty(), 1));
        api.me = (seen, wire) -> wire.reply(200, "{\"id\":\"\"}");
        assertThat(transport.send(READ, ""))
                .isEqualTo(new Reply.NotSent(
                        "login", "the answer does not tell which account answers", Optional.empty(), 1));
        api.me = (seen, wire) -> wire.reply(200, "{\"id\":\"acme\"}");
        assertThat(transport.send(READ, "acme")).isInstanceOf(HttpAnswer.class);
        assertThat(api.logIns()).isEqualTo(1);
        assertThat(api.calls()).isEqualTo(1);
    }

    @Test
    void aTokenThatExpiredBeforeTheAccountWasToldIsRenewed() {
        api.me = (seen, wire) -> wire.reply(500, "");
        transport.login();
        api.tokens.clear();
        api.me = (seen, wire) -> wire.reply(200, "{\"id\":\"acme\"}");
        assertThat(transport.login())
                .isInstanceOfSatisfying(
                        HttpAnswer.class,
                        answer -> assertThat(answer.requests()).isEqualTo(3));
    }

    @Test
    void aLogInAsksTheGateToo() {
        assertThat(transport.send(READ, "", () -> Optional.of("paused")))
                .isEqualTo(new Reply.NotSent("paused", "", Optional.empty(), 0));
        AtomicInteger asked = new AtomicInteger();
        Reply reply =
                transport.send(READ, "", () -> asked.incrementAndGet() > 2 ? Optional.of("stopped") : Optional.empty());
        assertThat(reply).isEqualTo(new Reply.NotSent("stopped", "", Optional.empty(), 2));
        assertThat(api.calls()).isZero();
    }
}
