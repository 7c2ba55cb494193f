package dev.caravan.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.caravan.app.SyncReport;
import dev.caravan.guard.Verdict;
import dev.caravan.plan.Cause;
import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.problem.Code;
import dev.caravan.problem.Place;
import dev.caravan.problem.Problem;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Only what differs is sent, whether the model changed or the mapping was edited. */
class EditTest {

    private static final String[] ROWS = {"a,Ann,1.26,A,note,x", "b,Bob,2.5,B,note,y", "c,Cy,3,C,,z"};

    @TempDir
    private Path folder;

    private TestBed synced(String mapping) {
        TestBed bed = SmallLeads.bed(folder, mapping);
        SmallLeads.model(bed, ROWS);
        assertThat(bed.sync().accounting().accepted()).isEqualTo(3);
        bed.written();
        return bed;
    }

    private static void edit(TestBed bed, String mapping) {
        bed.restart();
        bed.write("mappings/test.yaml", mapping);
    }

    private static Cause cause(SyncReport report) {
        return report.summary().orElseThrow().samples().getFirst().cause();
    }

    @Test
    void onlyChangedFieldsAndTheKeyAreSent() {
        try (TestBed bed = synced(SmallLeads.MAPPING)) {
            SmallLeads.model(bed, "a,Ann,1.26,B,note,x", "b,Bob,2.50,B,note,other", "c,Cy,3,C,new,z");
            SyncReport report = bed.sync();
            assertThat(report.change()).isEqualTo(2);
            assertThat(cause(report)).isEqualTo(Cause.MODEL);
            assertThat(bed.written()).containsExactly("update a Id__c,Grade__c", "update c Id__c,Note__c");
        }
    }

    @Test
    void anEditedRoundingPlansTheRecordsWhoseValueDiffers() {
        try (TestBed bed = synced(SmallLeads.MAPPING)) {
            edit(bed, SmallLeads.MAPPING.replace("Score__c: score", "Score__c: {column: score, round: 1}"));
            SyncReport report = bed.sync();
            assertThat(report.change()).isEqualTo(1);
            assertThat(cause(report)).isEqualTo(Cause.EDIT);
            assertThat(bed.written()).containsExactly("update a Id__c,Score__c");
            assertThat(SmallLeads.inSandbox(bed, "Score__c")).containsEntry("a", "1.3");
            SyncReport again = bed.sync();
            assertThat(again.accounting().planned()).isZero();
            assertThat(again.requests()).isZero();
        }
    }

    @Test
    void aNewFieldOnAColumnThatWasReadIsAnEdit() {
        try (TestBed bed = synced(SmallLeads.MAPPING)) {
            edit(bed, SmallLeads.MAPPING + "  Extra__c: {cel: \"row.grade == 'A' ? 'Hot' : 'Cold'\"}\n");
            SyncReport report = bed.sync();
            assertThat(report.state()).isEqualTo("done");
            assertThat(report.change()).isEqualTo(3);
            assertThat(cause(report)).isEqualTo(Cause.EDIT);
            assertThat(bed.written())
                    .containsExactly("update a Id__c,Extra__c", "update b Id__c,Extra__c", "update c Id__c,Extra__c");
            assertThat(SmallLeads.inSandbox(bed, "Extra__c")).isEqualTo(Map.of("a", "Hot", "b", "Cold", "c", "Cold"));
        }
    }

    @Test
    void aColumnNeverReadBeforeIsABackfillAndHeld() {
        try (TestBed bed = synced(SmallLeads.MAPPING)) {
            edit(bed, SmallLeads.MAPPING + "  Extra__c: extra\n");
            SyncReport held = bed.sync();
            assertThat(held.state()).isEqualTo("held");
            assertThat(cause(held)).isEqualTo(Cause.BACKFILL);
            assertThat(held.guards())
                    .anyMatch(v -> v instanceof Verdict.Held && v.guard().equals("backfill"));
            assertThat(bed.written()).isEmpty();
            assertThat(bed.approve(held).accounting().accepted()).isEqualTo(3);
            assertThat(bed.written())
                    .containsExactly("update a Id__c,Extra__c", "update b Id__c,Extra__c", "update c Id__c,Extra__c");
            assertThat(bed.sync().requests()).isZero();
        }
    }

    @Test
    void aFieldTakenOutSendsNothing() {
        try (TestBed bed = synced(SmallLeads.MAPPING)) {
            edit(bed, SmallLeads.MAPPING.replace("  Note__c: note\n", ""));
            SyncReport report = bed.sync();
            assertThat(report.accounting().planned()).isZero();
            assertThat(report.requests()).isZero();
            SmallLeads.model(bed, "a,Ann,1.26,A,gone,x", "b,Bob,9,B,gone,y", "c,Cy,3,C,,z");
            assertThat(bed.sync().change()).isEqualTo(1);
            assertThat(bed.written()).containsExactly("update b Id__c,Score__c");
            edit(bed, SmallLeads.MAPPING);
            bed.settle();
            assertThat(SmallLeads.inSandbox(bed, "Note__c")).isEqualTo(Map.of("a", "gone", "b", "gone", "c", ""));
        }
    }

    @Test
    void anEditedConstantReachesEveryRecord() {
        try (TestBed bed = synced(SmallLeads.MAPPING)) {
            edit(bed, SmallLeads.MAPPING.replace("constant: Acme", "constant: Beta"));
            assertThat(cause(bed.sync())).isEqualTo(Cause.EDIT);
            assertThat(bed.written())
                    .containsExactly("update a Id__c,Company", "update b Id__c,Company", "update c Id__c,Company");
        }
    }

    @Test
    void anEditOfWhatFillsTheKeyIsRefusedUntilAReset() {
        try (TestBed bed = synced(SmallLeads.MAPPING)) {
            edit(bed, SmallLeads.MAPPING.replace("{Id__c: id}", "{Id__c: extra}"));
            InvalidInput refused = catchThrowableOfType(InvalidInput.class, bed::sync);
            assertThat(refused.problems())
                    .singleElement()
                    .isEqualTo(new Problem(
                            Code.TARGET_KEY,
                            new Place("mappings/test.yaml", 10, 9),
                            "Lead.Id__c is filled by column extra, but when test was synced by column id: rows would be"
                                    + " taken for other records",
                            "put it back, or reset test and approve a first sync",
                            "  key: {Id__c: extra}"));
            assertThat(bed.written()).isEmpty();
            edit(bed, SmallLeads.MAPPING);
            assertThat(bed.sync().requests()).isZero();
        }
    }

    @Test
    void aFieldThatTriggersNothingGoesAlong() {
        String mapping = SmallLeads.MAPPING.replace("Note__c: note", "Note__c: {column: note, triggers: false}");
        try (TestBed bed = synced(mapping)) {
            SmallLeads.model(bed, "a,Ann,1.26,A,later,x", ROWS[1], ROWS[2]);
            SyncReport quiet = bed.sync();
            assertThat(quiet.accounting().planned()).isZero();
            assertThat(quiet.requests()).isZero();
            SmallLeads.model(bed, "a,Ann,1.26,B,later,x", ROWS[1], ROWS[2]);
            bed.sync();
            assertThat(bed.written()).containsExactly("update a Id__c,Grade__c,Note__c");
        }
    }

    @Test
    void anEmptyValueClearsOrIsKept() {
        String mapping = SmallLeads.MAPPING.replace("Note__c: note", "Note__c: {column: note, when_empty: keep}");
        try (TestBed bed = synced(mapping)) {
            SmallLeads.model(bed, "a,Ann,1.26,A,,x", "b,Bob,2.5,,note,y", ROWS[2]);
            bed.sync();
            assertThat(bed.written()).containsExactly("update b Id__c,Grade__c");
            assertThat(SmallLeads.inSandbox(bed, "Note__c")).containsEntry("a", "note");
            assertThat(SmallLeads.inSandbox(bed, "Grade__c")).isEqualTo(Map.of("a", "A", "b", "", "c", "C"));
            SmallLeads.model(bed, ROWS);
            bed.sync();
            assertThat(bed.written()).containsExactly("update b Id__c,Grade__c");
        }
    }

    @Test
    void aStepWithinTheDeadBandWaitsUntilItsSumIsLarge() {
        try (TestBed bed = synced(SmallLeads.MAPPING + "guardrails: {Score__c: {dead_band: 0.5}}\n")) {
            SmallLeads.model(bed, "a,Ann,1.56,A,note,x", ROWS[1], ROWS[2]);
            assertThat(bed.sync().accounting().planned()).isZero();
            SmallLeads.model(bed, "a,Ann,1.60,B,note,x", ROWS[1], ROWS[2]);
            bed.sync();
            assertThat(bed.written()).containsExactly("update a Id__c,Grade__c");
            SmallLeads.model(bed, "a,Ann,1.80,B,note,x", ROWS[1], ROWS[2]);
            bed.sync();
            assertThat(bed.written()).containsExactly("update a Id__c,Score__c");
            assertThat(SmallLeads.inSandbox(bed, "Score__c")).containsEntry("a", "1.8");
        }
    }
}
