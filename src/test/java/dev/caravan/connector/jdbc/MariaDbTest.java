package dev.caravan.connector.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.connector.jdbc.sql.Dialect;
import dev.caravan.connector.jdbc.sql.MySqlDialect;
import dev.caravan.destination.Action;
import dev.caravan.destination.Described;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Write;
import dev.caravan.mapping.TargetField;
import dev.caravan.mapping.TargetField.Kind;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.row.Value;
import dev.caravan.transport.Transport;
import dev.caravan.transport.jdbc.JdbcSettings;
import dev.caravan.transport.jdbc.JdbcSettings.Driver;
import dev.caravan.transport.jdbc.JdbcTransport;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** MariaDB, over a real server. */
class MariaDbTest extends JdbcContract {

    @Override
    @BeforeEach
    void setUp() throws SQLException {
        run("DROP DATABASE d; CREATE DATABASE d CHARACTER SET utf8mb4");
        super.setUp();
    }

    @Override
    Dialect dialect() {
        return new MySqlDialect();
    }

    static JdbcSettings settings(String address, Dialect dialect) {
        return settings(address, dialect, "");
    }

    static JdbcSettings settings(String address, Dialect dialect, String password) {
        return new JdbcSettings(
                address,
                "jdbc:mariadb://" + address,
                () -> "root",
                () -> password,
                dialect.properties(Duration.ofSeconds(10)),
                dialect.session(Duration.ofSeconds(10)),
                dialect.identity(),
                Driver.MYSQL,
                4,
                Duration.ofSeconds(10));
    }

    @Override
    Transport open() {
        return new JdbcTransport(settings("127.0.0.1:" + MariaDbServer.port() + "/d", dialect()), System::nanoTime);
    }

    @Override
    Connection connect() throws SQLException {
        return MariaDbServer.connect();
    }

    @Override
    List<String> timeTypes() {
        return List.of("timestamp(6)", "datetime(6)");
    }

    @Override
    String bytesType() {
        return "varbinary(256)";
    }

    @Override
    void notNull(String table, String column, String type) throws SQLException {
        run("ALTER TABLE " + table + " MODIFY " + column + " " + type + " NOT NULL");
    }

    @Override
    Instant instant(String query) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET time_zone = '+00:00'");
            try (ResultSet found = statement.executeQuery("SELECT CAST(z AS CHAR) FROM (" + query + ") q")) {
                found.next();
                return LocalDateTime.parse(found.getString(1).replace(' ', 'T')).toInstant(ZoneOffset.UTC);
            }
        }
    }

    @Test
    void bytesHaveLengthsAndPaddedOnesAreWhole() throws SQLException {
        run("CREATE TABLE sizes (k int PRIMARY KEY, fixed binary(4), most varbinary(3), tiny tinyblob, big longblob,"
                + " plain longtext)");
        TargetSchema schema = schema("sizes");
        assertThat(schema.fields())
                .extracting(TargetField::kind)
                .containsExactly(Kind.INTEGER, Kind.BINARY, Kind.BINARY, Kind.BINARY, Kind.BINARY, Kind.TEXT);

        assertThat(misfit(schema, "fixed", 3)).contains("too_short");
        assertThat(misfit(schema, "fixed", 4)).isEmpty();
        assertThat(misfit(schema, "fixed", 5)).contains("too_long");
        assertThat(misfit(schema, "most", 2)).isEmpty();
        assertThat(misfit(schema, "most", 4)).contains("too_long");
        assertThat(misfit(schema, "tiny", 255)).isEmpty();
        assertThat(misfit(schema, "tiny", 256)).contains("too_long");
        assertThat(misfit(schema, "big", 100_000)).isEmpty();
        assertThat(misfit(schema, "big", 16_777_217))
                .as("more than a packet holds")
                .contains("too_long");
    }

    private Optional<String> misfit(TargetSchema schema, String field, int bytes) {
        return destination.misfit(schema.field(field).orElseThrow(), Value.Binary.of(new byte[bytes]));
    }

    /** The packet is the row's, not the column's: whatever breaks the connection holds all rows beside it for ever. */
    @ParameterizedTest
    @MethodSource("large")
    void aRowLargerThanAPacketIsRefusedAlone(Map<String, Value> large) throws SQLException {
        run("CREATE TABLE wide (k varchar(9) PRIMARY KEY, x longblob, y longblob, t longtext, j json)");

        assertThat(drive(destination.deliver(batch(
                        Action.UPSERT,
                        "wide",
                        "k",
                        schema("wide"),
                        new Write(0, PlannedWrite.Kind.ADD, text("one"), null, wide(Map.of()), "1", Optional.empty()),
                        new Write(0, PlannedWrite.Kind.ADD, text("big"), null, wide(large), "2", Optional.empty()),
                        new Write(
                                0, PlannedWrite.Kind.ADD, text("two"), null, wide(Map.of()), "3", Optional.empty())))))
                .satisfiesExactly(
                        one -> assertThat(one).isEqualTo(CREATED),
                        big -> assertThat(big).isInstanceOf(Outcome.Rejected.class),
                        two -> assertThat(two).isEqualTo(CREATED));
        assertThat(table("SELECT k FROM wide ORDER BY k")).containsExactly("one", "two");
    }

    private static Map<String, Value> wide(Map<String, Value> some) {
        Map<String, Value> fields = new LinkedHashMap<>();
        List.of("x", "y", "t", "j").forEach(column -> fields.put(column, some.getOrDefault(column, Value.ofNull())));
        return fields;
    }

    static Stream<Map<String, Value>> large() {
        Value half = Value.Binary.of("x".repeat(9_000_000).getBytes(StandardCharsets.US_ASCII));
        return Stream.of(
                Map.of("x", half, "y", half),
                Map.of("x", half, "t", new Value.Text("t".repeat(9_000_000))),
                Map.of("t", new Value.Text("é".repeat(9_000_000))),
                Map.of("j", new Value.Json("\"" + "j".repeat(17_000_000) + "\"")));
    }

    @Test
    void aTableWithoutTransactionsIsRefused() throws SQLException {
        run("CREATE TABLE old (k int PRIMARY KEY) ENGINE = MyISAM");

        assertThat(drive(new JdbcDestination(JdbcSpec.of(dialect())).describe("old")))
                .isInstanceOfSatisfying(
                        Described.Failed.class,
                        failed -> assertThat(failed.problem().message()).contains("no transactions"));
    }
}
