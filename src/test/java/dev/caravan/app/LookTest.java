package dev.caravan.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.config.settings.Connections;
import dev.caravan.delivery.link.StopSignal;
import dev.caravan.ledger.Claim;
import dev.caravan.ledger.Decisions.Decision;
import dev.caravan.ledger.LeaseTimes;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Planned;
import dev.caravan.ledger.Scope;
import dev.caravan.mapping.MappingId;
import dev.caravan.pipeline.Holds;
import dev.caravan.pipeline.RunListener;
import dev.caravan.plan.PlanState;
import dev.caravan.run.Trigger;
import dev.caravan.store.postgres.PostgresLedger;
import dev.caravan.store.postgres.PostgresServer;
import dev.caravan.store.postgres.PostgresSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** A pause is seen, and leases are renewed, while everybody else of the worker waits for the server (invariants I16 and I10). */
class LookTest {

    /** More than a worker has connections for what may wait. */
    private static final int CROWD = 20;

    private final PostgresSettings settings = patient(PostgresServer.fresh());

    /** Who waits for the lock does so for the whole test. */
    private static PostgresSettings patient(PostgresSettings given) {
        return new PostgresSettings(
                given.address(), given.url(), given.schema(), given.user(), given.password(), Duration.ofMinutes(2));
    }

    private Ledger open(String owner) {
        return PostgresLedger.open(
                settings,
                System::nanoTime,
                InstantSource.system(),
                owner,
                new LeaseTimes(Duration.ofMinutes(5), Duration.ofSeconds(35)));
    }

    private static Claim.Granted planned(Ledger ledger, MappingId mapping) {
        Claim.Granted run = (Claim.Granted) ledger.claim(mapping, Trigger.COMMAND, Optional.empty(), List.of());
        ledger.addRows(run.lease(), run.run(), Planned.rows(0, CROWD));
        ledger.seal(run.lease(), Planned.plan(mapping, run.run(), "hash " + mapping, PlanState.OPEN));
        return run;
    }

    @Test
    void whileAllConnectionsOfBatchesWaitForALockedLease() throws SQLException {
        try (Ledger ledger = open("one");
                Ledger third = open("two");
                ExecutorService threads = Executors.newFixedThreadPool(CROWD);
                Connection frozen = PostgresServer.connect(settings);
                Statement lock = frozen.createStatement()) {
            Claim.Granted stuck = planned(ledger, Planned.LEADS);
            Claim.Granted free = planned(ledger, Planned.CONTACTS);
            frozen.setAutoCommit(false);
            lock.execute("SELECT 1 FROM lease WHERE mapping = '" + Planned.LEADS + "' FOR UPDATE");
            List<Future<Long>> waiting = new ArrayList<>();
            for (long row = 0; row < CROWD; row++) {
                long ordinal = row;
                waiting.add(threads.submit(() -> ledger.begin(stuck.lease(), stuck.run(), Planned.upsert(ordinal))));
            }
            awaitLocks();

            Holds holds = new Holds();
            StopSignal signal = holds.of(Scope.over("crm"));
            Pauses pauses = new Pauses(
                    ledger, Connections.UNREADABLE, new MappingRegistry(), holds, RunListener.NONE, lifted -> {});
            try (Watch watch = new Watch("pauses", pauses::look)) {
                watch.begin(Duration.ofMillis(20));
                third.pause(new Scope.All(), new Decision("ada", "incident", Instant.EPOCH));
                while (signal.reason().isEmpty() && waiting.stream().noneMatch(Future::isDone)) {
                    Thread.onSpinWait();
                }
            }
            assertThat(signal.reason()).contains("paused");
            assertThat(ledger.renew(Set.of(free.run()))).containsExactly(free.run());
            assertThat(ledger.resume(new Scope.All(), new Decision("ada", "over", Instant.EPOCH)))
                    .isPresent();
            assertThat(waiting).noneMatch(Future::isDone);
            frozen.rollback();
        }
    }

    /** Until as many wait as can: each has a connection of its own. */
    private void awaitLocks() throws SQLException {
        try (Connection watching = PostgresServer.connect(settings);
                Statement count = watching.createStatement()) {
            long waiting = 0;
            while (waiting < 12) {
                try (var found = count.executeQuery("SELECT count(*) FROM pg_locks WHERE NOT granted")) {
                    waiting = found.next() ? found.getLong(1) : 0;
                }
            }
        }
    }
}
