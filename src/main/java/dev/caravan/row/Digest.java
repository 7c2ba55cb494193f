package dev.caravan.row;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 over a sequence of texts, each preceded by its length, so that no two sequences give the same bytes. One thread. */
public final class Digest {

    private final MessageDigest digest;

    /** A digest of nothing yet. */
    public Digest() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Covers one more text. */
    public Digest add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
        return this;
    }

    /** The digest as 64 lower-case hex digits. Ends the computation. */
    public String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
