package dev.caravan.store.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.Credentials;
import dev.caravan.store.sql.db.Database;
import dev.caravan.store.sql.db.Sql;
import dev.caravan.store.sql.db.Work;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A pool of connections to the server. Transactions go side by side, read committed; what must not is locked by the ledger's own
 * statements. The server commits groups by itself. A connection serves one caller at a time.
 */
final class PostgresDatabase implements Database {

    /** Batches on their way, plus whoever looks. */
    static final int MOST_CONNECTIONS = 12;

    /** Whoever looks for pauses, whoever renews the leases, and a person who pauses meanwhile. */
    private static final int MOST_URGENT = 3;

    /** Tries of a transaction that the server undoes in favour of another. */
    private static final int TRIES = 5;

    private final HikariDataSource pool;
    private final PostgresSettings settings;
    private final @Nullable PostgresDatabase urgent;

    private PostgresDatabase(HikariConfig config, PostgresSettings settings, @Nullable PostgresDatabase urgent) {
        this.pool = new HikariDataSource(config);
        this.settings = settings;
        this.urgent = urgent;
    }

    /** Connects, makes the schema if there is none, and brings it to the newest version. */
    static PostgresDatabase open(PostgresSettings settings) {
        PostgresDatabase urgent = new PostgresDatabase(urgentPool(settings), settings, null);
        PostgresDatabase database = new PostgresDatabase(pool(settings), settings, urgent);
        boolean ready = false;
        try {
            Migrations.apply(database, settings.schema());
            ready = true;
            return database;
        } finally {
            if (!ready) {
                database.close();
            }
        }
    }

    /** A server that was lost without a word is given up as well, so that the next look can find it again. */
    private static HikariConfig urgentPool(PostgresSettings settings) {
        HikariConfig config = pool(settings);
        config.setPoolName("caravan-urgent");
        config.setMaximumPoolSize(MOST_URGENT);
        config.addDataSourceProperty(
                "socketTimeout",
                Long.toString(Math.max(1, 2 * settings.patience().toSeconds())));
        return config;
    }

    private static HikariConfig pool(PostgresSettings settings) {
        HikariConfig config = new HikariConfig();
        long patience = settings.patience().toMillis();
        config.setPoolName("caravan-ledger");
        config.setJdbcUrl(settings.url());
        config.setCredentialsProvider(
                () -> Credentials.of(settings.user().get(), settings.password().get()));
        config.setMaximumPoolSize(MOST_CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(patience);
        config.setInitializationFailTimeout(-1);
        config.addDataSourceProperty("currentSchema", settings.schema());
        config.addDataSourceProperty("ApplicationName", "caravan");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        config.addDataSourceProperty("connectTimeout", Long.toString(Math.max(1, patience / 1_000)));
        // Nothing that is stored may stand in an error's text.
        config.addDataSourceProperty("logServerErrorDetail", "false");
        // A worker that was frozen in a transaction must not hold a lease's row for ever.
        config.setConnectionInitSql("SET synchronous_commit = on; SET lock_timeout = " + patience
                + "; SET idle_in_transaction_session_timeout = " + 2 * patience);
        return config;
    }

    @Override
    public <T> T write(Work<T> work) {
        for (int left = TRIES - 1; ; left--) {
            try (Connection connection = pool.getConnection()) {
                connection.setAutoCommit(false);
                T result = work.on(new Sql(connection, new PostgresDialect()));
                connection.commit();
                return result;
            } catch (SQLException e) {
                if (left == 0 || !PostgresFailure.again(e)) {
                    throw PostgresFailure.of(e, settings.address());
                }
            }
        }
    }

    @Override
    public <T> T read(Work<T> work) {
        try (Connection connection = pool.getConnection()) {
            return work.on(new Sql(connection, new PostgresDialect()));
        } catch (SQLException e) {
            throw PostgresFailure.of(e, settings.address());
        }
    }

    @Override
    public <T> Stream<T> stream(Sql.Mapper<T> mapper, String query, @Nullable Object... parameters) {
        return Cursor.open(pool, settings.address(), mapper, query, parameters);
    }

    @Override
    public Database urgent() {
        return urgent == null ? this : urgent;
    }

    @Override
    public void close() {
        if (urgent != null) {
            urgent.close();
        }
        pool.close();
    }
}
