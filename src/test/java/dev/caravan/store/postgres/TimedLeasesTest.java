package dev.caravan.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.destination.Outcome;
import dev.caravan.ledger.Claim;
import dev.caravan.ledger.Deliveries.Recorded;
import dev.caravan.ledger.Deliveries.RowOutcome;
import dev.caravan.ledger.LeasesContract;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Planned;
import dev.caravan.problem.Code;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Leases by the server's clock, which here is a row that the test moves on; and what locks make of two owners at once. */
class TimedLeasesTest extends LeasesContract {

    private final PostgresSettings settings = PostgresServer.fresh();
    private @Nullable Connection clock;

    @Override
    protected Ledger open(String owner) {
        Ledger ledger = PostgresLedger.open(
                settings,
                InstantSource.fixed(Planned.NOON),
                new TimedLeases(
                        owner,
                        TIMES,
                        new ServerClock("(SELECT micros FROM test_clock)", System::nanoTime, InstantSource.system())));
        run("CREATE TABLE IF NOT EXISTS test_clock AS SELECT 0::bigint AS micros");
        return ledger;
    }

    @Override
    protected void pass(Duration time) {
        run("UPDATE test_clock SET micros = micros + " + time.toNanos() / 1_000);
    }

    private void run(String statement) {
        try {
            if (clock == null) {
                clock = PostgresServer.connect(settings);
            }
            try (Statement sql = clock.createStatement()) {
                sql.execute(statement);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void closeClock() throws SQLException {
        if (clock != null) {
            clock.close();
        }
    }

    /** A transaction of epoch e either commits before e + 1 is granted, or never. */
    @Test
    void noEpochIsGrantedWhileATransactionOfTheOldOneIsOpen() throws Exception {
        Claim.Granted old = planned(first, Planned.LEADS, 2);
        pass(TIMES.length());
        CountDownLatch checked = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        try (PostgresDatabase db = PostgresDatabase.open(settings);
                ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Future<Long> writing = threads.submit(() -> db.write(sql -> {
                long epoch = sql.lockedNumber("SELECT epoch FROM lease WHERE mapping = ?", Planned.LEADS);
                checked.countDown();
                await(go);
                return epoch;
            }));
            checked.await();
            Future<Claim> claiming = threads.submit(() -> claim(second));
            while (db.<Long>read(sql -> sql.number("SELECT count(*) FROM pg_locks WHERE NOT granted")) == 0) {
                Thread.onSpinWait();
            }
            assertThat(claiming).isNotDone();
            go.countDown();
            assertThat(writing.get()).isEqualTo(old.lease().epoch());
            assertThat(granted(claiming.get()).lease().epoch())
                    .isEqualTo(old.lease().epoch() + 1);
            assertCode(Code.RUN_FENCED, () -> first.begin(old.lease(), old.run(), Planned.upsert(0)));
        }
    }

    /** Whoever has seen outcome n has seen all before it: a snapshot counts by the newest it took in. */
    @Test
    void outcomesBecomeVisibleInTheOrderOfTheirNumbers() throws Exception {
        int rows = 60;
        Claim.Granted run = planned(first, Planned.LEADS, rows);
        List<Callable<Boolean>> work = new ArrayList<>();
        for (long i = 0; i < rows; i++) {
            long ordinal = i;
            work.add(() -> {
                long batch = first.begin(run.lease(), run.run(), Planned.upsert(ordinal));
                first.complete(run.lease(), batch, List.of(new RowOutcome(ordinal, new Outcome.Accepted("00Q", true))));
                return true;
            });
        }
        List<Long> taken = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<Boolean>> going = work.stream().map(threads::submit).toList();
            while (!going.stream().allMatch(Future::isDone)) {
                take(taken);
            }
            for (Future<Boolean> done : going) {
                assertThat(done.get()).isTrue();
            }
        }
        take(taken);
        assertThat(taken).hasSize(rows);
    }

    private void take(List<Long> taken) {
        try (var outcomes = second.outcomesAfter(Planned.LEADS, taken.isEmpty() ? 0 : taken.getLast())) {
            outcomes.map(Recorded::seq).forEach(taken::add);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
