package dev.caravan.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.app.SyncReport;
import dev.caravan.ledger.Decisions.Decision;
import dev.caravan.problem.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people do while a run is going on, or while none may start. */
class MeanwhileTest {

    private static final Decision DECISION = new Decision("tester", "", Instant.EPOCH);

    @TempDir
    private Path folder;

    @Test
    void aPauseEndsTheDeliveryAndNothingIsLost() {
        try (TestBed bed = SmallLeads.bed(folder, SmallLeads.MAPPING)) {
            SmallLeads.model(bed, SmallLeads.many(450, "note"));
            SyncReport paused = bed.operations().sync(TestBed.MAPPING, (step, done, total) -> {
                if (step.equals("deliver") && done == 0) {
                    bed.operations().pause(TestBed.SCOPE, DECISION);
                }
            });
            assertThat(paused.state()).isEqualTo("failed");
            assertThat(paused.error()).contains(Code.RUN_PAUSED.text());
            assertThat(paused.accounting().held()).isEqualTo(450);
            assertThat(paused.accounting().balances()).isTrue();
            assertThat(bed.sandbox().writes()).isEmpty();
            assertThat(TestBed.refusal(bed::sync)).containsExactly(Code.RUN_PAUSED);
            bed.restart();
            assertThat(TestBed.refusal(bed::sync)).containsExactly(Code.RUN_PAUSED);
            bed.operations().resume(TestBed.SCOPE, DECISION);
            assertThat(bed.sync().accounting().accepted()).isEqualTo(450);
        }
    }

    @Test
    void anApprovalThatCannotStartLeavesThePlanHeld() {
        try (TestBed bed = SmallLeads.bed(folder, SmallLeads.MAPPING + SmallLeads.HOLD_ALL)) {
            SmallLeads.model(bed, SmallLeads.many(3, "note"));
            SyncReport held = bed.sync();
            bed.operations().pause(TestBed.SCOPE, DECISION);
            assertThat(TestBed.refusal(() -> bed.approve(held))).containsExactly(Code.RUN_PAUSED);
            bed.operations().resume(TestBed.SCOPE, DECISION);
            assertThat(bed.approve(held).accounting().accepted()).isEqualTo(3);
        }
    }

    @Test
    void aResetWaitsForTheRun() {
        try (TestBed bed = SmallLeads.bed(folder, SmallLeads.MAPPING)) {
            SmallLeads.model(bed, SmallLeads.many(3, "note"));
            List<Code> codes = new CopyOnWriteArrayList<>();
            SyncReport report = bed.operations().sync(TestBed.MAPPING, (step, done, total) -> {
                if (step.equals("guard")) {
                    codes.addAll(TestBed.refusal(() -> bed.operations().reset(TestBed.MAPPING, DECISION)));
                }
            });
            assertThat(codes).containsExactly(Code.RUN_BUSY);
            assertThat(report.accounting().accepted()).isEqualTo(3);
            bed.operations().reset(TestBed.MAPPING, DECISION);
            SyncReport again = bed.sync();
            assertThat(again.add()).isEqualTo(3);
            assertThat(again.accounting().accepted()).isEqualTo(3);
            assertThat(bed.records("Lead")).hasSize(3);
        }
    }

    /** Whichever of the two stores fails: what was accepted is not forgotten by one of them alone. */
    @Test
    void aResetThatBreaksOffInTheMiddleForgetsNothing() throws IOException, SQLException {
        try (TestBed bed = SmallLeads.bed(folder, SmallLeads.MAPPING)) {
            SmallLeads.model(bed, SmallLeads.many(3, "note"));
            bed.sync();
            Path inTheWay = folder.resolve("state/snapshots/test.duckdb.wal/full");
            Files.createDirectories(inTheWay);
            assertThat(TestBed.refusal(() -> bed.operations().reset(TestBed.MAPPING, DECISION)))
                    .containsExactly(Code.STATE_IO);
            Files.delete(inTheWay);
            Files.delete(inTheWay.getParent());
            assertThat(bed.sync().accounting().planned()).isZero();

            bed.restart();
            ledger("CREATE TRIGGER no_start BEFORE INSERT ON fresh_start BEGIN SELECT RAISE(ABORT, 'no'); END");
            assertThatThrownBy(() -> bed.operations().reset(TestBed.MAPPING, DECISION))
                    .isInstanceOf(IllegalStateException.class);
            bed.restart();
            ledger("DROP TRIGGER no_start");
            assertThat(bed.sync().accounting().planned())
                    .as("the snapshot is made again from the ledger")
                    .isZero();
        }
    }

    private void ledger(String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("state/ledger.db"));
                Statement sql = connection.createStatement()) {
            sql.executeUpdate(statement);
        }
    }
}
