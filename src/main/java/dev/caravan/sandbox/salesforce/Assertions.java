package dev.caravan.sandbox.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.sandbox.spec.Login;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/**
 * Judges the assertions of the JWT bearer flow: signature, issuer, user, audience and end. That all of them are looked at rests on
 * documentation; the words of the refusals are not verified.
 */
final class Assertions {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Set<String> SERVICES = Set.of("https://login.salesforce.com", "https://test.salesforce.com");

    private final Login login;
    private final Optional<PublicKey> key;

    Assertions(Login login) {
        this.login = login;
        this.key = login.certificate().map(Assertions::key);
    }

    /** Whether the organisation's application takes assertions at all. */
    boolean taken() {
        return key.isPresent();
    }

    /** Why it is refused, as an {@code error_description}; empty if it is good. */
    Optional<String> refusal(String assertion, String base, Instant now) {
        String[] parts = assertion.split("\\.", -1);
        if (parts.length != 3 || !verified(parts)) {
            return Optional.of("invalid assertion");
        }
        JsonNode claims = claims(parts[1]);
        if (!claims.path("iss").asText().equals(login.clientId())) {
            return Optional.of("client identifier invalid");
        }
        String audience = claims.path("aud").asText();
        if (!SERVICES.contains(audience) && !audience.equals(base)) {
            return Optional.of("audience is invalid");
        }
        Instant end = Instant.ofEpochSecond(claims.path("exp").asLong());
        if (!end.isAfter(now) || end.isAfter(now.plus(LONGEST))) {
            return Optional.of("assertion is expired, or ends too late");
        }
        return claims.path("sub").asText().equals(login.username())
                ? Optional.empty()
                : Optional.of("user hasn't approved this consumer");
    }

    private boolean verified(String[] parts) {
        try {
            JsonNode header = claims(parts[0]);
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(key.orElseThrow());
            signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
            return header.path("alg").asText().equals("RS256")
                    && signature.verify(Base64.getUrlDecoder().decode(parts[2]));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    private static JsonNode claims(String part) {
        try {
            return JSON.readTree(Base64.getUrlDecoder().decode(part));
        } catch (IOException | IllegalArgumentException e) {
            return JSON.createObjectNode();
        }
    }

    /** A certificate's key, or a key by itself; throws {@code IllegalArgumentException} for what is neither. */
    static PublicKey key(String pem) {
        try {
            if (pem.contains("BEGIN CERTIFICATE")) {
                return CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))
                        .getPublicKey();
            }
            String inner = pem.replaceAll("-----[A-Z ]+-----", "");
            byte[] der = Base64.getMimeDecoder().decode(inner);
            return KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("neither a certificate nor a public RSA key in PEM", e);
        }
    }
}
