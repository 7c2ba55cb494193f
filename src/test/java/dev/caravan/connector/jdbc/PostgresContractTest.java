package dev.caravan.connector.jdbc;

import dev.caravan.connector.jdbc.sql.Dialect;
import dev.caravan.connector.jdbc.sql.PostgresDialect;
import dev.caravan.store.postgres.PostgresServer;
import dev.caravan.store.postgres.PostgresSettings;
import dev.caravan.transport.Transport;
import dev.caravan.transport.jdbc.JdbcTransport;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;

/** PostgreSQL's tables keep the contract of destinations. */
class PostgresContractTest extends TablesContract {

    private final PostgresSettings place = PostgresServer.fresh();

    @Override
    @BeforeEach
    void makeTable() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA " + place.schema());
        }
        super.makeTable();
    }

    @Override
    Dialect dialect() {
        return new PostgresDialect(place.schema());
    }

    @Override
    Transport open() {
        return new JdbcTransport(PostgresTest.settings(place.address(), dialect(), CANARY), System::nanoTime);
    }

    @Override
    Connection connect() throws SQLException {
        return PostgresServer.connect(place);
    }
}
