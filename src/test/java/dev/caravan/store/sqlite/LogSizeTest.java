package dev.caravan.store.sqlite;

import static dev.caravan.ledger.Planned.LEADS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.delivery.Batches;
import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Capabilities;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Write;
import dev.caravan.ledger.Claim;
import dev.caravan.ledger.Deliveries.RowOutcome;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Planned;
import dev.caravan.mapping.FieldSource;
import dev.caravan.mapping.Target;
import dev.caravan.mapping.TargetKey;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.plan.PlanState;
import dev.caravan.problem.Place;
import dev.caravan.run.Trigger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However long a delivery is, SQLite's write-ahead log is used again and again, since no read is open for longer than a page. */
class LogSizeTest {

    private static final int ROWS = 20_000;
    private static final int BATCH = 200;

    /** SQLite starts over once 1,000 pages of 4 KiB are in the log, and a transaction may come on top. */
    private static final long MOST_BYTES = 6_000_000;

    private static final Capabilities SPEC = Capabilities.all(
            EnumSet.of(Action.UPSERT, Action.INSERT, Action.UPDATE, Action.DELETE),
            new Capabilities.Ability(BATCH, 0, 0, Optional.empty()));
    private static final TargetSchema SCHEMA = new TargetSchema("Lead", List.of());

    @TempDir
    private Path folder;

    @Test
    void theLogDoesNotGrowWithTheDelivery() throws IOException {
        Path file = folder.resolve("ledger.db");
        try (Ledger ledger = SqliteLedger.open(file, InstantSource.fixed(Planned.NOON))) {
            Claim.Granted run = (Claim.Granted) ledger.claim(LEADS, Trigger.COMMAND, Optional.empty(), List.of());
            for (long from = 0; from < ROWS; from += 1_000) {
                ledger.addRows(run.lease(), run.run(), Planned.rows(from, from + 1_000));
            }
            ledger.seal(run.lease(), Planned.plan(LEADS, run.run(), "hash", PlanState.OPEN));
            new Batches(
                            (after, most) -> ledger.rows(run.run(), after, most),
                            target(),
                            SPEC,
                            SCHEMA,
                            List.of(),
                            row -> "")
                    .forEachRemaining(batch -> deliver(ledger, run, batch));
            assertThat(ledger.account(run.run()).accepted()).isEqualTo(ROWS);
            assertThat(Files.size(folder.resolve("ledger.db-wal"))).isLessThan(MOST_BYTES);
            assertThat(Files.size(file)).isGreaterThan(MOST_BYTES);
        }
    }

    private static void deliver(Ledger ledger, Claim.Granted run, Batch batch) {
        long id = ledger.begin(
                run.lease(),
                run.run(),
                Planned.upsert(batch.writes().stream().mapToLong(Write::ordinal).toArray()));
        ledger.complete(
                run.lease(),
                id,
                batch.writes().stream()
                        .map(write ->
                                new RowOutcome(write.ordinal(), new Outcome.Accepted("00Q" + write.ordinal(), true)))
                        .toList());
    }

    private static Target target() {
        return new Target(
                "crm",
                "Lead",
                Target.Operation.UPSERT,
                TargetKey.of("Key"),
                new FieldSource.Column("key"),
                Target.OnRemoved.NOTHING,
                Target.OnUnknown.HOLD,
                false,
                Target.Strategy.BATCH,
                Place.ofFile("m.yaml"),
                Place.ofFile("m.yaml"));
    }
}
