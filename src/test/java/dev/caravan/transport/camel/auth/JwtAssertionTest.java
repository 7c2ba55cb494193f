package dev.caravan.transport.camel.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.problem.CaravanException.EnvironmentFailure;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is signed can be verified with the public key, whichever way the private one is written down. */
class JwtAssertionTest {

    private static final String CLAIMS = "{\"iss\":\"é\"}";
    /** Where the PKCS#1 key begins in the PKCS#8 form of a key of 2,048 bits. */
    private static final int INNER = 26;

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
}
