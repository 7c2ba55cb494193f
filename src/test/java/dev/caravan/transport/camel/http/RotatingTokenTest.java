package dev.caravan.transport.camel.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.problem.CaravanException;
import dev.caravan.problem.DiskFailure;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.HttpRequest;
import dev.caravan.transport.Reply;
import dev.caravan.transport.camel.auth.AccountSource;
import dev.caravan.transport.camel.auth.Auth;
import dev.caravan.transport.camel.auth.Credentials;
import dev.caravan.transport.camel.auth.FileTokenStore;
import dev.caravan.transport.camel.auth.TokenEndpoint;
import dev.caravan.transport.camel.auth.TokenEndpoint.Style;
import dev.caravan.transport.camel.auth.TokenStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A refresh token that each use replaces: the one that is good now is never lost by us, and where it may be lost we say so. */
class RotatingTokenTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final HttpRequest READ = HttpRequest.get("/api", Duration.ofSeconds(20));

    private static CamelContext context;

    private final AtomicReference<String> configured = new AtomicReference<>("refresh-0");
    private final AtomicReference<String> good = new AtomicReference<>("refresh-0");
    private final List<String> order = new CopyOnWriteArrayList<>();
    private TokenServer api;

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
        api.logIn = this::rotate;
        api.api = (seen, wire) -> {
            order.add("used");
            wire.reply(200, "{}");
        };
    }

    @AfterEach
    void close() {
        api.close();
    }

    private void rotate(WireServer.Seen seen, WireServer.Wire wire) throws IOException {
        if (!seen.text().contains("refresh_token=" + good.get() + "&")) {
            wire.reply(400, "{\"error\":\"invalid_grant\"}");
            return;
        }
        next();
        api.grant(wire);
    }

    private void next() {
        String fresh = "refresh-" + (Integer.parseInt(good.get().substring(8)) + 1);
        good.set(fresh);
        api.more = ",\"refresh_token\":\"" + fresh + "\"";
    }

    private CamelHttpTransport transport(TokenStore store) {
        Credentials credentials = new Credentials.Refresh(
                TokenEndpoint.standard(api.url() + "/token", Style.FORM), () -> "id", () -> "", configured::get, true);
        Auth auth = Auth.of(credentials, AccountSource.Told.text("acme"), Duration.ofMillis(500));
        HttpSettings settings = HttpSettings.of("api", captured -> api.url(), auth, 2);
        return new CamelHttpTransport(context, settings, store, InstantSource.fixed(NOW));
    }

    private FileTokenStore files() {
        return new FileTokenStore(folder);
    }

    @Test
    void theNextProcessGoesOnWithTheTokenThatIsGoodNow() {
        try (CamelHttpTransport first = transport(files())) {
            assertThat(first.send(READ, "")).isInstanceOf(HttpAnswer.class);
            api.tokens.clear();
            assertThat(first.send(READ, "")).isInstanceOf(HttpAnswer.class);
        }
        try (CamelHttpTransport second = transport(files())) {
            assertThat(second.send(READ, "")).isInstanceOf(HttpAnswer.class);
        }
        assertThat(good.get()).isEqualTo("refresh-3");
        assertThat(api.logIns()).isEqualTo(3);
        assertThat(api.server.seen.getFirst().text())
                .isEqualTo("grant_type=refresh_token&refresh_token=refresh-0&client_id=id");
    }

    @Test
    void aTokenThatSomebodyConfiguredAnewCounts() {
        try (CamelHttpTransport first = transport(files())) {
            first.send(READ, "");
        }
        good.set("refresh-70");
        configured.set("refresh-70");
        try (CamelHttpTransport second = transport(files())) {
            assertThat(second.send(READ, "")).isInstanceOf(HttpAnswer.class);
        }
        assertThat(api.logIns()).isEqualTo(2);
    }

    @Test
    void theNewTokenIsKeptBeforeAnythingIsDoneWithTheLogIn() {
        TokenStore watched = new TokenStore() {
            @Override
            public Optional<String> read(String connection, String fingerprint) {
                return files().read(connection, fingerprint);
            }

            @Override
            public void write(String connection, String fingerprint, String token) {
                files().write(connection, fingerprint, token);
                order.add("kept");
            }
        };
        try (CamelHttpTransport transport = transport(watched)) {
            transport.send(READ, "");
        }
        assertThat(order).containsExactly("kept", "used");
    }

    @Test
    void aTokenThatTheDiskDoesNotTakeIsNotLostNorUsed() throws IOException {
        Path blocked = folder.resolve("tokens");
        Files.writeString(blocked, "a file where the folder should be");
        try (CamelHttpTransport transport = transport(new FileTokenStore(blocked))) {
            for (int i = 0; i < 2; i++) {
                assertThat(transport.send(READ, "")).isInstanceOfSatisfying(Reply.NotSent.class, not -> {
                    assertThat(not.detail()).contains("the refresh token that is kept for connection api");
                    assertThat(not.detail()).doesNotContain("refresh-");
                });
            }
            assertThat(api.logIns())
                    .as("no second one while the first is not kept")
                    .isEqualTo(1);
            assertThat(api.calls()).isZero();
            Files.delete(blocked);
            assertThat(transport.send(READ, "")).isInstanceOf(HttpAnswer.class);
        }
        assertThat(good.get()).isEqualTo("refresh-2");
    }

    @Test
    void anAnswerThatWasLostIsToldAsWhatItIs() {
        api.logIn = (seen, wire) -> {
            next();
            wire.reset();
        };
        try (CamelHttpTransport transport = transport(files())) {
            assertThat(transport.send(READ, "")).isInstanceOfSatisfying(Reply.NotSent.class, not -> {
                assertThat(not.reason()).isEqualTo("refused");
                assertThat(not.detail())
                        .contains("a person has to log in again")
                        .doesNotContain("refresh-");
            });
            api.logIn = this::rotate;
            assertThat(transport.send(READ, "")).isInstanceOfSatisfying(Reply.NotSent.class, not -> {
                assertThat(not.reason()).isEqualTo("login");
                assertThat(not.detail()).contains("invalid_grant", "a person has to log in again");
            });
            assertThat(transport.send(READ, "").requests())
                    .as("not shown again")
                    .isZero();
            configured.set(good.get());
            assertThat(transport.send(READ, "")).isInstanceOf(HttpAnswer.class);
        }
    }

    @Test
    void aServerThatTakesTheOldTokenOnceMoreIsGivenIt() {
        api.logIn = (seen, wire) -> wire.reset();
        try (CamelHttpTransport transport = transport(files())) {
            transport.send(READ, "");
            api.logIn = this::rotate;
            assertThat(transport.send(READ, "")).isInstanceOf(HttpAnswer.class);
        }
    }

    @Test
    void whatAnotherProcessWasGivenIsUsed() {
        try (CamelHttpTransport ours = transport(files())) {
            TokenStore store = files();
            api.logIn = (seen, wire) -> {
                // Between our look into the store and the server's answer the other process was quicker.
                if (good.get().equals("refresh-0")) {
                    next();
                    store.write("api", fingerprint(), good.get());
                    wire.reply(400, "{\"error\":\"invalid_grant\"}");
                } else {
                    rotate(seen, wire);
                }
            };
            assertThat(ours.send(READ, "")).isInstanceOf(HttpAnswer.class);
        }
        assertThat(api.logIns()).isEqualTo(2);
    }

    private static String fingerprint() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest("refresh-0".getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aStoreThatCannotBeReadShowsNoToken() {
        TokenStore broken = new TokenStore() {
            @Override
            public Optional<String> read(String connection, String fingerprint) {
                throw broken();
            }

            @Override
            public void write(String connection, String fingerprint, String token) {
                throw broken();
            }

            private CaravanException broken() {
                return DiskFailure.of("the token", "Input/output error", "look");
            }
        };
        try (CamelHttpTransport transport = transport(broken)) {
            assertThat(transport.send(READ, "")).isInstanceOf(Reply.NotSent.class);
        }
        assertThat(api.logIns()).isZero();
    }
}
