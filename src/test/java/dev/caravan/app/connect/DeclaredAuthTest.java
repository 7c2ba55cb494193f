package dev.caravan.app.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.transport.Body;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.HttpRequest;
import dev.caravan.transport.HttpRequest.Method;
import dev.caravan.transport.Reply;
import dev.caravan.transport.Request.Replay;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Everything that auth and sign can say is on the wire, or is refused when the connector is read. */
class DeclaredAuthTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpRequest POST = new HttpRequest(
            Method.POST,
            "/things",
            Map.of(),
            Body.of("{\"k\":\"é\"}"),
            "application/json",
            Replay.NEVER,
            Duration.ofSeconds(20));
    private static final String OAUTH = """
            settings:
              host: {kind: address}
              id: {}
              secret: {secret: true}
              tenant: {optional: true}
            base_url: "{{ settings.host }}"
            account: {of: "{{ settings.id }}"}
            """;

    @TempDir
    private Path state;

    private DeclaredBed bed;

    @BeforeEach
    void open() throws IOException {
        bed = new DeclaredBed();
        bed.answering(seen -> new DeclaredBed.Told(
                200, seen.path().startsWith("/token") ? "{\"access_token\":\"tok\",\"token\":\"other\"}" : "{}"));
    }

    @AfterEach
    void close() {
        bed.close();
    }

    private DeclaredBed.Seen sent(String head, Map<String, String> more) {
        Map<String, String> values = new HashMap<>(Map.of("host", bed.url(), "id", "app", "secret", "s3cret+/"));
        values.putAll(more);
        try (var transport = bed.open(state, head, values).transport()) {
            Reply reply = transport.send(POST, "");
            assertThat(reply).isInstanceOf(HttpAnswer.class);
        }
        return bed.seen.getLast();
    }

    @Test
    void aTokenGoesWhereTheConnectorSays() {
        String head = OAUTH + """
                auth:
                  type: oauth2_client_credentials
                  token_url: "{{ settings.host }}/token"
                  client_id: "{{ settings.id }}"
                  client_secret: "{{ settings.secret }}"
                  access_token: $.token
                  header: X-Session
                  scheme: ""
                """;
        DeclaredBed.Seen seen = sent(head, Map.of());
        assertThat(seen.headers()).containsEntry("x-session", "other").doesNotContainKey("authorization");
        assertThat(sent(head.replace("scheme: \"\"", "scheme: Token"), Map.of()).headers())
                .containsEntry("x-session", "Token other");
    }

    @Test
    void moreIsSaidToTheTokenEndpoint() throws IOException {
        String head = OAUTH + """
                auth:
                  type: oauth2_client_credentials
                  token_url: "{{ settings.host }}/token"
                  client_id: "{{ settings.id }}"
                  client_secret: "{{ settings.secret }}"
                  scope: a b
                  style: STYLE
                  extra: {audience: "https://x.example", tenant: "{{ settings.tenant? }}"}
                """;
        sent(head.replace("STYLE", "form"), Map.of());
        assertThat(bed.seen.getFirst().body())
                .isEqualTo("grant_type=client_credentials&client_id=app&client_secret=s3cret%2B%2F&scope=a+b"
                        + "&audience=https%3A%2F%2Fx.example");
        bed.seen.clear();
        sent(head.replace("STYLE", "json"), Map.of("tenant", "t\"1"));
        assertThat(bed.seen.getFirst().headers()).containsEntry("content-type", "application/json");
        assertThat(JSON.readTree(bed.seen.getFirst().body()))
                .isEqualTo(JSON.readTree("{\"grant_type\":\"client_credentials\",\"client_id\":\"app\","
                        + "\"client_secret\":\"s3cret+/\",\"scope\":\"a b\",\"audience\":\"https://x.example\","
                        + "\"tenant\":\"t\\\"1\"}"));
    }

    @Test
    void aRefreshAsksForItsScope() {
        sent(OAUTH + """
                auth:
                  type: oauth2_refresh
                  token_url: "{{ settings.host }}/token"
                  client_id: "{{ settings.id }}"
                  client_secret: "{{ settings.secret }}"
                  refresh_token: "{{ settings.secret }}"
                  scope: offline
                  style: basic
                """, Map.of());
        assertThat(bed.seen.getFirst().body())
                .isEqualTo("grant_type=refresh_token&refresh_token=s3cret%2B%2F&scope=offline");
        assertThat(bed.seen.getFirst().headers().get("authorization")).startsWith("Basic ");
    }

    @Test
    void anAssertionHasAllItsParts() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        String pem = "-----BEGIN PRIVATE KEY-----\\n"
                + Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded())
                + "\\n-----END PRIVATE KEY-----";
        sent(OAUTH + """
                auth:
                  type: oauth2_jwt
                  token_url: "{{ settings.host }}/token"
                  issuer: "{{ settings.id }}"
                  audience: https://login.example
                  private_key: "{{ settings.secret }}"
                  key_id: k-1
                  subject: "{{ settings.id }}"
                  algorithm: es256
                  lifetime: 1m
                  claims: {sub_type: enterprise, tenant: "{{ settings.tenant? }}"}
                  extra: {client_id: "{{ settings.id }}"}
                """, Map.of("secret", pem));
        String form = bed.seen.getFirst().body();
        assertThat(form).endsWith("&client_id=app");
        String assertion = form.replaceAll(".*&assertion=", "").replaceAll("&.*", "");
        String[] parts = URLDecoder.decode(assertion, StandardCharsets.UTF_8).split("\\.", -1);
        assertThat(json(parts[0])).isEqualTo(JSON.readTree("{\"alg\":\"ES256\",\"typ\":\"JWT\",\"kid\":\"k-1\"}"));
        long now = DeclaredBed.NOW.getEpochSecond();
        assertThat(json(parts[1]))
                .isEqualTo(JSON.readTree(
                        "{\"iss\":\"app\",\"sub\":\"app\",\"aud\":\"https://login.example\",\"sub_type\":\"enterprise\","
                                + "\"iat\":" + now + ",\"exp\":" + (now + 60) + "}"));
        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initVerify(pair.getPublic());
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
    }

    private static JsonNode json(String part) throws IOException {
        return JSON.readTree(Base64.getUrlDecoder().decode(part));
    }

    @ParameterizedTest
    @CsvSource({
        "sha1,HmacSHA1,body,seconds,1772359200,",
        "sha512,HmacSHA512,timestamp_body,millis,1772359200250,1772359200250.",
        "sha256,HmacSHA256,timestamp_body,iso,2026-03-01T10:00:00.250Z,2026-03-01T10:00:00.250Z."
    })
    void aSignatureIsMadeAsTheConnectorSays(
            String hash, String java, String of, String form, String time, String before) throws Exception {
        DeclaredBed.Seen seen =
                sent(OAUTH + """
                auth: {type: none}
                sign: {secret: "{{ settings.secret }}", header: X-Sig, algorithm: HASH, of: OF, timestamp_header: X-Time, timestamp: FORM}
                """.replace("HASH", hash).replace("OF", of).replace("FORM", form), Map.of());
        Mac mac = Mac.getInstance(java);
        mac.init(new SecretKeySpec("s3cret+/".getBytes(StandardCharsets.UTF_8), java));
        byte[] wanted = mac.doFinal(((before == null ? "" : before) + seen.body()).getBytes(StandardCharsets.UTF_8));
        assertThat(seen.headers())
                .containsEntry("x-time", time)
                .containsEntry("x-sig", HexFormat.of().formatHex(wanted));
    }

    @Test
    void aSignatureMayBeBase64() throws Exception {
        DeclaredBed.Seen seen = sent(OAUTH + """
                auth: {type: none}
                sign: {secret: "{{ settings.secret }}", header: X-Sig, encoding: base64}
                """, Map.of());
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("s3cret+/".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        byte[] wanted = mac.doFinal(seen.body().getBytes(StandardCharsets.UTF_8));
        assertThat(seen.headers()).containsEntry("x-sig", Base64.getEncoder().encodeToString(wanted));
    }

    @Test
    void furtherSecretsGoInHeadersAndAreShownNowhere() {
        String head = OAUTH + """
                headers: {X-Plain: "{{ settings.tenant? }}"}
                auth:
                  type: bearer
                  token: t
                  headers: {developer-token: "{{ settings.secret }}", login-id: "{{ settings.tenant? }}"}
                """;
        assertThat(sent(head, Map.of()).headers())
                .containsEntry("developer-token", "s3cret+/")
                .containsEntry("authorization", "Bearer t")
                .doesNotContainKeys("login-id", "x-plain");
        assertThat(sent(head, Map.of("tenant", "7")).headers()).containsEntry("login-id", "7");
        Opened opened = bed.open(state, head, Map.of("host", bed.url(), "id", "app", "secret", "canary"));
        try (var transport = opened.transport()) {
            assertThat(opened.toString() + transport + transport.login()).doesNotContain("canary");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '§', textBlock = """
            auth: {type: bearer, token: t, headers: {Host: x}}~is not for a connector to set
            auth: {type: bearer, token: t, headers: {"X Y": x}}~is not for a connector to set
            auth: {type: bearer, token: t, headers: {authorization: x}}~is set twice
            auth: {type: api_key, header: X-Key, value: t, headers: {x-key: x}}~is set twice
            auth: {type: bearer, token: t, headers: {X-App: "{{ row.key }}"}}~'row.key' is not known here
            auth: {type: bearer, token: t, headers: {X-App: x}}, headers: {x-app: y}~is set by auth or sign
            auth: {type: none}, sign: {secret: s, header: X-S, of: timestamp_body}~a time that nobody is told
            auth: {type: none}, sign: {secret: s, header: X-S, timestamp: iso}~a time that nobody is told
            auth: {type: none}, sign: {secret: s, header: X-S, timestamp_header: x-s}~is set twice
            auth: {type: none}, sign: {secret: s, header: X-S, algorithm: md5}~'algorithm' cannot be 'md5'
            auth: {type: oauth2_jwt, token_url: u, issuer: i, audience: a, private_key: p, claims: {exp: "1"}}~'exp' in claims
            auth: {type: oauth2_jwt, token_url: u, issuer: i, audience: a, private_key: p, extra: {assertion: x}}~'assertion' in extra
            """)
    void whatCannotBeMeantIsRefusedWhenItIsRead(String head, String expected) {
        String lines = "base_url: https://x.example\naccount: {of: x}\n"
                + head.replaceAll("\\}, (headers|sign):", "}\n$1:") + "\n";
        assertThat(DeclaredBed.problems(lines))
                .anySatisfy(
                        problem -> assertThat(problem).contains(expected).matches("connector\\.yaml:[0-9]+:[0-9]+ .*"));
    }

    @Test
    void aSettingThatHasNotItsFormIsRefused() {
        String head = OAUTH.replace("id: {}", "id: {pattern: \"[0-9]{3}\"}") + "auth: {type: none}\n";
        assertThat(sent(head, Map.of("id", "123")).path()).isEqualTo("/things");
        assertThatThrownBy(() -> sent(head, Map.of("id", "1234")))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("'id' of connection api")
                .hasMessageNotContaining("1234");
    }
}
