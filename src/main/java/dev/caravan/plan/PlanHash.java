package dev.caravan.plan;

import dev.caravan.row.ValueCodec;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;

/**
 * A plan's hash: SHA-256 over the base and over every row in key order, each text preceded by its length. Covers what
 * would be written and on what it stands, and nothing that depends on time, so planning the same again gives the same.
 */
public final class PlanHash {

    private final MessageDigest digest;

    /** A hash that so far covers the mapping and the base. */
    public PlanHash(String mapping, Plan.Base base) {
        digest = sha256();
        add(mapping);
        add(base.mappingVersion());
        add(base.target());
        add(Long.toString(base.generation()));
    }

    /** Covers one more row; rows come in ordinal order. */
    public void add(PlannedWrite row) {
        add(row.key().encoded());
        add(row.kind().name());
        add(row.held().orElse(""));
        add(Integer.toString(row.fields().size()));
        new TreeMap<>(row.fields()).forEach((field, value) -> {
            add(field);
            add(ValueCodec.encode(value));
        });
    }

    /** The hash as lower-case hex. Ends the computation. */
    public String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }

    private void add(String text) {
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
