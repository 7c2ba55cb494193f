package dev.caravan.transport.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.sandbox.Sandbox;
import dev.caravan.sandbox.spec.Login;
import dev.caravan.sandbox.spec.SandboxSpec;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.HttpRequest;
import dev.caravan.transport.Reply;
import dev.caravan.transport.camel.SalesforceSettings.Proof;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Log-ins by a signed assertion, judged by somebody who has the public key alone. */
class SalesforceAssertionTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final String USER = "integration@sandbox.invalid";
    private static final HttpRequest READ = HttpRequest.get("/services/data/v60.0/limits", Duration.ofSeconds(20));

    private static CamelContext context;
    private static KeyPair pair;
    private static KeyPair another;

    @BeforeAll
    static void start() throws Exception {
        context = new DefaultCamelContext();
        context.start();
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        pair = generator.generateKeyPair();
        another = generator.generateKeyPair();
    }

    @AfterAll
    static void stop() {
        context.stop();
    }

    private static String pem(String kind, Key key) {
        return "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(key.getEncoded())
                + "\n-----END " + kind + "-----\n";
    }

    private static CamelSalesforceTransport transport(String url, Proof proof, InstantSource clock) {
        return new CamelSalesforceTransport(
                context,
                new SalesforceSettings("signed", url, () -> "caravan-demo", proof, "60.0", Duration.ofSeconds(5), 2),
                clock);
    }

    private static Proof signed(KeyPair by, String user, Optional<String> audience) {
        return new Proof.Signed(() -> user, () -> pem("PRIVATE KEY", by.getPrivate()), audience);
    }

    private static Sandbox sandbox() throws IOException {
        Login login = new Login(
                "caravan-demo",
                "caravan-demo-secret",
                Duration.ofHours(2),
                false,
                USER,
                Optional.of(pem("PUBLIC KEY", pair.getPublic())));
        return Sandbox.start(SandboxSpec.defaults().withLogin(login), 0);
    }

    private static Reply send(Sandbox sandbox, Proof proof, InstantSource clock) {
        try (CamelSalesforceTransport transport = transport(sandbox.baseUri().toString(), proof, clock)) {
            return transport.send(READ, "");
        }
    }

    @Test
    void anAssertionOfTheRightKeyForTheRightUserLogsIn() throws IOException {
        try (Sandbox sandbox = sandbox()) {
            InstantSource clock = InstantSource.system();
            assertThat(send(sandbox, signed(pair, USER, Optional.empty()), clock))
                    .isInstanceOfSatisfying(
                            HttpAnswer.class,
                            answer -> assertThat(answer.status()).isEqualTo(200));
            assertThat(send(sandbox, signed(pair, USER, Optional.of("https://login.salesforce.com")), clock))
                    .isInstanceOf(HttpAnswer.class);
            assertRefused(sandbox, signed(another, USER, Optional.empty()), clock, "invalid assertion");
            assertRefused(sandbox, signed(pair, "other@x", Optional.empty()), clock, "approved");
            assertRefused(sandbox, signed(pair, USER, Optional.of("https://evil.test")), clock, "audience");
            assertRefused(
                    sandbox,
                    signed(pair, USER, Optional.empty()),
                    InstantSource.fixed(clock.instant().minusSeconds(600)),
                    "expired");
            assertThat(send(sandbox, new Proof.Secret(() -> "caravan-demo-secret"), clock))
                    .isInstanceOf(HttpAnswer.class);
        }
    }

    private static void assertRefused(Sandbox sandbox, Proof proof, InstantSource clock, String words) {
        assertThat(send(sandbox, proof, clock)).isInstanceOfSatisfying(Reply.NotSent.class, not -> {
            assertThat(not.reason()).isEqualTo("login");
            assertThat(not.detail()).startsWith("invalid_grant").contains(words);
        });
    }

    @Test
    void aRefusalDoesNotQuoteTheAssertion() {
        try (FakeOrg org = new FakeOrg();
                CamelSalesforceTransport transport =
                        transport(org.url(), signed(pair, "user@example.test", Optional.empty()), () -> NOW)) {
            org.logIn = (seen, wire) -> wire.reply(
                    400,
                    "{\"error\":\"invalid_grant\",\"error_description\":\"bad "
                            + seen.text().replaceAll(".*assertion=|&.*", "") + "\"}");
            assertThat(transport.login())
                    .isInstanceOfSatisfying(
                            Reply.NotSent.class, not -> assertThat(not.detail()).isEqualTo("invalid_grant bad …"));
        }
    }

    @Test
    void theClaimsAreThoseThatSalesforceAsksFor() throws Exception {
        try (FakeOrg org = new FakeOrg();
                CamelSalesforceTransport transport =
                        transport(org.url(), signed(pair, "user@example.test", Optional.empty()), () -> NOW)) {
            assertThat(transport.send(READ, "")).isInstanceOf(HttpAnswer.class);
            String form = org.seen.getFirst().text();
            assertThat(form)
                    .contains("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer", "assertion=")
                    .doesNotContain("client_secret");
            String assertion = URLDecoder.decode(form.replaceAll(".*assertion=|&.*", ""), StandardCharsets.UTF_8);
            JsonNode claims = new ObjectMapper()
                    .readTree(Base64.getUrlDecoder().decode(assertion.split("\\.", -1)[1]));
            assertThat(claims.path("iss").asText()).isEqualTo("caravan-demo");
            assertThat(claims.path("sub").asText()).isEqualTo("user@example.test");
            assertThat(claims.path("aud").asText()).isEqualTo(org.url());
            assertThat(claims.path("exp").asLong()).isEqualTo(NOW.getEpochSecond() + 180);
        }
    }

    @Test
    void aKeyThatIsNoneAsksNobodyUntilItIsExchanged() {
        AtomicReference<String> key = new AtomicReference<>("canary");
        Proof proof = new Proof.Signed(() -> USER, key::get, Optional.empty());
        try (FakeOrg org = new FakeOrg();
                CamelSalesforceTransport transport = transport(org.url(), proof, () -> NOW)) {
            assertThat(transport.send(READ, "")).isInstanceOfSatisfying(Reply.NotSent.class, not -> {
                assertThat(not.reason()).isEqualTo("login");
                assertThat(not.detail()).contains("no RSA key in PEM").doesNotContain("canary");
            });
            assertThat(org.seen).isEmpty();
            key.set(pem("PRIVATE KEY", pair.getPrivate()));
            assertThat(transport.send(READ, "")).isInstanceOf(HttpAnswer.class);
        }
    }
}
