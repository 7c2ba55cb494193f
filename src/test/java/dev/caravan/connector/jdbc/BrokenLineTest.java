package dev.caravan.connector.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.connector.jdbc.CutProxy.Cut;
import dev.caravan.connector.jdbc.sql.Dialect;
import dev.caravan.connector.jdbc.sql.MySqlDialect;
import dev.caravan.connector.jdbc.sql.PostgresDialect;
import dev.caravan.row.Value;
import dev.caravan.store.postgres.PostgresServer;
import dev.caravan.store.postgres.PostgresSettings;
import dev.caravan.transport.Reply;
import dev.caravan.transport.SqlAnswer;
import dev.caravan.transport.SqlRequest;
import dev.caravan.transport.SqlRequest.Statement;
import dev.caravan.transport.SqlRequest.Wants;
import dev.caravan.transport.jdbc.JdbcSettings;
import dev.caravan.transport.jdbc.JdbcTransport;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is told of a transaction whose connection is cut, and what the database then holds. */
class BrokenLineTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** A server and a table of its own there. */
    enum Server {
        POSTGRESQL,
        MARIADB
    }

    private PostgresSettings place = PostgresServer.settings("broken");

    @ParameterizedTest
    @EnumSource
    void beforeTheCommitNothingIsApplied(Server server) throws Exception {
        assertThat(cut(server, Cut.BEFORE, "INSERT INTO broken")).isEqualTo("refused 0 rows");
        assertThat(cut(server, Cut.AFTER, "INSERT INTO broken")).isEqualTo("refused 0 rows");
    }

    @ParameterizedTest
    @EnumSource
    void atTheCommitNobodyKnows(Server server) throws Exception {
        assertThat(cut(server, Cut.BEFORE, "COMMIT")).isEqualTo("lost 0 rows");
        assertThat(cut(server, Cut.AFTER, "COMMIT")).isEqualTo("lost 1 rows");
    }

    @ParameterizedTest
    @EnumSource
    void afterwardsItWorksAgain(Server server) throws Exception {
        assertThat(cut(server, Cut.NEVER, "")).isEqualTo("committed 1 rows");
    }

    @Test
    void aServerThatIsNotThereIsRefusedAtOnce() {
        try (JdbcTransport transport = new JdbcTransport(
                PostgresTest.settings("127.0.0.1:1/postgres", new PostgresDialect("public")), System::nanoTime)) {
            assertThat(transport.login())
                    .isInstanceOfSatisfying(
                            Reply.NotSent.class, not -> assertThat(not.reason()).isEqualTo("refused"));
        }
    }

    @Test
    void aClosedGateLetsNothingOut() {
        try (JdbcTransport transport = new JdbcTransport(
                PostgresTest.settings(place.address(), new PostgresDialect("public")), System::nanoTime)) {
            assertThat(transport.send(insert(), "", () -> java.util.Optional.of("paused")))
                    .isInstanceOfSatisfying(
                            Reply.NotSent.class, not -> assertThat(not.reason()).isEqualTo("paused"));
        }
    }

    private String cut(Server server, Cut where, String words) throws SQLException, IOException {
        table(server);
        try (CutProxy proxy = new CutProxy(port(server));
                JdbcTransport transport = new JdbcTransport(settings(server, proxy.port()), System::nanoTime)) {
            assertThat(transport.login()).isInstanceOf(Reply.Answer.class);
            proxy.cut(where, words);
            String told = switch (transport.send(insert(), "")) {
                case Reply.NotSent not -> not.reason();
                case Reply.Lost lost -> "lost";
                case SqlAnswer answer -> answer.refusal().isPresent() ? "undone" : "committed";
                case Reply.Answer other -> "foreign";
            };
            proxy.cut(Cut.NEVER, "");
            assertThat(transport.login()).as("it connects anew").isInstanceOf(Reply.Answer.class);
            return told + " " + rows(server) + " rows";
        }
    }

    private static SqlRequest insert() {
        return SqlRequest.write(
                List.of(new Statement(
                        "INSERT INTO broken (k) VALUES (?)", Wants.COUNT, List.of(List.of(new Value.Text("1"))))),
                TIMEOUT);
    }

    private int port(Server server) {
        return switch (server) {
            case POSTGRESQL -> Integer.parseInt(place.address().replaceFirst(".*:(\\d+)/.*", "$1"));
            case MARIADB -> MariaDbServer.port();
        };
    }

    private static JdbcSettings settings(Server server, int port) {
        Dialect postgres = new PostgresDialect("public");
        return switch (server) {
            case POSTGRESQL -> PostgresTest.settings("127.0.0.1:" + port + "/postgres", postgres);
            case MARIADB -> MariaDbTest.settings("127.0.0.1:" + port + "/d", new MySqlDialect());
        };
    }

    private Connection connect(Server server) throws SQLException {
        return switch (server) {
            case POSTGRESQL -> PostgresServer.connect(PostgresServer.settings("public"));
            case MARIADB -> MariaDbServer.connect();
        };
    }

    private void table(Server server) throws SQLException {
        try (Connection connection = connect(server);
                java.sql.Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS broken");
            statement.execute("CREATE TABLE broken (k varchar(9) PRIMARY KEY)");
        }
    }

    private int rows(Server server) throws SQLException {
        try (Connection connection = connect(server);
                java.sql.Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT count(*) FROM broken")) {
            found.next();
            return found.getInt(1);
        }
    }
}
