package dev.caravan.transport.camel.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.problem.CaravanException.EnvironmentFailure;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is signed can be verified with the public key, whichever way the private one is written down. */
class JwtAssertionTest {

    private static final String CLAIMS = "{\"iss\":\"é\"}";
    /** Where the PKCS#1 key begins in the PKCS#8 form of a key of 2,048 bits. */
    private static final int INNER = 26;
    /** Where the key of SEC 1 begins in the PKCS#8 form of a key on P-256. */
    private static final int INNER_EC = 28;

    private static KeyPair pair;

    @BeforeAll
    static void generate() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        pair = generator.generateKeyPair();
    }

    private static String pem(String kind, byte[] der) {
        String lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(der);
        return "-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n";
    }

    private static void assertVerifies(String assertion) throws GeneralSecurityException {
        String[] parts = assertion.split("\\.", -1);
        assertThat(parts).hasSize(3);
        assertThat(new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8))
                .isEqualTo("{\"alg\":\"RS256\",\"typ\":\"JWT\"}");
        assertThat(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8))
                .isEqualTo(CLAIMS);
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(pair.getPublic());
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
    }

    @Test
    void aKeyOfEitherFormSigns() throws GeneralSecurityException {
        byte[] whole = pair.getPrivate().getEncoded();
        assertVerifies(JwtAssertion.rs256(CLAIMS, pem("PRIVATE KEY", whole)));
        byte[] inner = Arrays.copyOfRange(whole, INNER, whole.length);
        assertVerifies(JwtAssertion.rs256(CLAIMS, pem("RSA PRIVATE KEY", inner)));
        assertVerifies(JwtAssertion.rs256(CLAIMS, pem("PRIVATE KEY", whole).replace("\n", "\\n")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "canary-key",
                "-----BEGIN PRIVATE KEY-----\ncanarykey\n-----END PRIVATE KEY-----",
                "-----BEGIN RSA PRIVATE KEY-----\nA\n-----END RSA PRIVATE KEY-----",
                "-----BEGIN PUBLIC KEY-----\ncanarykey\n-----END PUBLIC KEY-----"
            })
    void whatIsNoKeyIsToldWithoutShowingIt(String pem) {
        assertThatThrownBy(() -> JwtAssertion.rs256(CLAIMS, pem))
                .isInstanceOf(EnvironmentFailure.class)
                .hasMessageContaining("no RSA key in PEM")
                .hasMessageNotContaining("canary")
                .hasNoCause();
    }

    private static KeyPair curve(String name) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(name));
        return generator.generateKeyPair();
    }

    @Test
    void aKeyOnTheCurveSignsToo() throws GeneralSecurityException {
        KeyPair key = curve("secp256r1");
        byte[] whole = key.getPrivate().getEncoded();
        byte[] inner = Arrays.copyOfRange(whole, INNER_EC, whole.length);
        for (String pem : List.of(pem("PRIVATE KEY", whole), pem("EC PRIVATE KEY", inner))) {
            String[] parts = JwtAssertion.signed(JwtAssertion.Algorithm.ES256, Optional.of("k\"1"), CLAIMS, pem)
                    .split("\\.", -1);
            assertThat(new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8))
                    .isEqualTo("{\"alg\":\"ES256\",\"typ\":\"JWT\",\"kid\":\"k\\\"1\"}");
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initVerify(key.getPublic());
            signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
            assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2])))
                    .isTrue();
        }
    }

    @Test
    void aKeyOfAnotherKindDoesNot() throws GeneralSecurityException {
        String other = pem("PRIVATE KEY", curve("secp384r1").getPrivate().getEncoded());
        String rsa = pem("PRIVATE KEY", pair.getPrivate().getEncoded());
        for (String pem : List.of(other, rsa)) {
            assertThatThrownBy(() -> JwtAssertion.signed(JwtAssertion.Algorithm.ES256, Optional.empty(), CLAIMS, pem))
                    .isInstanceOf(EnvironmentFailure.class)
                    .hasMessageContaining("no P-256 key in PEM");
        }
        assertThatThrownBy(() -> JwtAssertion.rs256(CLAIMS, other)).hasMessageContaining("no RSA key in PEM");
    }
}
