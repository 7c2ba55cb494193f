package dev.caravan.connector.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.connector.jdbc.sql.Dialect;
import dev.caravan.connector.jdbc.sql.PostgresDialect;
import dev.caravan.destination.Action;
import dev.caravan.destination.Outcome;
import dev.caravan.store.postgres.PostgresServer;
import dev.caravan.store.postgres.PostgresSettings;
import dev.caravan.transport.Transport;
import dev.caravan.transport.jdbc.JdbcSettings;
import dev.caravan.transport.jdbc.JdbcSettings.Driver;
import dev.caravan.transport.jdbc.JdbcTransport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rights that the connector's page asks for are enough. */
class PostgresRightsTest extends JdbcBed {

    private static final Pattern SQL = Pattern.compile("(?ms)^```sql\n(.*?)^```$");
    private static final String PASSWORD = "not-a-secret";

    private final PostgresSettings place = PostgresServer.fresh();
    private final String role = "writer_" + place.schema();

    @Override
    @BeforeEach
    void setUp() throws SQLException {
        run("CREATE SCHEMA " + place.schema());
        super.setUp();
        for (String grant : page().split(";\\s*", -1)) {
            run(grant.replace("public.lead_scores", place.schema() + ".people")
                    .replace("SCHEMA public", "SCHEMA " + place.schema())
                    .replace("caravan", role)
                    .replace("…", PASSWORD));
        }
    }

    private static String page() {
        try {
            return SQL.matcher(Files.readString(Path.of("connectors/postgres/README.md")))
                    .results()
                    .findFirst()
                    .orElseThrow()
                    .group(1)
                    .strip();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    Dialect dialect() {
        return new PostgresDialect(place.schema());
    }

    @Override
    Transport open() {
        Duration patience = Duration.ofSeconds(10);
        JdbcSettings settings = new JdbcSettings(
                place.address(),
                "jdbc:postgresql://" + place.address(),
                () -> role,
                () -> PASSWORD,
                dialect().properties(patience),
                dialect().session(patience),
                dialect().identity(),
                Driver.POSTGRESQL,
                2,
                patience);
        return new JdbcTransport(settings, System::nanoTime);
    }

    @Override
    Connection connect() throws SQLException {
        return PostgresServer.connect(place);
    }

    @Override
    List<String> timeTypes() {
        return List.of("timestamptz", "timestamp");
    }

    @Test
    void rowsAreMadeChangedAndTakenAway() throws SQLException {
        assertThat(deliver(Action.UPSERT, add("a", "a", 1), add("b", "a", 2))).containsOnly(CREATED);
        assertThat(deliver(Action.UPSERT, change("a", "a", 3))).containsExactly(CHANGED);
        assertThat(deliver(Action.INSERT, add("c", "a", 4))).containsExactly(CREATED);
        assertThat(deliver(Action.DELETE, remove("b")))
                .allMatch(outcome -> outcome instanceof Outcome.Accepted || outcome instanceof Outcome.Unchanged);
        assertThat(table("SELECT k, a FROM people ORDER BY k")).containsExactly("a|3", "c|4");
    }
}
