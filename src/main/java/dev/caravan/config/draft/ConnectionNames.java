package dev.caravan.config.draft;

import dev.caravan.config.settings.Connection;
import dev.caravan.config.settings.Connections;
import dev.caravan.problem.Code;
import dev.caravan.problem.Spelling;
import dev.caravan.yaml.Findings;
import dev.caravan.yaml.Located;
import java.util.Optional;

/** Judges the connections that models and destinations name. A badly declared one is silently accepted. */
final class ConnectionNames {

    private final Connections connections;
    private final Findings findings;

    ConnectionNames(Connections connections, Findings findings) {
        this.connections = connections;
        this.findings = findings;
    }

    /** Whether a mapping may write to it, as far as is known. */
    boolean destination(Located<String> name) {
        return declared(name)
                && of(name).map(connection -> connection.connector().destination()
                                || wrongKind(name, connection, "cannot be written to"))
                        .orElse(true);
    }

    /** Whether a model may be read from it, as far as is known. */
    boolean source(Located<String> name) {
        return declared(name)
                && of(name).map(connection ->
                                connection.connector().source() || wrongKind(name, connection, "cannot hold a model"))
                        .orElse(true);
    }

    /** The connection of this name, if it is declared well. */
    Optional<Connection> of(Located<String> name) {
        return connections.find(name.value());
    }

    private boolean declared(Located<String> name) {
        if (connections.declared(name.value())) {
            return true;
        }
        findings.report(
                Code.CONNECTION_UNKNOWN,
                name.place(),
                "no connection '" + name.value() + "' in caravan.yaml",
                Spelling.suggest(
                        name.value(), connections.names(), "declared are: " + String.join(", ", connections.names())));
        return false;
    }

    private boolean wrongKind(Located<String> name, Connection connection, String what) {
        String connector = connection.connector().name();
        findings.report(
                Code.CONNECTION_WRONG_KIND,
                name.place(),
                "'" + name.value() + "' is on " + connector + " and " + what,
                "name another connection");
        return false;
    }
}
