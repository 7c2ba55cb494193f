package dev.caravan.connector.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.connector.jdbc.sql.Dialect;
import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Conversation;
import dev.caravan.destination.Described;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Write;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.row.Value;
import dev.caravan.transport.Transport;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A real database with a table of people, a transport to it, and words for what is done there. */
abstract class JdbcBed {

    static final Outcome UNCHANGED = new Outcome.Unchanged(null);
    static final Outcome CREATED = new Outcome.Accepted(null, true);
    static final Outcome CHANGED = new Outcome.Accepted(null, false);

    /** Written although it was so already, where nothing comes of it. */
    Outcome rewritten() {
        return UNCHANGED;
    }

    Transport transport;
    JdbcDestination destination;

    /** The dialect, with tables in a place of the test's own. */
    abstract Dialect dialect();

    /** A transport to it. */
    abstract Transport open();

    /** The same place, for looking behind the scenes. */
    abstract Connection connect() throws SQLException;

    /** The type of an instant and of a local timestamp, both to the microsecond. */
    abstract List<String> timeTypes();

    @BeforeEach
    void setUp() throws SQLException {
        transport = open();
        destination = new JdbcDestination(JdbcSpec.of(dialect()));
        run("CREATE TABLE people (k varchar(20) NOT NULL PRIMARY KEY, a int, n decimal(10,2), b boolean, e varchar(5),"
                + " d date, t time, z " + timeTypes().get(0) + " NULL, l "
                + timeTypes().get(1)
                + ", f double precision, u varchar(9) UNIQUE, r int DEFAULT 7 NOT NULL)");
    }

    @AfterEach
    void tearDown() {
        transport.close();
    }

    final List<Outcome> deliver(Action action, Write... writes) {
        return drive(destination.deliver(batch(action, "people", "k", schema("people"), writes)));
    }

    static Batch batch(Action action, String object, String key, TargetSchema schema, Write... writes) {
        return new Batch(action, false, object, key, schema, List.of(writes));
    }

    final TargetSchema schema(String object) {
        Described described = drive(destination.describe(object));
        assertThat(described).isInstanceOf(Described.Schema.class);
        return ((Described.Schema) described).schema();
    }

    final <R> R drive(Conversation<R> talk) {
        return Driving.over(transport, talk);
    }

    static Value text(String text) {
        return new Value.Text(text);
    }

    static Write add(String key) {
        return new Write(0, PlannedWrite.Kind.ADD, text(key), null, Map.of());
    }

    static Write add(String key, String column, Object value) {
        return new Write(0, PlannedWrite.Kind.ADD, text(key), null, Map.of(column, value(value)));
    }

    static Write change(String key, String column, Object value) {
        return new Write(0, PlannedWrite.Kind.CHANGE, text(key), null, Map.of(column, value(value)));
    }

    static Write remove(String key) {
        return new Write(0, PlannedWrite.Kind.REMOVE, text(key), null, Map.of());
    }

    private static Value value(Object value) {
        return value instanceof Integer number ? new Value.Int(number) : text(value.toString());
    }

    final void run(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    final List<String> table(String query) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(query)) {
            List<String> rows = new ArrayList<>();
            while (found.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                    row.add(found.getString(i));
                }
                rows.add(String.join("|", row));
            }
            return rows;
        }
    }
}
