package dev.caravan.simulation.fake;

import dev.caravan.ledger.DecisionsContract;
import dev.caravan.ledger.DeliveriesContract;
import dev.caravan.ledger.LeasesContract;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.LostContract;
import dev.caravan.ledger.PastContract;
import dev.caravan.ledger.Planned;
import dev.caravan.ledger.PlansContract;
import dev.caravan.ledger.RunsContract;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Nested;

/** The ledger's contract, held by the one in memory. */
class MemoryLedgerTest {

    static Ledger ledger(MemoryLedger.Disk disk) {
        return new MemoryLedger(disk, InstantSource.fixed(Planned.NOON), CommitHook.NONE);
    }

    @Nested
    class Runs extends RunsContract {
        private final MemoryLedger.Disk disk = new MemoryLedger.Disk();

        @Override
        protected Ledger open(Path folder) {
            return ledger(disk);
        }
    }

    @Nested
    class Plans extends PlansContract {
        private final MemoryLedger.Disk disk = new MemoryLedger.Disk();

        @Override
        protected Ledger open(Path folder) {
            return ledger(disk);
        }
    }

    @Nested
    class Deliveries extends DeliveriesContract {
        private final MemoryLedger.Disk disk = new MemoryLedger.Disk();

        @Override
        protected Ledger open(Path folder) {
            return ledger(disk);
        }
    }

    @Nested
    class Decisions extends DecisionsContract {
        private final MemoryLedger.Disk disk = new MemoryLedger.Disk();

        @Override
        protected Ledger open(Path folder) {
            return ledger(disk);
        }

        @Override
        protected void laterOn(Duration time) {
            ledger.close();
            ledger = new MemoryLedger(disk, InstantSource.fixed(Planned.NOON.plus(time)), CommitHook.NONE);
        }
    }

    @Nested
    class Lost extends LostContract {
        private final MemoryLedger.Disk disk = new MemoryLedger.Disk();

        @Override
        protected Ledger open(Path folder) {
            return ledger(disk);
        }

        @Override
        protected void laterOn(Duration time) {
            ledger.close();
            ledger = new MemoryLedger(disk, InstantSource.fixed(Planned.NOON.plus(time)), CommitHook.NONE);
        }
    }

    @Nested
    class Past extends PastContract {
        private final MemoryLedger.Disk disk = new MemoryLedger.Disk();

        @Override
        protected Ledger open(Path folder) {
            return ledger(disk);
        }
    }

    @Nested
    class Leased extends LeasesContract {
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
}
