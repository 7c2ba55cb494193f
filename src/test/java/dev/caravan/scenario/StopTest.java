package dev.caravan.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.app.Progress;
import dev.caravan.app.SyncReport;
import dev.caravan.ledger.Decisions.Decision;
import dev.caravan.problem.CaravanException;
import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.sandbox.spec.FieldKind;
import dev.caravan.sandbox.spec.FieldSpec;
import dev.caravan.sandbox.spec.ObjectSpec;
import dev.caravan.sandbox.spec.SandboxSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A delivery that is stopped or paused ends between batches: what was under way is recorded, and the rest needs no second word. */
class StopTest {

    private static final int ROWS = 2_400;
    private static final Decision BY_TESTER = new Decision("tester", "", Instant.EPOCH);

    private static final String MAPPING = """
            model: {connection: files, path: rows.csv, key: id}
            destination:
              connection: crm
              object: Lead
              operation: upsert
              key: {Row_Id__c: id}
              strategy: batch
            fields:
              LastName: {column: name}
              Company: {constant: Unknown}
            """;

    @TempDir
    private Path folder;

    @Test
    void closedBetweenBatches() throws IOException, InterruptedException {
        try (TestBed bed = bed()) {
            Thread closing = Thread.ofPlatform().unstarted(bed::restart);
            SyncReport stopped = approveAnd(bed, () -> startClosing(closing));
            closing.join();
            assertCutShort(stopped, "stopped");

            Path model = folder.resolve("data/rows.csv");
            Files.move(model, folder.resolve("elsewhere"));
            assertThatThrownBy(bed::sync).isInstanceOf(CaravanException.class);
            Files.move(folder.resolve("elsewhere"), model);

            assertTheRestFollows(bed, stopped);
        }
    }

    @Test
    void pausedBetweenBatches() throws IOException {
        try (TestBed bed = bed()) {
            SyncReport paused = approveAnd(bed, () -> bed.operations().pause(TestBed.SCOPE, BY_TESTER));
            assertCutShort(paused, "paused");

            bed.restart();
            long writes = bed.sandbox().writes().size();
            assertThatThrownBy(bed::sync).isInstanceOf(InvalidInput.class).hasMessageContaining("paused");
            assertThat(bed.sandbox().writes()).hasSize((int) writes);

            bed.operations().resume(TestBed.SCOPE, BY_TESTER);
            assertTheRestFollows(bed, paused);
        }
    }

    /** Approves a first sync and does something as soon as the first batch is answered; nothing is sent meanwhile. */
    private static SyncReport approveAnd(TestBed bed, Runnable inTheMiddle) {
        SyncReport held = bed.sync();
        assertThat(held.state()).isEqualTo("held");
        AtomicReference<Runnable> once = new AtomicReference<>(inTheMiddle);
        Progress progress = (phase, done, total) -> {
            if (phase.equals("deliver") && done > 0) {
                once.getAndSet(() -> {}).run();
            }
        };
        return bed.operations().approve(held.plan(), BY_TESTER, progress);
    }

    /** Returns when the closing worker waits for this very run. */
    private static void startClosing(Thread closing) {
        closing.start();
        while (closing.getState() != Thread.State.TIMED_WAITING && closing.isAlive()) {
            Thread.onSpinWait();
        }
    }

    private static void assertCutShort(SyncReport report, String why) {
        assertThat(report.state()).as("%s", report).isEqualTo("failed");
        assertThat(report.error()).contains(why.equals("paused") ? "paused" : "told to stop");
        assertThat(report.accounting().balances()).isTrue();
        assertThat(report.accounting().accepted()).isBetween(200L, ROWS - 200L);
        assertThat(report.accounting().held()).isPositive();
        assertThat(report.accounting().unknown()).isZero();
    }

    private static void assertTheRestFollows(TestBed bed, SyncReport before) {
        SyncReport rest = bed.sync();
        assertThat(rest.state()).as("%s", rest).isEqualTo("done");
        assertThat(rest.accounting().accepted())
                .isEqualTo(ROWS - before.accounting().accepted());
        assertThat(bed.records("Lead")).hasSize(ROWS);
        assertThat(bed.sandbox().writes()).as("each row was sent once").hasSize(ROWS);
        assertThat(bed.sync().requests()).isZero();
    }

    private TestBed bed() {
        TestBed bed = new TestBed(
                folder,
                SandboxSpec.defaults()
                        .withLatency(Duration.ofMillis(20))
                        .withObjects(ObjectSpec.of(
                                "Lead",
                                FieldSpec.builder("Row_Id__c", FieldKind.TEXT)
                                        .length(40)
                                        .externalId(true)
                                        .unique(true)
                                        .build())));
        String rows =
                IntStream.range(0, ROWS).mapToObj(i -> "k" + i + ",Name " + i).collect(Collectors.joining("\n"));
        return bed.write("mappings/test.yaml", MAPPING).write("data/rows.csv", "id,name\n" + rows + "\n");
    }
}
