package dev.caravan.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.app.Progress;
import dev.caravan.app.SyncReport;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import dev.caravan.run.RunState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The disk of ledger and snapshots fills up in the middle of a run: the run ends and says so, nothing is sent that is not on record, and
 * once there is room the next run goes on, without a restart.
 */
class FullDiskTest {

    private static final int ROWS = 1_400;
    private static final String FREELY = "guardrails: {max_changed: 100%, max_first_sync: 10000}\n";
    private static final String IN_BATCHES =
            SmallLeads.MAPPING.replace("operation: upsert", "operation: upsert\n  strategy: batch") + FREELY;

    @TempDir
    private Path folder;

    @Test
    void nothingIsSentBeforeThereIsAnIntent() {
        try (SmallDisk disk = SmallDisk.at(folder.resolve("state"), 16);
                TestBed bed = bed("first")) {
            assertThat(refused(bed, disk, "deliver", 0)).isEqualTo(Code.STATE_FULL);
            assertThat(bed.worker().problems()).extracting(Problem::code).contains(Code.STATE_FULL);
            assertThat(bed.records("Lead")).as("as many as are on record").hasSize((int) onRecord(bed));
            disk.empty();
            assertGoesOn(bed, "first");
        }
    }

    @Test
    void anOutcomeThatFoundNoRoomIsUnknownAndSettled() {
        try (SmallDisk disk = SmallDisk.at(folder.resolve("state"), 16);
                TestBed bed = bed("first")) {
            bed.sandbox().latency(Duration.ofMillis(50));
            assertThat(refused(bed, disk, "deliver", 200)).isEqualTo(Code.STATE_FULL);
            long sent = bed.records("Lead").size();
            assertThat(sent).as("at least the batch that was answered").isBetween(200L, (long) ROWS);
            disk.empty();
            assertGoesOn(bed, "first");
            assertThat(bed.sandbox().writes().size())
                    .as("at most the batches on their way went twice")
                    .isLessThanOrEqualTo(ROWS + 4 * 200);
        }
    }

    @Test
    void aSnapshotThatFindsNoRoomIsBroughtUpLater() {
        try (SmallDisk disk = SmallDisk.at(folder.resolve("state"), 16);
                TestBed bed = bed("first")) {
            assertThat(refused(bed, disk, "settle", -1)).isEqualTo(Code.STATE_FULL);
            assertThat(bed.records("Lead")).hasSize(ROWS);
            disk.empty();
            SyncReport next = bed.sync();
            assertThat(next.state()).isEqualTo("done");
            assertThat(next.accounting().planned()).isZero();
            assertThat(next.requests()).isZero();
            assertThat(bed.worker().problems()).isEmpty();
        }
    }

    @Test
    void aMappingThatNeverRanStartsOnceThereIsRoom() {
        try (SmallDisk disk = SmallDisk.at(folder.resolve("state"), 16);
                TestBed bed = bed("first")) {
            bed.worker();
            disk.fill();
            assertThat(TestBed.refusal(bed::sync)).containsExactly(Code.STATE_FULL);
            assertThat(bed.sandbox().writes()).isEmpty();
            disk.empty();
            assertGoesOn(bed, "first");
        }
    }

    /** Runs, and fills the disk once a step got so far. */
    private static Code refused(TestBed bed, SmallDisk disk, String step, long from) {
        Progress fills = (phase, done, total) -> {
            if (phase.equals(step) && done >= from) {
                disk.fill();
            }
        };
        List<Code> codes = TestBed.refusal(() -> bed.operations().sync(TestBed.MAPPING, fills));
        assertThat(codes).hasSize(1);
        return codes.getFirst();
    }

    private static void assertGoesOn(TestBed bed, String note) {
        bed.time().pass(Duration.ofMinutes(10));
        SyncReport next = bed.settle();
        assertThat(next.state()).as("%s", next).isEqualTo("done");
        assertThat(next.accounting().balances()).isTrue();
        assertThat(bed.worker().problems()).isEmpty();
        Map<String, String> there = SmallLeads.inSandbox(bed, "Note__c");
        assertThat(there)
                .hasSize(ROWS)
                .allSatisfy((key, value) -> assertThat(value).isEqualTo(note));
        assertThat(bed.operations().runs(Optional.of(TestBed.MAPPING), 9)).allSatisfy(run -> {
            assertThat(run.state()).isNotEqualTo(RunState.RUNNING);
            assertThat(run.accounting().balances()).as("%s", run).isTrue();
        });
        assertThat(bed.sync().requests()).isZero();
    }

    /** Rows that an intent names. */
    private static long onRecord(TestBed bed) {
        return SmallLeads.inSandbox(bed, "Note__c").keySet().stream()
                .filter(key -> !bed.operations()
                        .record(Optional.of(TestBed.MAPPING), key, true)
                        .isEmpty())
                .count();
    }

    private TestBed bed(String note) {
        TestBed bed = SmallLeads.bed(folder, IN_BATCHES);
        SmallLeads.model(bed, SmallLeads.many(ROWS, note));
        return bed;
    }
}
