package dev.caravan.simulation.fake;

import dev.caravan.ledger.LeasesContract;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Planned;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Leases that run out, in memory. */
class MemoryLeasesTest extends LeasesContract {

    private final MemoryLedger.Disk disk = new MemoryLedger.Disk();
    private Instant now = Planned.NOON;

    @Override
    protected Ledger open(String owner) {
        return new MemoryLedger(
                disk,
                InstantSource.fixed(Planned.NOON),
                CommitHook.NONE,
                new MemoryLedger.Owner(owner, TIMES, () -> now));
    }

    @Override
    protected void pass(Duration time) {
        now = now.plus(time);
    }
}
