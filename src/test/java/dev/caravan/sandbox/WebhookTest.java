package dev.caravan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.sandbox.vendor.Signatures;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WebhookTest extends VendorTests {

    private static final String SECRET = "caravan-demo-webhook-secret";

    @Override
    String vendor() {
        return "webhook";
    }

    @Override
    String[] credentials() {
        return new String[0];
    }

    @Override
    Map<String, Object> settings() {
        return Map.of("wait_every", 4);
    }

    private Client.Answer send(String body, String key, String signature) throws Exception {
        return call("POST", "/hook", body, "X-Signature", signature, "Idempotency-Key", key);
    }

    @Test
    void aMessageIsTakenOnceAndTheKeyIsForOneBody() throws Exception {
        String body = "{\"id\":1}";
        String signature = "sha256=" + Signatures.hmacSha256(SECRET, body);
        assertThat(send(body, "k1", signature).status()).isEqualTo(202);
        Client.Answer again = send(body, "k1", signature);
        assertThat(again.status()).isEqualTo(202);
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        String other = "{\"id\":2}";
        assertThat(send(other, "k1", Signatures.hmacSha256(SECRET, other)).status())
                .isEqualTo(422);
        assertThat(sandbox.vendor("webhook").counts()).containsEntry("messages", 1);
        Client.Answer later = send(body, "k1", signature);
        assertThat(later.status()).isEqualTo(429);
        assertThat(ZonedDateTime.parse(later.header("Retry-After"), DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant())
                .isEqualTo(START.plusSeconds(1));
    }

    @Test
    void aSignatureMustFitTheBodyAndItsTime() throws Exception {
        String body = "{\"id\":1}";
        assertThat(send(body, "k1", Signatures.hmacSha256("other", body)).status())
                .isEqualTo(401);
        String now = String.valueOf(START.getEpochSecond());
        String old = String.valueOf(START.minusSeconds(301).getEpochSecond());
        assertThat(timed(body, now, Signatures.hmacSha256(SECRET, now + "." + body))
                        .status())
                .isEqualTo(202);
        assertThat(timed(body, now, Signatures.hmacSha256(SECRET, body)).status())
                .isEqualTo(401);
        assertThat(timed(body, old, Signatures.hmacSha256(SECRET, old + "." + body))
                        .status())
                .isEqualTo(401);
        assertThat(call("POST", "/hook", body, "X-Signature", Signatures.hmacSha256(SECRET, body))
                        .status())
                .as("without a key")
                .isEqualTo(400);
    }

    private Client.Answer timed(String body, String time, String signature) throws Exception {
        return call(
                "POST", "/hook", body, "X-Signature", signature, "X-Timestamp", time, "Idempotency-Key", "k" + time);
    }
}
