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
 * is asked when a lease is claimed or renewed, and is off by half of that question's way at the most. It is asked again at once when this
 * machine's two clocks no longer agree on the time that has passed since: the monotonic one stands still while a machine is suspended,
 * the other one jumps, and neither can be told from the other. For many threads.
 */
final class ServerClock implements InstantSource {

    static final String SERVER_TIME = "(extract(epoch FROM clock_timestamp()) * 1000000)::bigint";

    private final String sql;
    /** What clocks that are both well may run apart between two questions. */
    private static final Duration APART = Duration.ofSeconds(3);

    private final LongSupplier nanos;
    private final InstantSource wall;
    private volatile @Nullable Asked asked;
    private volatile Runnable again = () -> {};

    /**
     * A clock that was not asked yet.
     *
     * @param sql an expression for the server's time in microseconds
     * @param nanos monotonic nanoseconds of any origin
     * @param wall this machine's clock
     */
    ServerClock(String sql, LongSupplier nanos, InstantSource wall) {
        this.sql = sql;
        this.nanos = nanos;
        this.wall = wall;
    }

    /** What the server said, and when that was by both clocks. */
    private record Asked(Instant said, long at, Instant wall) {}

    /** How to have {@link #ask} called when the clocks do not agree. */
    void askAgainBy(Runnable asking) {
        again = asking;
    }

    /** The expression for the server's time, which is exact to the moment it is evaluated. */
    String sql() {
        return sql;
    }

    void ask(Sql server) throws SQLException {
        long before = nanos.getAsLong();
        Instant said = Sql.instant(server.number("SELECT " + sql));
        asked = new Asked(said, before + (nanos.getAsLong() - before) / 2, wall.instant());
    }

    @Override
    public Instant instant() {
        Asked last = last();
        if (apart(last).compareTo(APART) > 0) {
            again.run();
            last = last();
        }
        return last.said().plus(passed(last));
    }

    private Asked last() {
        Asked last = asked;
        if (last == null) {
            throw new IllegalStateException("the server was never asked");
        }
        return last;
    }

    private Duration passed(Asked last) {
        return Duration.ofNanos(nanos.getAsLong() - last.at());
    }

    private Duration apart(Asked last) {
        return Duration.between(last.wall(), wall.instant()).minus(passed(last)).abs();
    }
}
