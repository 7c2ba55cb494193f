package dev.caravan.transport.camel.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
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
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each kind of credentials puts on the wire, and when it is read again. */
class CredentialsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final AccountSource ACCOUNT = AccountSource.Told.text("acme");
    private static final HttpRequest POST = new HttpRequest(
            Method.POST,
            "/api?x=1",
            Map.of("authorization", "Bearer of-the-connector", "X-Other", "kept"),
            Body.of("{\"é\":1}"),
            "application/json",
            Replay.NEVER,
            PATIENCE);

    private static CamelContext context;

    private final WireServer server = new WireServer();
    private final AtomicReference<String> secret = new AtomicReference<>("s3cret+/");

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

    @AfterEach
    void close() {
        server.close();
    }

    private CamelHttpTransport with(Auth auth) {
        HttpSettings settings = HttpSettings.of("api", captured -> server.url(), auth, 2);
        return new CamelHttpTransport(context, settings, new FileTokenStore(folder), InstantSource.fixed(NOW));
    }

    private WireServer.Seen seen(Credentials credentials) {
        try (CamelHttpTransport transport = with(Auth.of(credentials, ACCOUNT, PATIENCE))) {
            HttpAnswer answer = (HttpAnswer) transport.send(POST, "acme");
            assertThat(answer.requests()).isEqualTo(1);
            return server.seen.getLast();
        }
    }

    @Test
    void fixedCredentialsAreOnEveryRequestAndCostNone() {
        Supplier<String> key = secret::get;
        assertThat(seen(new Credentials.Bearer(key)).header("authorization")).isEqualTo("Bearer s3cret+/");
        assertThat(seen(new Credentials.KeyHeader("X-Api-Key", "Token ", key)).header("x-api-key"))
                .isEqualTo("Token s3cret+/");
        assertThat(seen(new Credentials.KeyParameter("api key", key)).path())
                .isEqualTo("/api?x=1&api%20key=s3cret%2B%2F");
        assertThat(seen(new Credentials.Basic(() -> "üser", key)).header("authorization"))
                .isEqualTo("Basic "
                        + Base64.getEncoder().encodeToString("üser:s3cret+/".getBytes(StandardCharsets.UTF_8)));
        assertThat(seen(new Credentials.None()).header("x-other")).isEqualTo("kept");
    }

    @Test
    void furtherSecretsGoInHeadersOfTheirOwn() {
        Auth auth = new Auth(
                new Credentials.Bearer(() -> "t"),
                Map.of("developer-token", secret::get),
                Optional.empty(),
                Auth.UNAUTHORIZED,
                ACCOUNT,
                PATIENCE,
                List.of());
        try (CamelHttpTransport transport = with(auth)) {
            transport.send(POST, "");
        }
        assertThat(server.seen.getLast().header("developer-token")).isEqualTo("s3cret+/");
        assertThat(server.seen.getLast().header("authorization")).isEqualTo("Bearer t");
    }

    @Test
    void aTokenThatWasExchangedMeanwhileIsTriedOnceAfterARefusal() {
        server.behaviour =
                (seen, wire) -> wire.reply(seen.header("authorization").equals("Bearer new") ? 200 : 401, "{}");
        try (CamelHttpTransport transport = with(Auth.of(new Credentials.Bearer(secret::get), ACCOUNT, PATIENCE))) {
            assertThat(((HttpAnswer) transport.send(POST, "")).status()).isEqualTo(401);
            assertThat(server.seen).as("there is nothing else to show").hasSize(1);
            secret.set("new");
            assertThat(transport.send(POST, "")).isInstanceOfSatisfying(HttpAnswer.class, answer -> {
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.requests()).isEqualTo(2);
            });
        }
    }

    @Test
    void anAnswerThatMayHaveWrittenRowsIsNoReasonToSendThemAgain() {
        server.behaviour = (seen, wire) -> {
            secret.set("new-" + server.seen.size());
            wire.reply(200, "one written, one expired");
        };
        Auth auth = new Auth(
                new Credentials.Bearer(secret::get),
                Map.of(),
                Optional.empty(),
                answer -> answer.body().text().contains("expired"),
                ACCOUNT,
                PATIENCE,
                List.of());
        try (CamelHttpTransport transport = with(auth)) {
            transport.send(POST, "");
            assertThat(server.seen).hasSize(1);

            transport.send(POST.refusedWhen(answer -> true), "");
            assertThat(server.seen).as("the connector says that it refuses all").hasSize(3);
        }
    }

    @Test
    void aSecretThatCannotBeReadIsToldAsItsProblem() {
        Supplier<String> missing = () -> {
            throw new EnvironmentFailure(Problem.of(Code.SECRET_MISSING, "API_TOKEN is not set", "set it"));
        };
        try (CamelHttpTransport transport = with(Auth.of(new Credentials.Bearer(missing), ACCOUNT, PATIENCE))) {
            assertThat(transport.send(POST, ""))
                    .isEqualTo(new Reply.NotSent(
                            "login", "API_TOKEN is not set; set it [secret.missing]", Optional.empty(), 0));
        }
        assertThat(server.seen).isEmpty();
    }

    @Test
    void aBodyIsSigned() throws Exception {
        WireServer.Seen seen = signed(Signing.ofBody(secret::get, "X-Signature", "sha256=", Signing.Encoding.HEX));
        assertThat(seen.header("x-signature"))
                .isEqualTo("sha256=" + HexFormat.of().formatHex(mac(seen.body().bytes())));
        assertThat(seen.header("authorization")).isEqualTo("Bearer t");
    }

    @Test
    void aBodyIsSignedWithItsTime() throws Exception {
        WireServer.Seen seen = signed(new Signing(
                secret::get,
                "X-Signature",
                Signing.Hash.SHA256,
                "",
                Signing.Encoding.BASE64,
                Optional.of(new Signing.Stamp("X-Time", Signing.Form.SECONDS, true))));
        String second = Long.toString(NOW.getEpochSecond());
        assertThat(seen.header("x-time")).isEqualTo(second);
        assertThat(seen.header("x-signature"))
                .isEqualTo(Base64.getEncoder()
                        .encodeToString(mac((second + "." + seen.text()).getBytes(StandardCharsets.UTF_8))));
    }

    private WireServer.Seen signed(Signing signing) {
        Auth auth = new Auth(
                new Credentials.Bearer(() -> "t"),
                Map.of(),
                Optional.of(signing),
                Auth.UNAUTHORIZED,
                ACCOUNT,
                PATIENCE,
                List.of());
        try (CamelHttpTransport transport = with(auth)) {
            transport.send(POST, "");
        }
        return server.seen.getLast();
    }

    private byte[] mac(byte[] signed) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.get().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return mac.doFinal(signed);
    }

    @Test
    void anAssertionIsSignedByTheKey() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair pair = generator.generateKeyPair();
        String pem = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----";
        server.behaviour = (seen, wire) -> wire.reply(200, "{\"access_token\":\"t\"}");
        Credentials jwt = new Credentials.Jwt(
                TokenEndpoint.standard(server.url() + "/token", Style.FORM),
                Map.of(
                        "iss", () -> "client",
                        "sub", () -> "user@example.test",
                        "aud", () -> "https://login.example.test",
                        "scope", () -> "api"),
                () -> pem,
                JwtAssertion.Signer.RS256,
                Duration.ofMinutes(3));
        try (CamelHttpTransport transport = with(Auth.of(jwt, ACCOUNT, PATIENCE))) {
            assertThat(((HttpAnswer) transport.send(POST, "")).requests()).isEqualTo(2);
        }
        String form = server.seen.getFirst().text();
        String start = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=";
        assertThat(form).startsWith(start);
        String[] parts = URLDecoder.decode(form.substring(start.length()), StandardCharsets.UTF_8)
                .split("\\.", -1);
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(pair.getPublic());
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
        JsonNode claims = new ObjectMapper().readTree(Base64.getUrlDecoder().decode(parts[1]));
        assertThat(claims.path("iss").asText()).isEqualTo("client");
        assertThat(claims.path("sub").asText()).isEqualTo("user@example.test");
        assertThat(claims.path("aud").asText()).isEqualTo("https://login.example.test");
        assertThat(claims.path("scope").asText()).isEqualTo("api");
        assertThat(claims.path("iat").asLong()).isEqualTo(NOW.getEpochSecond());
        assertThat(claims.path("exp").asLong()).isEqualTo(NOW.getEpochSecond() + 180);
        assertThat(server.seen.getLast().header("authorization")).isEqualTo("Bearer t");
    }
}
