package dev.caravan.config.settings;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A PostgreSQL server that keeps the ledger of several workers.
 *
 * @param schema what the ledger owns there
 * @param options of the driver, such as {@code sslmode}; never a secret
 * @param lease how long a worker that fell silent keeps its mappings
 */
public record LedgerServer(
        String host,
        int port,
        String database,
        String schema,
        Map<String, String> options,
        Setting user,
        Setting password,
        Duration lease) {

    /** Where it is, for messages. */
    public String address() {
        return host + ":" + port + "/" + database;
    }

    /** The JDBC URL. */
    public String url() {
        String query = options.entrySet().stream()
                .map(option -> option.getKey() + "=" + option.getValue())
                .sorted()
                .collect(Collectors.joining("&"));
        return "jdbc:postgresql://" + address() + (query.isEmpty() ? "" : "?" + query);
    }
}
