package dev.caravan.store.sql;

import dev.caravan.ledger.Decisions.AuditEntry;
import dev.caravan.ledger.Decisions.Decision;
import dev.caravan.store.sql.db.Database;
import dev.caravan.store.sql.db.Sql;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The audit (invariant I18). An entry's hash is SHA-256 over the hash before it and its own parts, each with its length in
 * bytes, so an entry cannot be changed, left out or moved without breaking every later hash.
 */
public final class AuditChain {

    private static final String FIRST = "0".repeat(64);

    private AuditChain() {}

    /** Appends an entry in the caller's transaction. */
    public static int append(Sql sql, String action, String subject, Decision decision) throws SQLException {
        sql.lockTable("audit");
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

    /**
     * Walks the chain from its first entry.
     *
     * @param entries how many entries hold
     * @param head the hash of the last that holds
     * @param broken what the first entry that does not hold is; empty if all do
     */
    public record Walk(long entries, String head, Optional<String> broken) {}

    /** Looks at every entry. An entry that was changed, left out, put in or moved breaks the chain; a cut at its end does not. */
    public static Walk walk(Database db) {
        long entries = 0;
        String head = FIRST;
        try (Stream<Link> links = db.stream(Link::of, "SELECT * FROM audit ORDER BY id")) {
            for (Iterator<Link> each = links.iterator(); each.hasNext(); entries++) {
                Link link = each.next();
                if (!link.previous().equals(head)) {
                    return new Walk(
                            entries, head, Optional.of("entry " + link.id() + " does not follow the one before it"));
                }
                if (!link.hash().equals(link.expected())) {
                    return new Walk(entries, head, Optional.of("entry " + link.id() + " was changed"));
                }
                head = link.hash();
            }
        }
        return new Walk(entries, head, Optional.empty());
    }

    private record Link(long id, String previous, String hash, String expected) {
        static Link of(ResultSet row) throws SQLException {
            String previous = row.getString("previous");
            return new Link(
                    row.getLong("id"),
                    previous,
                    row.getString("hash"),
                    AuditChain.hash(
                            previous,
                            Long.toString(row.getLong("at")),
                            row.getString("who"),
                            row.getString("action"),
                            row.getString("subject"),
                            row.getString("why")));
        }
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
