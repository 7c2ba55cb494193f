package dev.caravan.store.sqlite;

import dev.caravan.store.sql.db.Damage;
import dev.caravan.store.sql.db.Sql;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;

/**
 * The ledger's versions: numbered scripts, of which {@code user_version} says how many were applied. A file of another
 * program or of a newer Caravan is refused untouched.
 */
final class Migrations {

    /** Marks the file as a Caravan ledger for {@code file(1)} and for us. */
    private static final int APPLICATION_ID = 0x43415256;

    private static final List<String> SCRIPTS = List.of(
            "001-ledger.sql",
            "002-lost-writes.sql",
            "003-unresolved.sql",
            "004-rejections.sql",
            "005-upkeep.sql",
            "006-pauses.sql",
            "007-words.sql",
            "008-who-said.sql",
            "009-spending.sql");

    private Migrations() {}

    static void apply(Sql sql) throws SQLException {
        long application = sql.number("PRAGMA application_id");
        long version = sql.number("PRAGMA user_version");
        boolean empty = sql.number("SELECT count(*) FROM sqlite_schema") == 0;
        if (application != APPLICATION_ID && !empty) {
            throw Damage.of("the ledger's file is another program's database");
        }
        if (version > SCRIPTS.size()) {
            throw Damage.of("the ledger has version " + version + ", made by a newer Caravan than this, which knows "
                    + SCRIPTS.size() + "; run the newer one");
        }
        for (int next = (int) version; next < SCRIPTS.size(); next++) {
            sql.run("BEGIN IMMEDIATE");
            sql.run(script(SCRIPTS.get(next)));
            sql.run("PRAGMA application_id = " + APPLICATION_ID);
            sql.run("PRAGMA user_version = " + (next + 1));
            sql.run("COMMIT");
        }
    }

    static String script(String name) {
        try (InputStream text = Migrations.class.getResourceAsStream(name)) {
            if (text == null) {
                throw new IllegalStateException("the ledger's script " + name + " is not in the jar");
            }
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
