package dev.caravan.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.app.Diagnosis.Finding;
import dev.caravan.app.Diagnosis.Level;
import dev.caravan.app.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code doctor} says of snapshots: behind the ledger is well, ahead of it is not, and a run has its snapshot to itself. */
class DoctorTest {

    @TempDir
    private Path folder;

    @Test
    void comparesSnapshotAndLedger() throws IOException {
        try (TestBed bed = SmallLeads.bed(folder, SmallLeads.MAPPING)) {
            bed.write("data/leads.csv", "id,name,score,grade,note\na,Ada,1,A,\nb,Ben,2,B,\n");
            assertThat(snapshot(bed)).isEqualTo(finding(Level.OK, "none yet, the next run is a first sync"));

            AtomicReference<Finding> during = new AtomicReference<>();
            Progress asks = (phase, done, total) -> {
                if (phase.equals("deliver")) {
                    during.compareAndSet(null, snapshot(bed));
                }
            };
            assertThat(bed.operations().sync(TestBed.MAPPING, asks).state()).isEqualTo("done");
            assertThat(during.get().level()).isEqualTo(Level.OK);
            assertThat(during.get().detail()).startsWith("busy");
            assertThat(snapshot(bed)).isEqualTo(finding(Level.OK, "holds all that the ledger has"));

            bed.restart();
            Path snapshot = folder.resolve("state/snapshots/test.duckdb");
            Path ledger = folder.resolve("state/ledger.db");
            Files.copy(snapshot, folder.resolve("old.duckdb"));
            Files.copy(ledger, folder.resolve("old.db"));
            bed.write("data/leads.csv", "id,name,score,grade,note\na,Ada,1,A,\nb,Ben,3,C,\n");
            assertThat(bed.sync().accounting().accepted()).isEqualTo(1);

            bed.restart();
            Path newer = Files.move(snapshot, folder.resolve("newer.duckdb"));
            Files.copy(folder.resolve("old.duckdb"), snapshot);
            assertThat(snapshot(bed))
                    .isEqualTo(finding(Level.OK, "1 outcome to take up, by the next run or doctor --repair"));
            assertThat(snapshot).as("looked at, not touched").hasSameBinaryContentAs(folder.resolve("old.duckdb"));

            bed.restart();
            Files.delete(snapshot);
            Files.move(newer, snapshot);
            Files.delete(ledger);
            Files.copy(folder.resolve("old.db"), ledger);
            assertThat(snapshot(bed).level()).isEqualTo(Level.WRONG);
            assertThat(snapshot(bed).detail()).contains("ledger.damaged").contains("number 3");
        }
    }

    private static Finding snapshot(TestBed bed) {
        return bed.worker().diagnosis().findings().stream()
                .filter(finding -> finding.what().equals("snapshot of test"))
                .findFirst()
                .orElseThrow();
    }

    private static Finding finding(Level level, String detail) {
        return new Finding("snapshot of test", level, detail);
    }
}
