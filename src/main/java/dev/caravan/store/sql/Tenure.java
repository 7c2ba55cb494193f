package dev.caravan.store.sql;

import dev.caravan.ledger.Lease;
import dev.caravan.ledger.LeaseTimes;
import dev.caravan.mapping.MappingId;
import dev.caravan.store.sql.db.Database;
import dev.caravan.store.sql.db.Sql;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/** What a lease is bound to beside its epoch: nothing where one process owns the ledger, an owner and a time where several share it. */
public interface Tenure {

    /** Whether another owner's lease of the mapping is good now. The mapping's lease is locked until the transaction ends. */
    boolean heldElsewhere(Sql sql, MappingId mapping) throws SQLException;

    /** The lease is the owner's from now on, for this run. */
    void take(Sql sql, Lease lease, long run) throws SQLException;

    /** {@code RunFailure} unless enough of the lease's time is left for a request. */
    void requireTime(Sql sql, Lease lease) throws SQLException;

    /** This run has ended, or is left to others: if the lease is its own, the next claim need not wait for the time to be over. */
    void release(Sql sql, Lease lease, long run) throws SQLException;

    /** As {@link dev.caravan.ledger.Leases#renew}. */
    Set<Long> renew(Database db, Collection<Long> runs);

    /** As {@link dev.caravan.ledger.Leases#elsewhere}. */
    boolean elsewhere(Database db, long run);

    /** As {@link dev.caravan.ledger.Leases#leaseTimes}. */
    Optional<LeaseTimes> times();
}
