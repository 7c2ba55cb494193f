package dev.caravan.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.app.SyncReport;
import dev.caravan.run.Accounting;
import dev.caravan.sandbox.fault.Fault;
import dev.caravan.sandbox.fault.FaultAction.LoseAnswer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that were approved while a lost request might still overtake them go out after the zombie window, and nobody is asked again. */
class ApprovedThenWaitedTest {

    private static final String MAPPING = SmallLeads.MAPPING + "guardrails: {max_changed: 5%}\n";

    /** Rows in all, and of those the ones whose request was lost. */
    private static final int ALL = 60;

    private static final int LOST = 20;

    @TempDir
    private Path folder;

    /** All rows were synced, and the answers to a change of the first ones were lost. */
    private TestBed lost() {
        TestBed bed = SmallLeads.bed(folder, MAPPING);
        SmallLeads.model(bed, SmallLeads.many(ALL, "one"));
        bed.sync();
        SmallLeads.model(bed, first("two", "one"));
        bed.sandbox()
                .faults()
                .add(Fault.once(new LoseAnswer()).times(Fault.ALWAYS).on(null, "composite"));
        assertThat(bed.settle().accounting().unknown()).isEqualTo(LOST);
        bed.sandbox().faults().clear();
        return bed;
    }

    /** The first rows with one note and the others with another. */
    private static String[] first(String note, String others) {
        String[] rows = SmallLeads.many(ALL, others);
        System.arraycopy(SmallLeads.many(LOST, note), 0, rows, 0, LOST);
        return rows;
    }

    private static String[] and(String[] rows, String more) {
        List<String> all = new ArrayList<>(Arrays.asList(rows));
        all.add(more);
        return all.toArray(String[]::new);
    }

    /** The plan of a change of all rows was approved; those that wait for the window were not sent. */
    private static void approved(TestBed bed) {
        SmallLeads.model(bed, SmallLeads.many(ALL, "three"));
        SyncReport held = bed.sync();
        assertThat(held.state()).isEqualTo("held");
        assertThat(bed.approve(held).accounting()).isEqualTo(new Accounting(ALL, ALL - LOST, 0, LOST, 0, 0));
    }

    @Test
    void nobodyIsAskedAgainForRowsThatWereApproved() {
        try (TestBed bed = lost()) {
            approved(bed);
            assertThat(bed.sync().state()).as("a plan that can send nothing").isEqualTo("done");
            SmallLeads.model(bed, and(SmallLeads.many(ALL, "three"), "q1,New,1,A,three,x"));
            SyncReport early = bed.sync();
            assertThat(early.accounting()).isEqualTo(new Accounting(LOST + 1, 1, 0, LOST, 0, 0));

            bed.pass(Duration.ofMinutes(10));
            SmallLeads.model(bed, and(and(SmallLeads.many(ALL, "three"), "q1,New,1,A,three,x"), "q2,New,1,A,three,x"));
            SyncReport late = bed.sync();
            assertThat(late.state()).isEqualTo("done");
            assertThat(late.accounting()).isEqualTo(new Accounting(LOST + 1, LOST + 1, 0, 0, 0, 0));
            assertThat(late.guards()).anySatisfy(verdict -> {
                assertThat(verdict.guard()).isEqualTo("approved");
                assertThat(verdict.detail()).contains("20 rows");
            });
            assertThat(SmallLeads.inSandbox(bed, "Note__c").values()).containsOnly("three");
        }
    }

    @Test
    void anotherValueIsNotWhatWasApproved() {
        try (TestBed bed = lost()) {
            approved(bed);
            SmallLeads.model(bed, first("four", "three"));
            bed.pass(Duration.ofMinutes(10));
            SyncReport late = bed.sync();
            assertThat(late.state()).isEqualTo("held");
            assertThat(late.change()).isEqualTo(LOST);
        }
    }

    /** A value that went and came back was not waited for all the time. */
    @Test
    void whatALaterPlanHadOtherwiseIsAskedForAgain() {
        try (TestBed bed = lost()) {
            approved(bed);
            SmallLeads.model(bed, first("four", "three"));
            assertThat(bed.sync().state()).isEqualTo("done");
            SmallLeads.model(bed, SmallLeads.many(ALL, "three"));
            bed.pass(Duration.ofMinutes(10));
            assertThat(bed.sync().state()).isEqualTo("held");
        }
    }

    @Test
    void aPlanThatWasNeverHeldApprovesNothing() {
        try (TestBed bed = lost()) {
            SmallLeads.model(bed, first("three", "one"));
            assertThat(bed.sync().accounting()).isEqualTo(new Accounting(LOST, 0, 0, LOST, 0, 0));
            bed.pass(Duration.ofMinutes(10));
            assertThat(bed.sync().state()).isEqualTo("held");
        }
    }

    /** Its process could not write down that it is held, once the plan was there. */
    @Test
    void aPlanThatIsHeldThoughItsRunFailedApprovesNothing() throws SQLException {
        try (TestBed bed = lost()) {
            SmallLeads.model(bed, SmallLeads.many(ALL, "three"));
            assertThat(bed.sync().state()).isEqualTo("held");
            try (Connection ledger = DriverManager.getConnection(
                            "jdbc:sqlite:" + bed.folder().resolve("state/ledger.db"));
                    Statement statement = ledger.createStatement()) {
                assertThat(statement.executeUpdate(
                                "UPDATE run SET state = 'FAILED' WHERE id = (SELECT max(id) FROM run)"))
                        .isEqualTo(1);
            }
            bed.pass(Duration.ofMinutes(10));
            SmallLeads.model(bed, first("three", "one"));
            assertThat(bed.sync().state()).isEqualTo("held");
            assertThat(SmallLeads.inSandbox(bed, "Note__c").values()).doesNotContain("three");
        }
    }
}
