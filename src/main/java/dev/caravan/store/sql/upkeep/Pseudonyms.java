package dev.caravan.store.sql.upkeep;

import dev.caravan.mapping.MappingId;
import dev.caravan.row.RowKey;
import dev.caravan.store.sql.db.Sql;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What stands in place of a forgotten key: HMAC-SHA-256 under a secret of this ledger, which is made when it is first needed. Who has
 * the ledger can tell whether a key he knows was forgotten, and not which keys were.
 */
final class Pseudonyms {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int BYTES = 32;

    private Pseudonyms() {}

    static String of(Sql sql, MappingId mapping, RowKey key) throws SQLException {
        byte[] text = (mapping.value() + "\n" + key.encoded()).getBytes(StandardCharsets.UTF_8);
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(HexFormat.of().parseHex(secret(sql)), ALGORITHM));
            return RowKey.FORGOTTEN
                    + HexFormat.of().formatHex(mac.doFinal(text)).substring(0, BYTES);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    private static String secret(Sql sql) throws SQLException {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        sql.update(
                "INSERT INTO secret (name, value) VALUES ('forgotten', ?) ON CONFLICT DO NOTHING",
                HexFormat.of().formatHex(bytes));
        return sql.first("SELECT value FROM secret WHERE name = 'forgotten'", row -> row.getString(1))
                .orElseThrow();
    }
}
