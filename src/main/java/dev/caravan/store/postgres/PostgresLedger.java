package dev.caravan.store.postgres;

import dev.caravan.ledger.LeaseTimes;
import dev.caravan.store.sql.SqlLedger;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The ledger in a schema of a PostgreSQL server, for several workers at once. A server that cannot be reached or used is an
 * {@code EnvironmentFailure} ({@code ledger.unreachable}); no error quotes what was being stored, nor user or password.
 */
public final class PostgresLedger {

    private PostgresLedger() {}

    /**
     * Connects, and makes the tables or brings them up to date. What it records as the time of things is the server's time.
     *
     * @param nanos this process's monotonic clock
     * @param wall this machine's clock, which alone goes on while the machine is suspended; nothing is recorded by it
     * @param owner who this worker is, unlike any other that ever was: leases of the same owner are taken for its own
     */
    public static SqlLedger open(
            PostgresSettings settings, LongSupplier nanos, InstantSource wall, String owner, LeaseTimes times) {
        ServerClock clock = new ServerClock(ServerClock.SERVER_TIME, nanos, wall);
        SqlLedger ledger = open(settings, clock, new TimedLeases(owner, times, clock));
        boolean ready = false;
        try {
            // Not over the pool of those who ask for the time in the middle of their transactions.
            Runnable asking = () -> ledger.database().urgent().read(sql -> {
                clock.ask(sql);
                return true;
            });
            asking.run();
            clock.askAgainBy(asking);
            ready = true;
            return ledger;
        } finally {
            if (!ready) {
                ledger.close();
            }
        }
    }

    static SqlLedger open(PostgresSettings settings, InstantSource clock, TimedLeases leases) {
        return new SqlLedger(PostgresDatabase.open(settings), clock, leases);
    }
}
