package dev.caravan.store.postgres;

import dev.caravan.ledger.DecisionsContract;
import dev.caravan.ledger.DeliveriesContract;
import dev.caravan.ledger.LeaseTimes;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.LostContract;
import dev.caravan.ledger.PastContract;
import dev.caravan.ledger.Planned;
import dev.caravan.ledger.PlansContract;
import dev.caravan.ledger.RunsContract;
import dev.caravan.ledger.Spending;
import dev.caravan.ledger.SpendingContract;
import dev.caravan.ledger.Upkeep;
import dev.caravan.ledger.UpkeepContract;
import dev.caravan.store.sql.SqlLedger;
import dev.caravan.store.sql.SqlSpending;
import dev.caravan.store.sql.upkeep.SqlUpkeep;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

/** The ledger's contract, held by PostgreSQL. */
class PostgresLedgerTest {

    private static final LeaseTimes TIMES = new LeaseTimes(Duration.ofMinutes(1), Duration.ofSeconds(10));

    /** JUnit's folder is another for each test, and so is the schema. */
    static Ledger ledger(Path folder, InstantSource clock) {
        String schema = "t" + Integer.toHexString(folder.toString().hashCode());
        return PostgresLedger.open(
                PostgresServer.settings(schema), clock, new TimedLeases("this worker", TIMES, PostgresServer.clock()));
    }

    static Ledger ledger(Path folder) {
        return ledger(folder, InstantSource.fixed(Planned.NOON));
    }

    @Nested
    class Runs extends RunsContract {
        @Override
        protected Ledger open(Path folder) {
            return ledger(folder);
        }
    }

    @Nested
    class Plans extends PlansContract {
        @Override
        protected Ledger open(Path folder) {
            return ledger(folder);
        }
    }

    @Nested
    class Deliveries extends DeliveriesContract {
        @Override
        protected int crowd() {
            return 100;
        }

        @Override
        protected Ledger open(Path folder) {
            return ledger(folder);
        }
    }

    @Nested
    class Decisions extends DecisionsContract {
        @Override
        protected Ledger open(Path folder) {
            return ledger(folder);
        }

        @Override
        protected void laterOn(Duration time) {
            ledger.close();
            ledger = ledger(folder, InstantSource.fixed(Planned.NOON.plus(time)));
        }
    }

    @Nested
    class Past extends PastContract {
        @Override
        protected Ledger open(Path folder) {
            return ledger(folder);
        }
    }

    @Nested
    class Lost extends LostContract {
        @Override
        protected Ledger open(Path folder) {
            return ledger(folder);
        }

        @Override
        protected void laterOn(Duration time) {
            ledger.close();
            ledger = ledger(folder, InstantSource.fixed(Planned.NOON.plus(time)));
        }
    }

    @Nested
    class Kept extends UpkeepContract {
        @Override
        protected Ledger open(Path folder) {
            return ledger(folder);
        }

        @Override
        protected Upkeep upkeep() {
            return new SqlUpkeep((SqlLedger) ledger);
        }
    }

    @Nested
    class Taken extends SpendingContract {

        private @Nullable SqlLedger ledger;

        @Override
        protected Spending open(Path folder) {
            close();
            ledger = (SqlLedger) ledger(folder);
            return new SqlSpending(ledger);
        }

        @AfterEach
        void close() {
            if (ledger != null) {
                ledger.close();
            }
        }
    }
}
