package dev.caravan.transport.camel.auth;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Signs claims by RS256 or ES256 (RFC 7515, 7518) with a private key in PEM. */
public final class JwtAssertion {

    private static final Pattern PEM = Pattern.compile(
            "-----BEGIN (RSA |EC )?PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END (RSA |EC )?PRIVATE KEY-----");
    private static final ObjectMapper JSON = new ObjectMapper();
    /** What PKCS#8 writes before the key of PKCS#1: version 0, and the algorithm rsaEncryption (RFC 5208, RFC 8017). */
    private static final byte[] BEFORE_RSA = HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");
    /** The same before a key of SEC 1: ecPublicKey on prime256v1 (RFC 5480). */
    private static final byte[] BEFORE_EC = HexFormat.of().parseHex("020100301306072a8648ce3d020106082a8648ce3d030107");

    private static final int P256_BITS = 256;

    private JwtAssertion() {}

    /** The kinds of signature. */
    public enum Algorithm {
        /** PKCS#1 v1.5 with SHA-256, by an RSA key. */
        RS256("RSA", "SHA256withRSA", "RSA"),
        /** ECDSA with SHA-256, by a key on P-256; the signature is both numbers, 32 bytes each. */
        ES256("EC", "SHA256withECDSAinP1363Format", "P-256");

        private final String family;
        private final String signature;
        private final String words;

        Algorithm(String family, String signature, String words) {
            this.family = family;
            this.signature = signature;
            this.words = words;
        }
    }

    /**
     * How assertions are signed.
     *
     * @param keyId the header's {@code kid}, read at each log-in
     */
    public record Signer(Algorithm algorithm, Optional<Supplier<String>> keyId) {

        /** RS256 without a key id. */
        public static final Signer RS256 = new Signer(Algorithm.RS256, Optional.empty());
    }

    /** The assertion, signed by RS256 without a key id. */
    public static String rs256(String claims, String pem) {
        return signed(Algorithm.RS256, Optional.empty(), claims, pem);
    }

    /**
     * The assertion: header, claims and signature, each in base64url.
     *
     * @param keyId the header's {@code kid}
     * @param pem PKCS#8, PKCS#1 or SEC 1; line ends may be written as the two characters {@code \n}, as they are in an environment variable
     * @throws EnvironmentFailure when it is no such key, without a word of what it is
     */
    public static String signed(Algorithm algorithm, Optional<String> keyId, String claims, String pem) {
        ObjectNode header = JSON.createObjectNode().put("alg", algorithm.name()).put("typ", "JWT");
        keyId.ifPresent(id -> header.put("kid", id));
        String signed = url(header.toString().getBytes(StandardCharsets.UTF_8)) + "."
                + url(claims.getBytes(StandardCharsets.UTF_8));
        try {
            Signature signature = Signature.getInstance(algorithm.signature);
            signature.initSign(key(algorithm, pem));
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + url(signature.sign());
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw unusable(algorithm);
        }
    }

    private static PrivateKey key(Algorithm algorithm, String pem) throws GeneralSecurityException {
        Matcher found = PEM.matcher(pem.replace("\\n", "\n"));
        if (!found.find()) {
            throw unusable(algorithm);
        }
        byte[] der = Base64.getMimeDecoder().decode(found.group(2));
        PrivateKey key = KeyFactory.getInstance(algorithm.family)
                .generatePrivate(new PKCS8EncodedKeySpec(found.group(1) == null ? der : wrapped(algorithm, der)));
        if (key instanceof ECKey curve
                && curve.getParams().getCurve().getField().getFieldSize() != P256_BITS) {
            throw unusable(algorithm);
        }
        return key;
    }

    private static byte[] wrapped(Algorithm algorithm, byte[] bare) {
        ByteArrayOutputStream inside = new ByteArrayOutputStream();
        inside.writeBytes(
                switch (algorithm) {
                    case RS256 -> BEFORE_RSA;
                    case ES256 -> BEFORE_EC;
                });
        inside.writeBytes(element(0x04, bare));
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

    private static EnvironmentFailure unusable(Algorithm algorithm) {
        return new EnvironmentFailure(Problem.of(
                Code.DESTINATION_AUTH,
                "the private key for the log-in is no " + algorithm.words + " key in PEM",
                "give the text of a file that begins with -----BEGIN PRIVATE KEY-----"));
    }
}
