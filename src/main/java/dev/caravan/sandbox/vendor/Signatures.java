package dev.caravan.sandbox.vendor;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Keyed hashes, as vendors check them. */
public final class Signatures {

    private static final String HMAC_SHA256 = "HmacSHA256";

    private Signatures() {}

    /** HMAC-SHA256 of the text in UTF-8, as lower-case hex. */
    public static String hmacSha256(String key, String text) {
        return hmacSha256(key, text.getBytes(StandardCharsets.UTF_8));
    }

    /** HMAC-SHA256 of the bytes, as lower-case hex. */
    public static String hmacSha256(String key, byte[] bytes) {
        try {
            Mac mac = Mac.getInstance(HMAC_SHA256);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), HMAC_SHA256));
            return HexFormat.of().formatHex(mac.doFinal(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no " + HMAC_SHA256, e);
        }
    }
}
