package dev.caravan.transport.camel.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
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
import dev.caravan.transport.camel.auth.JwtAssertion;
import dev.caravan.transport.camel.auth.Signing;
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
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

/** Whatever goes wrong, and however much is logged: no secret, no token and no payload is in a line, a reply or a description. */
@Isolated("listens to what is logged")
class SecretsStaySecretTest {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final String CANARY = "canary";

    @TempDir
    Path folder;

    private final List<Object> said = new ArrayList<>();

    private List<Credentials> allKinds(String url) {
        TokenEndpoint endpoint = TokenEndpoint.standard(url + "/token", Style.QUERY)
                .saying(Map.of("assertion_type", () -> "extra-canary"));
        return List.of(
                new Credentials.Bearer(() -> "bearer-canary"),
                new Credentials.KeyHeader("X-Key", "", () -> "header-canary"),
                new Credentials.KeyParameter("key", () -> "parameter-canary"),
                new Credentials.Basic(() -> "user-canary", () -> "password-canary"),
                new Credentials.Client(endpoint, () -> "id", () -> "secret-canary"),
                new Credentials.Refresh(endpoint, () -> "id", () -> "secret-canary", () -> "refresh-canary", true),
                new Credentials.Jwt(
                        endpoint,
                        Map.of("iss", () -> "id", "sub", () -> "user", "aud", () -> "https://login.example.test"),
                        () -> "key-canary",
                        JwtAssertion.Signer.RS256,
                        Duration.ofMinutes(3)));
    }

    private static HttpRequest post() {
        return new HttpRequest(
                Method.POST,
                "/api?q=path-canary",
                Map.of("X-H", "value-canary"),
                Body.of("body-canary"),
                "",
                Replay.NEVER,
                PATIENCE);
    }

    @Test
    void noCanaryIsSeenAnywhere() throws Exception {
        Logger client = quietAsInProduction();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Logger ours = (Logger) LoggerFactory.getLogger("dev.caravan");
        Level before = root.getLevel();
        Level oursBefore = ours.getLevel();
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        root.addAppender(lines);
        root.setLevel(Level.TRACE);
        ours.setLevel(Level.TRACE);
        CamelContext context = new DefaultCamelContext();
        try (TokenServer api = new TokenServer()) {
            context.start();
            allKinds(api.url()).forEach(credentials -> goThrough(context, api, credentials));
            assertThat(api.server.seen)
                    .as("the canaries were there")
                    .anySatisfy(seen -> assertThat(seen.path()).contains("parameter-canary"));
        } finally {
            context.stop();
            root.detachAppender(lines);
            client.setLevel(null);
            root.setLevel(before);
            ours.setLevel(oursBefore);
        }
        assertThat(lines.list).as("something was logged").isNotEmpty();
        for (ILoggingEvent line : lines.list) {
            assertThat(line.getFormattedMessage()).doesNotContain(CANARY);
            for (var cause = line.getThrowableProxy(); cause != null; cause = cause.getCause()) {
                assertThat(String.valueOf(cause.getMessage())).doesNotContain(CANARY);
            }
        }
        assertThat(said)
                .hasSizeGreaterThan(40)
                .allSatisfy(thing -> assertThat(thing.toString()).doesNotContain(CANARY));
    }

    /** The worker's own log settings keep the client quiet; those of the tests do not. */
    private static Logger quietAsInProduction() throws Exception {
        JoranConfigurator worker = new JoranConfigurator();
        LoggerContext context = new LoggerContext();
        worker.setContext(context);
        worker.doConfigure(Path.of("src/main/resources/logback.xml").toFile());
        Logger client = (Logger) LoggerFactory.getLogger("org.apache.hc");
        client.setLevel(context.getLogger("org.apache.hc").getLevel());
        context.stop();
        return client;
    }

    private void goThrough(CamelContext context, TokenServer api, Credentials credentials) {
        Signing signing = Signing.ofBody(() -> "sign-canary", "X-Sig", "", Signing.Encoding.HEX);
        Auth auth = new Auth(
                credentials,
                Map.of("developer-token", () -> "developer-canary"),
                Optional.of(signing),
                Auth.UNAUTHORIZED,
                AccountSource.Told.text("acme"),
                PATIENCE,
                List.of());
        HttpSettings settings = HttpSettings.of("api", captured -> api.url(), auth, 2);
        said.add(settings);
        api.tokens.add("bearer-canary");
        try (CamelHttpTransport transport = new CamelHttpTransport(
                context, settings, new FileTokenStore(folder), InstantSource.fixed(Instant.EPOCH))) {
            said.add(transport);
            api.more = ",\"refresh_token\":\"rotated-canary\"";
            api.logIn = (seen, wire) -> wire.reply(
                    400, "{\"error\":\"invalid_grant\",\"error_description\":\"" + seen.path() + seen.text() + "\"}");
            say(transport, transport.login());
            transport.unlock();
            api.logIn = (seen, wire) -> wire.reset();
            say(transport, transport.login());
            api.logIn = (seen, wire) -> api.grant(wire);
            api.api = (seen, wire) -> wire.reply(200, "{\"answer\":\"answer-canary\"}");
            say(transport, transport.login());
            say(transport, transport.send(post(), ""));
            api.api = (seen, wire) -> wire.reset();
            say(transport, transport.send(post(), ""));
            api.tokens.clear();
            say(transport, transport.send(post(), ""));
        }
    }

    private void say(CamelHttpTransport transport, Reply reply) {
        // An answer's headers and body are for the connector alone; what is told of it is the rest.
        said.add(reply instanceof HttpAnswer answer ? answer.body() : reply);
        said.add(transport);
    }
}
