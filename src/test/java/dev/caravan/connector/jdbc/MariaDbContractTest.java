package dev.caravan.connector.jdbc;

import dev.caravan.connector.jdbc.sql.Dialect;
import dev.caravan.connector.jdbc.sql.MySqlDialect;
import dev.caravan.transport.Transport;
import dev.caravan.transport.jdbc.JdbcTransport;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;

/** MariaDB's tables keep the contract of destinations. */
class MariaDbContractTest extends TablesContract {

    @Override
    @BeforeEach
    void makeTable() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE d; CREATE DATABASE d CHARACTER SET utf8mb4");
        }
        super.makeTable();
    }

    @Override
    Dialect dialect() {
        return new MySqlDialect();
    }

    @Override
    Transport open() {
        return new JdbcTransport(
                MariaDbTest.settings("127.0.0.1:" + MariaDbServer.port() + "/d", dialect(), CANARY), System::nanoTime);
    }

    @Override
    Connection connect() throws SQLException {
        return MariaDbServer.connect();
    }
}
