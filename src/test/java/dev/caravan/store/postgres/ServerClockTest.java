package dev.caravan.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.ledger.LeaseTimes;
import dev.caravan.store.sql.SqlLedger;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The server is asked again when this machine's clocks do not agree, since either may be the wrong one (invariant I21). */
class ServerClockTest {

    private static final Duration HOURS = Duration.ofHours(3);

    private long nanos;
    private Instant wall = Instant.parse("2026-03-04T12:00:00Z");

    private SqlLedger open() {
        LeaseTimes times = new LeaseTimes(Duration.ofMinutes(5), Duration.ofSeconds(1));
        PostgresSettings given = PostgresServer.fresh();
        PostgresSettings patient = new PostgresSettings(
                given.address(), given.url(), given.schema(), given.user(), given.password(), Duration.ofSeconds(30));
        return PostgresLedger.open(patient, () -> nanos, () -> wall, "one", times);
    }

    /** Each of them asks: a connection for the question must not be one that the others wait with. */
    @Test
    void itIsAskedInTheMiddleOfTransactionsThatHoldAllConnections() throws Exception {
        int all = PostgresDatabase.MOST_CONNECTIONS;
        try (SqlLedger ledger = open();
                ExecutorService threads = Executors.newFixedThreadPool(all)) {
            Instant before = ledger.clock().instant();
            CyclicBarrier full = new CyclicBarrier(all, () -> wall = wall.plus(HOURS));
            Callable<Instant> recorded = () -> ledger.database().write(sql -> {
                sql.number("SELECT 1");
                await(full);
                return ledger.clock().instant();
            });
            for (Future<Instant> moment : threads.invokeAll(Collections.nCopies(all, recorded))) {
                assertThat(moment.get()).isBetween(before, before.plus(Duration.ofHours(1)));
            }
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void timePassesByTheMonotonicClockWhileBothAgree() {
        try (SqlLedger ledger = open()) {
            Instant before = ledger.clock().instant();
            nanos += HOURS.toNanos();
            wall = wall.plus(HOURS).plusSeconds(2);
            assertThat(ledger.clock().instant()).isEqualTo(before.plus(HOURS));
        }
    }

    @Test
    void afterASuspensionOrAJumpTheServerTellsTheTimeAndNeitherClock() {
        try (SqlLedger ledger = open()) {
            Instant before = ledger.clock().instant();
            nanos += HOURS.toNanos();
            assertThat(ledger.clock().instant())
                    .as("three hours by one clock alone, none by the server")
                    .isBetween(before, before.plus(Duration.ofHours(1)));
            wall = wall.plus(HOURS);
            assertThat(ledger.clock().instant()).isBetween(before, before.plus(Duration.ofHours(1)));
        }
    }
}
