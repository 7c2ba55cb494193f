package dev.caravan.app.connect;

import dev.caravan.app.connect.Opener.Surroundings;
import dev.caravan.config.settings.Connection;
import dev.caravan.config.settings.Connection.Declared;
import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import dev.caravan.transport.jdbc.JdbcSettings.Driver;
import java.util.Map;
import java.util.Optional;

/** Who opens which connections. */
public final class Openers {

    /** By the connector's name; what stands here is open to every workspace. */
    private static final Map<String, Opener<Declared>> HOUSE = Map.of(
            "postgres", new JdbcOpener(Driver.POSTGRESQL),
            "mysql", new JdbcOpener(Driver.MYSQL),
            "kafka", new KafkaOpener());

    private final Surroundings surroundings;
    private final LiveConnectors connectors;

    /** Openers that open in these surroundings, with these connectors beside the house's own. */
    public Openers(Surroundings surroundings, LiveConnectors connectors) {
        this.surroundings = surroundings;
        this.connectors = connectors;
    }

    /**
     * Opens a connection as a destination.
     *
     * @throws InvalidInput if it is none
     */
    public Opened open(Connection connection) {
        return switch (connection) {
            case Connection.Salesforce org -> new SalesforceOpener().open(org, surroundings);
            case Declared declared -> declared(declared);
            case Connection.DuckDb file -> JdbcOpener.open(file);
            case Connection.Folder folder -> new FolderOpener().open(folder, surroundings);
        };
    }

    private Opened declared(Declared connection) {
        String name = connection.connector().name();
        return Optional.ofNullable(HOUSE.get(name))
                .or(() -> connectors.find(name).map(DeclaredOpener::new))
                .orElseThrow(() -> unknown(connection.name(), name))
                .open(connection, surroundings);
    }

    private static InvalidInput unknown(String connection, String connector) {
        return new InvalidInput(Problem.of(
                Code.CONNECTION_WRONG_KIND,
                "connection " + connection + " is on the connector '" + connector + "', which cannot be used",
                "run caravan validate, which says why"));
    }

    /** What a connection that is no destination comes to. */
    public static InvalidInput wrongKind(String name) {
        return new InvalidInput(Problem.of(
                Code.CONNECTION_WRONG_KIND,
                "connection " + name + " is no destination",
                "name a connection that can be written to under destination:"));
    }
}
