package dev.caravan.store.postgres;

import dev.caravan.ledger.LeaseTimes;
import dev.caravan.store.sql.SqlLedger;
import java.time.InstantSource;

/**
 * The ledger in a schema of a PostgreSQL server, for several workers at once. A server that cannot be reached or used is an
 * {@code EnvironmentFailure} ({@code ledger.unreachable}); no error quotes what was being stored, nor user or password.
 */
public final class PostgresLedger {

    private PostgresLedger() {}

    /**
     * Connects, and makes the tables or brings them up to date.
     *
     * @param owner who this worker is, unlike any other that ever was: leases of the same owner are taken for its own
     */
    public static SqlLedger open(PostgresSettings settings, InstantSource clock, String owner, LeaseTimes times) {
        return open(settings, clock, new TimedLeases(owner, times, TimedLeases.SERVER_CLOCK));
    }

    static SqlLedger open(PostgresSettings settings, InstantSource clock, TimedLeases leases) {
        return new SqlLedger(PostgresDatabase.open(settings), clock, leases);
    }
}
