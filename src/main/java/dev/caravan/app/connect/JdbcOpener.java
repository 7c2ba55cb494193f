package dev.caravan.app.connect;

import dev.caravan.config.settings.Connection.Declared;
import dev.caravan.config.settings.Connection.DuckDb;
import dev.caravan.config.settings.Limits;
import dev.caravan.connector.jdbc.JdbcDestination;
import dev.caravan.connector.jdbc.JdbcSpec;
import dev.caravan.connector.jdbc.sql.Dialect;
import dev.caravan.connector.jdbc.sql.DuckDbDialect;
import dev.caravan.connector.jdbc.sql.MySqlDialect;
import dev.caravan.connector.jdbc.sql.PostgresDialect;
import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.row.Digest;
import dev.caravan.transport.jdbc.JdbcSettings;
import dev.caravan.transport.jdbc.JdbcSettings.Driver;
import dev.caravan.transport.jdbc.JdbcTransport;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Opens connections to databases. */
public final class JdbcOpener implements Opener<Declared> {

    static final Limits LIMITS = new Limits(BigDecimal.valueOf(20), 4, BigDecimal.ONE, Optional.empty());

    /** One request at a time has the file open. */
    static final Limits ONE_FILE = new Limits(BigDecimal.valueOf(50), 1, BigDecimal.ONE, Optional.empty());

    private static final int MARK = 16;

    private final Driver driver;

    /** Opens what this driver reaches over a network. */
    public JdbcOpener(Driver driver) {
        this.driver = driver;
    }

    @Override
    public Opened open(Declared connection, Surroundings surroundings) {
        connection.missing().stream().findFirst().ifPresent(problem -> {
            throw new EnvironmentFailure(problem);
        });
        String url = connection.value("url").orElse("");
        Dialect dialect = driver == Driver.MYSQL
                ? new MySqlDialect()
                : new PostgresDialect(connection.value("schema").orElse("public"));
        DatabaseAddress address = driver == Driver.MYSQL
                ? DatabaseAddress.of(url, Set.of("mysql", "mariadb"), 3306, connection.place())
                : DatabaseAddress.of(url, Set.of("postgresql", "postgres"), 5432, connection.place());
        JdbcSpec standard = JdbcSpec.of(dialect);
        JdbcSpec spec = new JdbcSpec(
                dialect,
                connection.value("dedupe_column").orElse(JdbcSpec.DEDUPE_COLUMN),
                standard.batchRows(),
                standard.timeout(),
                connection.zombieWindow().orElse(standard.zombieWindow()));
        Limits limits = connection.limits().orElse(LIMITS);
        Map<String, String> properties = new HashMap<>(address.options());
        properties.putAll(dialect.properties(spec.timeout()));
        JdbcSettings settings = new JdbcSettings(
                address.shown(),
                address.jdbc(driver == Driver.MYSQL ? "mariadb" : "postgresql"),
                () -> connection.value("user").orElse(""),
                () -> connection.value("password").orElse(""),
                properties,
                dialect.session(spec.timeout()),
                dialect.identity(),
                driver,
                limits.concurrency(),
                spec.timeout());
        return new Opened(
                new JdbcDestination(spec), new JdbcTransport(settings, System::nanoTime), ConnectionUse.of(limits));
    }

    /** A file of DuckDB as a destination. Its account is its path, of which a mark alone is kept. */
    static Opened open(DuckDb file) {
        Dialect dialect = new DuckDbDialect();
        JdbcSpec spec = JdbcSpec.of(dialect);
        String path = file.path().toAbsolutePath().normalize().toString();
        JdbcSettings settings = new JdbcSettings(
                "duckdb-" + new Digest().add(path).hex().substring(0, MARK),
                "jdbc:duckdb:" + path,
                () -> "",
                () -> "",
                dialect.properties(spec.timeout()),
                dialect.session(spec.timeout()),
                dialect.identity(),
                Driver.DUCKDB,
                ONE_FILE.concurrency(),
                spec.timeout());
        return new Opened(
                new JdbcDestination(spec), new JdbcTransport(settings, System::nanoTime), ConnectionUse.of(ONE_FILE));
    }
}
