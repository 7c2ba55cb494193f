package dev.caravan.store.postgres;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * Where the ledger is and how it is logged in to.
 *
 * @param address {@code host:port/database}, for messages
 * @param url the JDBC URL, without secrets
 * @param schema the schema that the ledger owns; made if there is none
 * @param user asked for at each new connection, as is the password
 * @param patience how long a connection, an answer or a lock is waited for
 */
public record PostgresSettings(
        String address,
        String url,
        String schema,
        Supplier<String> user,
        Supplier<String> password,
        Duration patience) {

    /** How long to wait where nothing else is said: longer than a failover's reconnect, shorter than a person's patience. */
    public static final Duration PATIENCE = Duration.ofSeconds(15);
}
