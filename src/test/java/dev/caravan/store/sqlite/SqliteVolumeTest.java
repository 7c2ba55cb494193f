package dev.caravan.store.sqlite;

import static dev.caravan.ledger.Planned.LEADS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.destination.Outcome;
import dev.caravan.ledger.Claim;
import dev.caravan.ledger.Deliveries.OpenBatch;
import dev.caravan.ledger.Deliveries.RowOutcome;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Planned;
import dev.caravan.plan.PlanState;
import dev.caravan.run.Accounting;
import dev.caravan.run.Trigger;
import dev.caravan.store.sql.Insides;
import dev.caravan.store.sql.db.Database;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A crash that leaves very much open is read back, resolved and accounted for whole. */
class SqliteVolumeTest {

    private static final int ROWS = 100_000;
    private static final int BATCH = 5_000;

    @TempDir
    private Path folder;

    @Test
    void aHundredThousandOpenOperationsAreTakenUpAgain() {
        try (Ledger ledger = open()) {
            Claim.Granted run = claim(ledger);
            for (long from = 0; from < ROWS; from += BATCH) {
                ledger.addRows(run.lease(), run.run(), Planned.rows(from, from + BATCH));
            }
            ledger.seal(run.lease(), Planned.plan(LEADS, run.run(), "hash", PlanState.OPEN));
            assertThat(ledger.pending(run.run())).hasSize(ROWS).isSorted();
            for (long from = 0; from < ROWS; from += BATCH) {
                ledger.begin(
                        run.lease(),
                        run.run(),
                        Planned.upsert(LongStream.range(from, from + BATCH).toArray()));
            }
        }
        try (Ledger ledger = open()) {
            Claim.Granted run = claim(ledger);
            List<OpenBatch> left = ledger.openBatches(LEADS, run.run());
            assertThat(left.stream().mapToLong(open -> open.rows().size()).sum())
                    .isEqualTo(ROWS);
            for (OpenBatch open : left) {
                ledger.complete(
                        run.lease(),
                        open.batch(),
                        open.intent().ordinals().stream()
                                .map(ordinal -> new RowOutcome(ordinal, new Outcome.Unknown("worker_stopped")))
                                .toList());
            }
            assertThat(ledger.account(left.getFirst().run())).isEqualTo(new Accounting(ROWS, 0, 0, 0, ROWS, 0));
            try (var outcomes = ledger.outcomesAfter(LEADS, 0)) {
                assertThat(outcomes.limit(3).map(recorded -> recorded.row().ordinal()))
                        .containsExactly(0L, 1L, 2L);
            }
        }
    }

    /** A sort would hold all outcomes before the first is seen. */
    @Test
    void outcomesAreReadInOrderWithoutASort() {
        try (Database db = SqliteDatabase.open(folder.resolve("ledger.db"))) {
            List<String> steps = steps(db, Insides.AFTER, "growth/leads", 0L, 0L);
            assertThat(steps).isNotEmpty().noneMatch(step -> step.contains("TEMP B-TREE"));
            assertThat(steps.getFirst()).contains("completion_by_mapping");
        }
    }

    /** Outcomes are kept for good: what asks about one run or the last hour must not read them all. */
    @Test
    void whatWasRefusedOrLostIsFoundWithoutAScan() {
        try (Database db = SqliteDatabase.open(folder.resolve("ledger.db"))) {
            assertThat(steps(db, "SELECT o.reason" + Insides.REFUSED, 1L))
                    .anyMatch(step -> step.contains("batch_by_run"))
                    .anyMatch(step -> step.contains("outcome_rejected"))
                    .noneMatch(step -> step.startsWith("SCAN"));
            assertThat(steps(db, Insides.LOST, "growth/leads", 0L, 0L, 0L))
                    .anyMatch(step -> step.contains("batch_by_mapping"))
                    .anyMatch(step -> step.contains("outcome_unknown"))
                    .noneMatch(step -> step.startsWith("SCAN"));
        }
    }

    private static List<String> steps(Database db, String query, Object... values) {
        return db.read(sql -> sql.all("EXPLAIN QUERY PLAN " + query, row -> row.getString("detail"), values));
    }

    private Ledger open() {
        return SqliteLedger.open(folder.resolve("ledger.db"), InstantSource.fixed(Planned.NOON));
    }

    private static Claim.Granted claim(Ledger ledger) {
        return (Claim.Granted) ledger.claim(LEADS, Trigger.COMMAND, Optional.empty(), List.of());
    }
}
