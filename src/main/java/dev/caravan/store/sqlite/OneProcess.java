package dev.caravan.store.sqlite;

import dev.caravan.ledger.Lease;
import dev.caravan.ledger.LeaseTimes;
import dev.caravan.mapping.MappingId;
import dev.caravan.store.sql.Tenure;
import dev.caravan.store.sql.db.Database;
import dev.caravan.store.sql.db.Sql;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/** The workspace's lock makes this process the only owner: a lease is good until the next is granted. */
record OneProcess() implements Tenure {

    @Override
    public boolean heldElsewhere(Sql sql, MappingId mapping) {
        return false;
    }

    @Override
    public void take(Sql sql, Lease lease, long run) {}

    @Override
    public void requireTime(Sql sql, Lease lease) {}

    @Override
    public void release(Sql sql, Lease lease, long run) {}

    @Override
    public Set<Long> renew(Database db, Collection<Long> runs) {
        return Set.copyOf(runs);
    }

    @Override
    public boolean elsewhere(Database db, long run) {
        return false;
    }

    @Override
    public Optional<LeaseTimes> times() {
        return Optional.empty();
    }
}
