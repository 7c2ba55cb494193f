package dev.caravan.connector.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.connector.jdbc.sql.Dialect;
import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Described;
import dev.caravan.destination.Destination;
import dev.caravan.destination.Write;
import dev.caravan.destination.kit.RealContract;
import dev.caravan.destination.kit.Talk;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.row.Value;
import dev.caravan.transport.Transport;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Tables keep the contract of destinations, in a real database. */
abstract class TablesContract extends RealContract {

    private JdbcDestination destination;
    private Transport transport;
    private TargetSchema schema;

    /** The dialect, with tables in a place of the test's own. */
    abstract Dialect dialect();

    /** A transport to it, with a password that must not be seen. */
    abstract Transport open();

    /** The same place, for looking behind the scenes. */
    abstract Connection connect() throws SQLException;

    @BeforeEach
    void makeTable() throws SQLException {
        run("CREATE TABLE events (id varchar(100) PRIMARY KEY, " + FIELD + " varchar(400),"
                + " caravan_dedupe_key varchar(64) UNIQUE)");
        destination = new JdbcDestination(JdbcSpec.of(dialect()));
        transport = open();
        Described described = new Talk(this::send).run(destination.describe("events"));
        schema = ((Described.Schema) described).schema();
    }

    @AfterEach
    void close() {
        transport.close();
    }

    private void run(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    protected Destination destination() {
        return destination;
    }

    @Override
    protected Transport transport() {
        return transport;
    }

    @Override
    protected List<Case> cases() {
        return Stream.of(Action.UPSERT, Action.UPDATE, Action.INSERT, Action.DELETE, Action.APPEND)
                .map(action -> operation(action, "events", "id"))
                .toList();
    }

    @Override
    protected Batch batch(Case operation, List<Write> writes) {
        return new Batch(operation.action(), false, "events", "id", schema, writes);
    }

    /** A column of text takes a number that is none as its name; half a character it cannot. */
    @Override
    protected boolean sendable(Value edge) {
        return !edge.text().contains("half");
    }

    @Override
    protected void ready(Case operation, int rows) {
        try {
            run("DELETE FROM events");
            if (operation.action() == Action.UPDATE) {
                run("INSERT INTO events (id, " + FIELD + ") VALUES "
                        + IntStream.range(0, rows)
                                .mapToObj(i -> "('k" + i + "', 'before')")
                                .collect(Collectors.joining(", ")));
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        if (operation.action() == Action.DELETE) {
            fill(operation(Action.INSERT, "events", "id"), rows);
        }
    }

    @Override
    protected Map<String, @Nullable String> held(String object) {
        Map<String, @Nullable String> held = new HashMap<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id, " + FIELD + " FROM " + object)) {
            while (rows.next()) {
                assertThat(held.put(rows.getString(1), rows.getString(2))).isNull();
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        return held;
    }
}
