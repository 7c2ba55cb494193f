package dev.caravan.store.sql;

import dev.caravan.ledger.Decisions.AuditEntry;
import dev.caravan.ledger.Decisions.Decision;
import dev.caravan.store.sql.db.Sql;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;

/**
 * The audit (invariant I18). An entry's hash is SHA-256 over the hash before it and its own parts, each with its length in
 * bytes, so an entry cannot be changed, left out or moved without breaking every later hash.
 */
final class AuditChain {

    private static final String FIRST = "0".repeat(64);

    private AuditChain() {}

    static int append(Sql sql, String action, String subject, Decision decision) throws SQLException {
        String previous = sql.first("SELECT hash FROM audit ORDER BY id DESC LIMIT 1", row -> row.getString(1))
                .orElse(FIRST);
        String at = Long.toString(Sql.micros(decision.at()));
        return sql.update(
                "INSERT INTO audit (at, who, action, subject, why, previous, hash) VALUES (?, ?, ?, ?, ?, ?, ?)",
                decision.at(),
                decision.who(),
                action,
                subject,
                decision.why(),
                previous,
                hash(previous, at, decision.who(), action, subject, decision.why()));
    }

    static List<AuditEntry> newest(Sql sql, int limit) throws SQLException {
        return sql.all(
                "SELECT * FROM audit ORDER BY id DESC LIMIT ?",
                row -> new AuditEntry(
                        row.getLong("id"),
                        Sql.instant(row, "at"),
                        row.getString("who"),
                        row.getString("action"),
                        row.getString("subject"),
                        row.getString("why")),
                limit);
    }

    static String hash(String... parts) {
        MessageDigest digest = sha256();
        for (String part : parts) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
            digest.update(bytes);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
