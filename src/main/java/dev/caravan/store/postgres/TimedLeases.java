package dev.caravan.store.postgres;

import dev.caravan.ledger.Lease;
import dev.caravan.ledger.LeaseTimes;
import dev.caravan.mapping.MappingId;
import dev.caravan.problem.CaravanException;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import dev.caravan.store.sql.Tenure;
import dev.caravan.store.sql.db.Database;
import dev.caravan.store.sql.db.Sql;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Leases with an owner and a time, by the server's clock alone (invariant I10): what the workers' clocks say does not matter, and the
 * clock is read after the row is locked, so that waiting for the lock does not count as time left.
 *
 * @param owner who this worker is, unlike any other
 * @param clock is asked whenever a lease is claimed or renewed
 */
record TimedLeases(String owner, LeaseTimes lasting, ServerClock clock) implements Tenure {

    @Override
    public Optional<LeaseTimes> times() {
        return Optional.of(lasting);
    }

    @Override
    public boolean heldElsewhere(Sql sql, MappingId mapping) throws SQLException {
        sql.update("INSERT INTO lease (mapping, epoch) VALUES (?, 0) ON CONFLICT DO NOTHING", mapping);
        sql.lockedNumber("SELECT epoch FROM lease WHERE mapping = ?", mapping);
        clock.ask(sql);
        return sql.number(
                        "SELECT count(*) FROM lease WHERE mapping = ? AND owner <> ? AND expires_at > " + clock.sql(),
                        mapping,
                        owner)
                > 0;
    }

    @Override
    public void take(Sql sql, Lease lease, long run) throws SQLException {
        sql.update(
                "UPDATE lease SET owner = ?, run = ?, expires_at = " + clock.sql()
                        + " + ? WHERE mapping = ? AND epoch = ?",
                owner,
                run,
                micros(lasting.length()),
                lease.mapping(),
                lease.epoch());
    }

    /** Asked after the epoch, in the same transaction: the row is locked. */
    @Override
    public void requireTime(Sql sql, Lease lease) throws SQLException {
        long left = sql.number("SELECT expires_at - " + clock.sql() + " FROM lease WHERE mapping = ?", lease.mapping());
        if (left < micros(lasting.margin())) {
            throw new CaravanException.RunFailure(Problem.of(
                    Code.RUN_LEASE,
                    "the lease of " + lease.mapping() + " runs out in " + Math.max(0, left / 1_000)
                            + " ms: too soon for another request",
                    "nothing is lost: the next run takes up what is left; look why the lease was not renewed"));
        }
    }

    @Override
    public void release(Sql sql, Lease lease, long run) throws SQLException {
        sql.update(
                "UPDATE lease SET owner = NULL, run = NULL, expires_at = NULL WHERE mapping = ? AND epoch = ? AND run = ?",
                lease.mapping(),
                lease.epoch(),
                run);
    }

    @Override
    public Set<Long> renew(Database db, Collection<Long> runs) {
        if (runs.isEmpty()) {
            return Set.of();
        }
        String numbers = runs.stream().map(String::valueOf).collect(Collectors.joining(","));
        return db.write(sql -> {
            clock.ask(sql);
            return Set.copyOf(sql.all(
                    "UPDATE lease SET expires_at = " + clock.sql() + " + ?"
                            + " WHERE owner = ? AND run = ANY (string_to_array(?, ',')::bigint[]) RETURNING run",
                    row -> row.getLong(1),
                    micros(lasting.length()),
                    owner,
                    numbers));
        });
    }

    @Override
    public boolean elsewhere(Database db, long run) {
        return db.<Long>read(sql -> sql.number(
                        "SELECT count(*) FROM lease WHERE run = ? AND owner <> ? AND expires_at > " + clock.sql(),
                        run,
                        owner))
                > 0;
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1_000;
    }
}
