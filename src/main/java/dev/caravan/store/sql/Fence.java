package dev.caravan.store.sql;

import dev.caravan.ledger.Lease;
import dev.caravan.mapping.MappingId;
import dev.caravan.problem.CaravanException;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import dev.caravan.store.sql.db.Sql;
import java.sql.SQLException;

/**
 * What every transaction of a run asks first (invariant I10). The lease stays locked until the transaction ends, so that no newer
 * epoch is granted before what an older one writes is committed.
 */
final class Fence {

    private Fence() {}

    /** {@code RunFailure} if the lease is not the mapping's newest. */
    static void check(Sql sql, Lease lease) throws SQLException {
        long epoch = sql.lockedNumber(
                "SELECT epoch FROM lease WHERE mapping = ?", lease.mapping().value());
        if (epoch != lease.epoch()) {
            throw new CaravanException.RunFailure(Problem.of(
                    Code.RUN_FENCED,
                    "a newer run of " + lease.mapping() + " took over: epoch " + epoch + " follows " + lease.epoch(),
                    "nothing is lost: the newer run accounts for what this one left open"));
        }
    }

    /** The same, and that the run is one of the lease's mapping. */
    static void check(Sql sql, Lease lease, long run) throws SQLException {
        check(sql, lease);
        if (sql.number("SELECT count(*) FROM run WHERE id = ? AND mapping = ?", run, lease.mapping()) == 0) {
            throw new IllegalStateException("run " + run + " is not one of " + lease.mapping());
        }
    }

    /** Takes hold of the mapping's lease for this transaction: no run of the mapping commits anything meanwhile. */
    static void hold(Sql sql, MappingId mapping) throws SQLException {
        sql.lockedNumber("SELECT epoch FROM lease WHERE mapping = ?", mapping);
    }
}
