package dev.caravan.store.postgres;

import dev.caravan.store.sql.db.Sql;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The server's time, which all workers of one ledger share (invariant I21): told by this process's monotonic clock since the server was
 * last asked, so that neither a difference between two workers' clocks nor a jump of one of them changes how long ago a request left. It
 * is asked when a lease is claimed or renewed, and is off by half of that question's way at the most. For many threads.
 */
final class ServerClock implements InstantSource {

    static final String SERVER_TIME = "(extract(epoch FROM clock_timestamp()) * 1000000)::bigint";

    private final String sql;
    private final LongSupplier nanos;
    private volatile @Nullable Asked asked;

    /**
     * A clock that was not asked yet.
     *
     * @param sql an expression for the server's time in microseconds
     * @param nanos monotonic nanoseconds of any origin
     */
    ServerClock(String sql, LongSupplier nanos) {
        this.sql = sql;
        this.nanos = nanos;
    }

    /** What the server said, and when that was. */
    private record Asked(Instant said, long at) {}

    /** The expression for the server's time, which is exact to the moment it is evaluated. */
    String sql() {
        return sql;
    }

    void ask(Sql server) throws SQLException {
        long before = nanos.getAsLong();
        Instant said = Sql.instant(server.number("SELECT " + sql));
        asked = new Asked(said, before + (nanos.getAsLong() - before) / 2);
    }

    @Override
    public Instant instant() {
        Asked last = asked;
        if (last == null) {
            throw new IllegalStateException("the server was never asked");
        }
        return last.said().plus(Duration.ofNanos(nanos.getAsLong() - last.at()));
    }
}
