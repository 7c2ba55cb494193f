package dev.caravan.app.connect;

import dev.caravan.config.settings.Connection;
import dev.caravan.config.settings.WorkspaceConfig;
import java.nio.file.Path;
import java.time.InstantSource;
import org.apache.camel.CamelContext;

/** Opens the connections on one connector. Reaches for nothing yet: the first log-in does. */
@FunctionalInterface
public interface Opener<C extends Connection> {

    /**
     * Opens a connection.
     *
     * @throws dev.caravan.problem.CaravanException.InvalidInput if a value that stands elsewhere is not what it has to be
     * @throws dev.caravan.problem.CaravanException.EnvironmentFailure if one is not there
     */
    Opened open(C connection, Surroundings surroundings);

    /**
     * What connections are opened in.
     *
     * @param state the worker's own folder, where a rotated token can be kept
     * @param engine what DuckDB may use in this process
     */
    record Surroundings(CamelContext camel, InstantSource clock, Path state, WorkspaceConfig.Engine engine) {}
}
