package dev.caravan.store.postgres;

import dev.caravan.store.sql.db.Damage;
import dev.caravan.store.sql.db.Sql;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;

/**
 * The ledger's versions: scripts with the numbers of those that do the same for SQLite, of which the table {@code version} says how many were applied, all in one transaction.
 * Several workers that start together do it one after the other. A schema of a newer Caravan is refused untouched.
 */
final class Migrations {

    /** Any number of ours: whoever migrates holds this lock of the database. */
    private static final long LOCK = 0x4341_5256_4C45_4447L;

    private static final List<String> SCRIPTS = List.of(
            "001-ledger.sql",
            "005-upkeep.sql",
            "006-pauses.sql",
            "007-words.sql",
            "008-checked-rows.sql",
            "009-who-said.sql",
            "010-spending.sql");

    private Migrations() {}

    static void apply(PostgresDatabase database, String schema) {
        long known = database.<Long>read(sql -> version(sql, schema));
        if (known > SCRIPTS.size()) {
            throw Damage.of("the ledger has version " + known + ", made by a newer Caravan than this, which knows "
                    + SCRIPTS.size() + "; run the newer one");
        }
        if (known < SCRIPTS.size()) {
            database.write(sql -> migrate(sql, schema));
        }
    }

    private static long migrate(Sql sql, String schema) throws SQLException {
        sql.first("SELECT pg_advisory_xact_lock(?)", row -> 0L, LOCK);
        long from = version(sql, schema);
        if (from == 0) {
            if (sql.number("SELECT count(*) FROM pg_namespace WHERE nspname = ?", schema) == 0) {
                sql.run("CREATE SCHEMA \"" + schema + "\"");
            }
            sql.run("CREATE TABLE version (number BIGINT NOT NULL)");
            sql.run("INSERT INTO version (number) VALUES (0)");
        }
        for (String script : SCRIPTS.subList((int) from, SCRIPTS.size())) {
            sql.run(script(script));
        }
        return sql.update("UPDATE version SET number = ?", (long) SCRIPTS.size());
    }

    private static long version(Sql sql, String schema) throws SQLException {
        boolean none =
                sql.number("SELECT count(*) FROM pg_tables WHERE schemaname = ? AND tablename = 'version'", schema)
                        == 0;
        return none ? 0 : sql.number("SELECT number FROM version");
    }

    private static String script(String name) {
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
