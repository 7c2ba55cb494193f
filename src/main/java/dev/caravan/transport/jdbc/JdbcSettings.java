package dev.caravan.transport.jdbc;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * How a database is reached.
 *
 * @param address which database it is, for people and as part of the account: {@code host:port/database}; without secrets
 * @param url the JDBC address, without secrets
 * @param user asked for at each new connection, as is the password; empty for none
 * @param properties of the driver, beside user and password
 * @param session statements run on each new connection
 * @param identity queries for the server's own mark, of which the first that is answered counts; none where the address says all
 * @param dialect what differs between drivers
 * @param connections how many requests go at once
 * @param patience how long is waited for a new connection
 */
public record JdbcSettings(
        String address,
        String url,
        Supplier<String> user,
        Supplier<String> password,
        Map<String, String> properties,
        List<String> session,
        List<String> identity,
        Driver dialect,
        int connections,
        Duration patience) {

    /** What differs between drivers. */
    public enum Driver {
        POSTGRESQL,
        MYSQL,
        /** In this process. It knows no savepoints, and its file is let go when nothing is under way. */
        DUCKDB
    }

    public JdbcSettings {
        properties = Map.copyOf(properties);
        session = List.copyOf(session);
        identity = List.copyOf(identity);
    }

    /** Without what the suppliers give. */
    @Override
    public String toString() {
        return address;
    }
}
