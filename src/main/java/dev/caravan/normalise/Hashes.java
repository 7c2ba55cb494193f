package dev.caravan.normalise;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/** SHA-256 over UTF-8, and how it is written. */
final class Hashes {

    private static final int HEX_LENGTH = 64;

    private Hashes() {}

    static Normalised hex(String text) {
        return Normalised.of(HexFormat.of().formatHex(sha256(text)));
    }

    static Normalised upperHex(String text) {
        return Normalised.of(HexFormat.of().withUpperCase().formatHex(sha256(text)));
    }

    static Normalised base64(String text) {
        return Normalised.of(Base64.getEncoder().encodeToString(sha256(text)));
    }

    /** Whether a text is a SHA-256 already: 64 hex digits, whatever stands around them. */
    static boolean isHash(String text) {
        String hash = Texts.clean(text);
        return hash.length() == HEX_LENGTH && hash.chars().allMatch(HexFormat::isHexDigit);
    }

    /** A hash as another of the functions would have written it. */
    static Normalised rewritten(String hash, Named as) {
        byte[] bytes = HexFormat.of().parseHex(Texts.clean(hash));
        return Normalised.of(
                switch (as.name()) {
                    case "sha256.hex_upper" -> HexFormat.of().withUpperCase().formatHex(bytes);
                    case "sha256.base64" -> Base64.getEncoder().encodeToString(bytes);
                    default -> HexFormat.of().formatHex(bytes);
                });
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
