package dev.caravan.ledger;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/**
 * Leases that run out. Where one process owns the store, a free lock of the workspace proves the former owner dead, and none of this
 * applies; where several share it, an owner that no longer renews its leases loses them when their time is over (invariant I10).
 */
public interface Leases {

    /** How long a lease lasts; empty where leases do not run out. */
    Optional<LeaseTimes> leaseTimes();

    /**
     * Renews the leases of these runs of this owner, in one transaction. A lease whose time was over but that nobody took meanwhile is
     * still the owner's.
     *
     * @return the runs that still have theirs; any other was taken over, or has ended, and must send nothing more
     */
    Set<Long> renew(Collection<Long> runs);

    /** Whether another owner is executing this run: its lease is the mapping's newest and its time is not over. */
    boolean elsewhere(long run);
}
