package dev.caravan.transport.camel.auth;

import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Signs claims by RS256 (RFC 7515, 7518) with a private RSA key in PEM. */
public final class JwtAssertion {

    private static final Pattern PEM =
            Pattern.compile("-----BEGIN (RSA )?PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END (RSA )?PRIVATE KEY-----");
    private static final String HEADER = "{\"alg\":\"RS256\",\"typ\":\"JWT\"}";
    /** What PKCS#8 writes before the key of PKCS#1: version 0, and the algorithm rsaEncryption (RFC 5208, RFC 8017). */
    private static final byte[] BEFORE_RSA = HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

    private JwtAssertion() {}

    /**
     * The assertion: header, claims and signature, each in base64url.
     *
     * @param pem PKCS#8 or PKCS#1; line ends may be written as the two characters {@code \n}, as they are in an environment variable
     * @throws EnvironmentFailure when it is no such key, without a word of what it is
     */
    public static String rs256(String claims, String pem) {
        String signed =
                url(HEADER.getBytes(StandardCharsets.UTF_8)) + "." + url(claims.getBytes(StandardCharsets.UTF_8));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key(pem));
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + url(signature.sign());
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw unusable();
        }
    }

    private static PrivateKey key(String pem) throws GeneralSecurityException {
        Matcher found = PEM.matcher(pem.replace("\\n", "\n"));
        if (!found.find()) {
            throw unusable();
        }
        byte[] der = Base64.getMimeDecoder().decode(found.group(2));
        return KeyFactory.getInstance("RSA")
                .generatePrivate(new PKCS8EncodedKeySpec(found.group(1) == null ? der : wrapped(der)));
    }

    private static byte[] wrapped(byte[] rsa) {
        ByteArrayOutputStream inside = new ByteArrayOutputStream();
        inside.writeBytes(BEFORE_RSA);
        inside.writeBytes(element(0x04, rsa));
        return element(0x30, inside.toByteArray());
    }

    /** A DER element with its length in the long form, which is as good for a short one. */
    private static byte[] element(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int length = content.length;
        out.write(tag);
        if (length > 0xff) {
            out.writeBytes(new byte[] {(byte) 0x82, (byte) (length >> 8), (byte) length});
        } else {
            out.writeBytes(new byte[] {(byte) 0x81, (byte) length});
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static String url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static EnvironmentFailure unusable() {
        return new EnvironmentFailure(Problem.of(
                Code.DESTINATION_AUTH,
                "the private key for the log-in is no RSA key in PEM",
                "give the text of a file that begins with -----BEGIN PRIVATE KEY-----"));
    }
}
