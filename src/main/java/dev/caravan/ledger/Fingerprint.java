package dev.caravan.ledger;

import dev.caravan.plan.PlannedWrite;
import dev.caravan.row.ValueCodec;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;

/** A plan row's fingerprint: SHA-256 over key, kind and mapped values, each with its length, so that no two rows share one. */
final class Fingerprint {

    private Fingerprint() {}

    static String of(PlannedWrite row) {
        MessageDigest digest = sha256();
        add(digest, row.key().encoded());
        add(digest, row.kind().name());
        new TreeMap<>(row.fields()).forEach((field, value) -> {
            add(digest, field);
            add(digest, ValueCodec.encode(value));
        });
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void add(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
