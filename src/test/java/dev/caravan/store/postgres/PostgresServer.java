package dev.caravan.store.postgres;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL server, started once a JVM by the first test that asks and stopped at its end. Each test has a schema of its own.
 * There are binaries for Linux on x86-64; elsewhere the tests that need it are skipped.
 */
public final class PostgresServer {

    private static final AtomicInteger SCHEMAS = new AtomicInteger();
    private static @Nullable EmbeddedPostgres server;

    private PostgresServer() {}

    /** Settings of a ledger that nobody has used. */
    public static PostgresSettings fresh() {
        return settings("t" + SCHEMAS.incrementAndGet());
    }

    public static PostgresSettings settings(String schema) {
        return new PostgresSettings(
                "127.0.0.1:" + start().getPort() + "/postgres",
                "jdbc:postgresql://127.0.0.1:" + start().getPort() + "/postgres",
                schema,
                () -> "postgres",
                () -> "postgres",
                Duration.ofSeconds(5));
    }

    /** A clock that leases ask. */
    static ServerClock clock() {
        return new ServerClock(ServerClock.SERVER_TIME, System::nanoTime, InstantSource.system());
    }

    /** Runs a statement of a test in the ledger's schema. */
    public static void run(PostgresSettings settings, String statement) throws SQLException {
        try (Connection connection = start().getPostgresDatabase().getConnection();
                Statement sql = connection.createStatement()) {
            sql.execute("SET search_path = " + settings.schema());
            sql.execute(statement);
        }
    }

    /** A connection to the ledger's schema, for a test that says much. */
    public static Connection connect(PostgresSettings settings) throws SQLException {
        Connection connection = start().getPostgresDatabase().getConnection();
        try (Statement sql = connection.createStatement()) {
            sql.execute("SET search_path = " + settings.schema());
        }
        return connection;
    }

    private static synchronized EmbeddedPostgres start() {
        assumeTrue(
                System.getProperty("os.name").equals("Linux")
                        && System.getProperty("os.arch").equals("amd64"),
                "skipped: there is a PostgreSQL server for tests on Linux, x86-64, alone");
        EmbeddedPostgres known = server;
        if (known == null) {
            try {
                known = EmbeddedPostgres.builder()
                        // What survives a power cut is the server's business; the tests ask whether we wait for it.
                        .setServerConfig("fsync", "off")
                        .setServerConfig("max_connections", "200")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            server = known;
            Runtime.getRuntime().addShutdownHook(new Thread(PostgresServer::stop));
        }
        return known;
    }

    private static synchronized void stop() {
        try {
            if (server != null) {
                server.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
