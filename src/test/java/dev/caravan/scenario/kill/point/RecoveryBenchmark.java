package dev.caravan.scenario.kill.point;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.destination.Action;
import dev.caravan.ledger.Deliveries.Intent;
import dev.caravan.ledger.LeaseTimes;
import dev.caravan.ledger.Ledger;
import dev.caravan.pipeline.Step;
import dev.caravan.pipeline.SyncRun;
import dev.caravan.store.postgres.PostgresLedger;
import dev.caravan.store.postgres.PostgresServer;
import dev.caravan.store.postgres.PostgresSettings;
import dev.caravan.store.sqlite.SqliteLedger;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long a run takes to read, classify and queue a hundred thousand operations that a dead worker left without outcomes. */
@Tag("benchmark")
class RecoveryBenchmark {

    private static final int ROWS = 100_000;

    @TempDir
    private Path folder;

    @Test
    void batchesOfTwoHundred() throws IOException {
        measure(Kind.A, 200);
    }

    @Test
    void jobsThatNeverStarted() throws IOException {
        measure(Kind.D, 10_000);
    }

    @Test
    void insertsThatAreRepeated() throws IOException {
        measure(Kind.B, 200);
    }

    @Test
    void insertsThatAreHeld() throws IOException {
        measure(Kind.E, 200);
    }

    @Test
    void batchesOnPostgreSql() throws IOException {
        PostgresSettings settings = PostgresServer.fresh();
        LeaseTimes times = new LeaseTimes(Duration.ofMinutes(5), Duration.ofSeconds(10));
        measure(
                "A on PostgreSQL",
                Kind.A,
                200,
                () -> PostgresLedger.open(
                        settings, System::nanoTime, InstantSource.system(), "the same worker again", times));
    }

    private void measure(Kind kind, int rowsOfEach) throws IOException {
        measure(
                kind.name(),
                kind,
                rowsOfEach,
                () -> SqliteLedger.open(folder.resolve("state/ledger.db"), InstantSource.system()));
    }

    private void measure(String what, Kind kind, int rowsOfEach, Supplier<Ledger> ledgers) throws IOException {
        Files.createDirectories(folder.resolve("data"));
        Files.write(
                folder.resolve("data/rows.csv"),
                IntStream.range(-1, ROWS)
                        .mapToObj(n -> n < 0 ? "id,value" : "k%1$06d,v%1$06d".formatted(n))
                        .toList());
        try (PointKills bed = new PointKills(folder, new Random(1))) {
            left(bed.sandbox(), kind, rowsOfEach, ledgers.get());
            try (SlimWorker worker = LeadWorker.of(folder, bed.sandbox(), kind, Tripwire.NONE, ledgers.get())) {
                SyncRun run = worker.begun();
                StringBuilder steps = new StringBuilder();
                double total = 0;
                for (Map.Entry<String, Step> step : worker.steps().entrySet()) {
                    long begin = System.nanoTime();
                    step.getValue().on(run);
                    double seconds = (System.nanoTime() - begin) / 1e9;
                    total += seconds;
                    steps.append(String.format(Locale.ROOT, " %s %.2f", step.getKey(), seconds));
                }
                System.out.printf(
                        Locale.ROOT,
                        "BENCH recovery: class %s, %d operations in %d requests: %.2f s (%s )%n",
                        what,
                        ROWS,
                        ROWS / rowsOfEach,
                        total,
                        steps);
                assertThat(run.plan().orElseThrow().summary().planned()).isEqualTo(ROWS);
                run.session().close();
            }
        }
    }

    /** A worker that has begun everything and heard nothing. */
    private void left(URI sandbox, Kind kind, int rowsOfEach, Ledger ledger) {
        try (SlimWorker dead = LeadWorker.of(folder, sandbox, kind, Tripwire.NONE, ledger)) {
            SyncRun run = dead.begun();
            dead.steps().values().forEach(step -> step.on(run));
            for (long first = 0; first < ROWS; first += rowsOfEach) {
                dead.ledger()
                        .begin(
                                run.lease(),
                                run.id(),
                                new Intent(
                                        Action.UPSERT,
                                        kind == Kind.D,
                                        kind.idempotency(),
                                        LongStream.range(first, first + rowsOfEach)
                                                .boxed()
                                                .toList()));
            }
            run.session().close();
        }
    }
}
