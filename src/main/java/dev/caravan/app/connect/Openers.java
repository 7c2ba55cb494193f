package dev.caravan.app.connect;

import dev.caravan.app.connect.Opener.Surroundings;
import dev.caravan.config.settings.Connection;
import dev.caravan.config.settings.Connection.Declared;
import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import dev.caravan.transport.jdbc.JdbcSettings.Driver;
import java.util.Map;

/** Who opens which connections. */
public final class Openers {

    /** By the connector's name; what stands here is open to every workspace. */
    private static final Map<String, Opener<Declared>> HOUSE = Map.of(
            "postgres", new JdbcOpener(Driver.POSTGRESQL),
            "mysql", new JdbcOpener(Driver.MYSQL));

    private final Surroundings surroundings;

    /** Openers that open in these surroundings. */
    public Openers(Surroundings surroundings) {
        this.surroundings = surroundings;
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
            case Connection.Folder folder -> throw wrongKind(folder.name());
        };
    }

    private Opened declared(Declared connection) {
        Opener<Declared> opener = HOUSE.get(connection.connector().name());
        if (opener == null) {
            throw wrongKind(connection.name());
        }
        return opener.open(connection, surroundings);
    }

    /** What a connection that is no destination comes to. */
    public static InvalidInput wrongKind(String name) {
        return new InvalidInput(Problem.of(
                Code.CONNECTION_WRONG_KIND,
                "connection " + name + " is no destination",
                "name a connection that can be written to under destination:"));
    }
}
