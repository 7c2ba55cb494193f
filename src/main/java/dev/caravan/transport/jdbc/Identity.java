package dev.caravan.transport.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Who answers on a connection: the server's own mark, where it tells one, at the address that was asked. */
final class Identity {

    private Identity() {}

    /** Asks each query until one is answered; a server that allows none of them is known by its address. Not in a transaction. */
    static String ask(Connection connection, JdbcSettings settings) throws SQLException {
        for (String query : settings.identity()) {
            try (Statement statement = connection.createStatement();
                    ResultSet found = statement.executeQuery(query)) {
                String mark = found.next() ? found.getString(1) : null;
                if (mark != null && !mark.isEmpty()) {
                    return mark + "@" + settings.address();
                }
            } catch (SQLException refused) {
                if (Failure.state(refused).startsWith("08") || !connection.isValid(1)) {
                    throw refused;
                }
            }
        }
        return settings.address();
    }
}
