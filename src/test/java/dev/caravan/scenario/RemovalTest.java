package dev.caravan.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.app.SyncReport;
import dev.caravan.plan.Cause;
import dev.caravan.plan.PlanSummary;
import dev.caravan.run.Accounting;
import dev.caravan.sandbox.fault.Fault;
import dev.caravan.sandbox.fault.FaultAction;
import dev.caravan.sandbox.salesforce.Edit;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a record whose key left the model, and which keys have not left though their row is not there. */
class RemovalTest {

    private static final String A = "a,Ann,1,A,note,x";
    private static final String B = "b,Bob,2,B,note,x";
    private static final String C = "c,Cy,3,C,note,x";

    @TempDir
    private Path folder;

    private TestBed bed(String onRemoved, String more) {
        return SmallLeads.bed(folder, SmallLeads.MAPPING.replace("on_removed: nothing", onRemoved) + more);
    }

    private static PlanSummary summary(SyncReport report) {
        return report.summary().orElseThrow();
    }

    @Test
    void nothingMarksTheKeyOnceAndAddsItWhenItReturns() {
        try (TestBed bed = bed("on_removed: nothing", "")) {
            SmallLeads.model(bed, A, B, C);
            bed.sync();
            bed.written();
            SmallLeads.model(bed, A, B);
            SyncReport left = bed.sync();
            assertThat(left.remove()).isZero();
            assertThat(summary(left).left()).isEqualTo(1);
            assertThat(left.requests()).isZero();
            assertThat(summary(bed.sync()).left()).isZero();
            SmallLeads.model(bed, A, B, C);
            SyncReport back = bed.sync();
            assertThat(back.add()).isEqualTo(1);
            assertThat(summary(back).samples().getFirst().cause()).isEqualTo(Cause.RETURNED);
            assertThat(bed.written()).singleElement().asString().startsWith("update c ");
            assertThat(bed.records("Lead")).hasSize(3);
        }
    }

    @Test
    void clearEmptiesWhatMayBeEmptyAndKeepsTheRecord() {
        try (TestBed bed = bed("on_removed: clear", "")) {
            SmallLeads.model(bed, A, B);
            bed.sync();
            SmallLeads.model(bed, A);
            SyncReport report = bed.sync();
            assertThat(report.remove()).isEqualTo(1);
            assertThat(summary(report).removal()).isEqualTo("clear");
            assertThat(summary(report).action(summary(report).samples().getFirst()))
                    .contains("clear");
            assertThat(report.accounting().accepted()).isEqualTo(1);
            assertThat(SmallLeads.inSandbox(bed, "Note__c")).isEqualTo(Map.of("a", "note", "b", ""));
            assertThat(SmallLeads.inSandbox(bed, "LastName")).isEqualTo(Map.of("a", "Ann", "b", "Bob"));
            assertThat(bed.sync().accounting().planned()).isZero();
            SmallLeads.model(bed, A, B);
            assertThat(bed.sync().add()).isEqualTo(1);
            assertThat(SmallLeads.inSandbox(bed, "Note__c")).isEqualTo(Map.of("a", "note", "b", "note"));

            bed.sandbox().edit(Edit.delete("Lead", "Id__c", "b"));
            SmallLeads.model(bed, A);
            assertThat(bed.sync().accounting())
                    .as("what is gone stays gone")
                    .isEqualTo(new Accounting(1, 1, 0, 0, 0, 0));
            assertThat(bed.records("Lead")).hasSize(1);
        }
    }

    private static void somebodyElseCreates(TestBed bed, String key) {
        ObjectNode fields = JsonNodeFactory.instance
                .objectNode()
                .put("LastName", "Before")
                .put("Company", "Theirs")
                .put("Id__c", key);
        bed.sandbox().edit(new Edit("Lead", "insert", "Id", "", fields, ""));
        assertThat(SmallLeads.inSandbox(bed, "Company")).containsEntry(key, "Theirs");
    }

    @Test
    void deleteTouchesOnlyRecordsThatWereCreatedHere() {
        try (TestBed bed = bed("on_removed: delete", "guardrails: {max_removed: 100%, min_rows: 0%}\n")) {
            somebodyElseCreates(bed, "a");
            SmallLeads.model(bed, A, B, C);
            bed.sync();
            SmallLeads.model(bed, C);
            SyncReport report = bed.sync();
            assertThat(report.remove()).isEqualTo(1);
            assertThat(summary(report).left()).isEqualTo(1);
            assertThat(report.accounting().accepted()).isEqualTo(1);
            assertThat(SmallLeads.inSandbox(bed, "LastName")).isEqualTo(Map.of("a", "Ann", "c", "Cy"));
            SmallLeads.model(bed, B, C);
            assertThat(bed.sync().add()).isEqualTo(1);
            assertThat(SmallLeads.inSandbox(bed, "LastName")).containsOnlyKeys("a", "b", "c");

            SmallLeads.model(bed, C);
            assertThat(bed.sync().remove()).isEqualTo(1);
            somebodyElseCreates(bed, "b");
            SmallLeads.model(bed, B, C);
            assertThat(bed.sync().add()).isEqualTo(1);
            SmallLeads.model(bed, C);
            assertThat(bed.sync().remove()).as("what was ours is gone").isZero();
            assertThat(SmallLeads.inSandbox(bed, "LastName")).containsOnlyKeys("a", "b", "c");
        }
    }

    @Test
    void adoptedRecordsAreDeletedToo() {
        try (TestBed bed =
                bed("on_removed: delete\n  adopted: true", "guardrails: {max_removed: 100%, min_rows: 0%}\n")) {
            somebodyElseCreates(bed, "a");
            SmallLeads.model(bed, A, B, C);
            bed.sync();
            SmallLeads.model(bed, C);
            assertThat(bed.sync().remove()).isEqualTo(2);
            assertThat(SmallLeads.inSandbox(bed, "LastName")).isEqualTo(Map.of("c", "Cy"));
        }
    }

    @Test
    void aRecordThatIsGoneAlreadyCountsAsRemoved() {
        try (TestBed bed = bed("on_removed: delete", "")) {
            SmallLeads.model(bed, A, B);
            bed.sync();
            bed.sandbox().edit(Edit.delete("Lead", "Id__c", "b"));
            SmallLeads.model(bed, A);
            SyncReport report = bed.sync();
            assertThat(report.accounting().accepted()).isEqualTo(1);
            assertThat(bed.sync().accounting().planned()).isZero();
        }
    }

    @Test
    void aRecordThatAChangeMadeAgainIsOursToDelete() {
        try (TestBed bed = bed("on_removed: delete", "")) {
            String fields = "fields:\n  LastName: name\n  Title: note\n";
            String mapping = SmallLeads.MAPPING.substring(0, SmallLeads.MAPPING.indexOf("fields:"));
            bed.write(
                    "mappings/test.yaml",
                    mapping.replace("Lead", "Contact").replace("on_removed: nothing", "on_removed: delete") + fields);
            SmallLeads.model(bed, A, B);
            bed.sync();
            bed.sandbox().edit(Edit.delete("Contact", "Id__c", "b"));
            SmallLeads.model(bed, A, B.replace("Bob", "Rob"));
            bed.sync();
            assertThat(bed.records("Contact")).hasSize(2);
            SmallLeads.model(bed, A);
            assertThat(bed.sync().accounting().accepted()).isEqualTo(1);
            assertThat(bed.records("Contact")).hasSize(1);
        }
    }

    @Test
    void aKeyWhoseOnlyRequestWasLostStaysListedUntilItReturns() {
        try (TestBed bed = bed("on_removed: delete", "guardrails: {max_removed: 0%}\n")) {
            SmallLeads.model(bed, A);
            bed.sync();
            SmallLeads.model(bed, A, B);
            bed.sandbox()
                    .faults()
                    .add(Fault.once(new FaultAction.LoseAnswer())
                            .on(null, "composite/sobjects")
                            .times(Fault.ALWAYS));
            assertThat(bed.sync().accounting().unknown()).isEqualTo(1);
            bed.sandbox().faults().clear();
            bed.restart();

            SmallLeads.model(bed, A);
            for (int run = 0; run < 2; run++) {
                SyncReport left = bed.sync();
                assertThat(left.state()).isEqualTo("done");
                assertThat(left.accounting()).isEqualTo(new Accounting(1, 0, 0, 1, 0, 0));
                assertThat(left.requests()).isZero();
                assertThat(summary(left).samples().getFirst().key()).isEqualTo("b");
                assertThat(bed.operations().status().getFirst().unresolved()).isEqualTo(1);
            }
            SmallLeads.model(bed, A, B);
            assertThat(bed.sync().accounting().accepted()).isEqualTo(1);
            assertThat(bed.operations().status().getFirst().unresolved()).isZero();
        }
    }

    @Test
    void anInvalidOrDoubledRowIsNotARemovedOne() {
        String contract = "contract: {checks: [{range: {score: [0, 10]}}], valid_share: 0%}\n";
        try (TestBed bed = bed("on_removed: delete", contract)) {
            SmallLeads.model(bed, A, B, C);
            bed.sync();
            SmallLeads.model(bed, "b,Bob,99,B,note,x", C, "c,Cy,4,C,note,x");
            SyncReport report = bed.sync();
            assertThat(report.invalid()).isEqualTo(3);
            assertThat(report.remove()).isEqualTo(1);
            assertThat(report.change()).isZero();
            assertThat(SmallLeads.inSandbox(bed, "LastName")).isEqualTo(Map.of("b", "Bob", "c", "Cy"));
        }
    }

    @Test
    void anUnreadableKeyForbidsAllRemovalsAndSaysSo() {
        try (TestBed bed = bed("on_removed: delete", "contract: {valid_share: 0%}\n")) {
            SmallLeads.model(bed, A, B, C);
            bed.sync();
            SmallLeads.model(bed, A, ",Who,1,A,note,x");
            SyncReport report = bed.sync();
            assertThat(report.remove()).isZero();
            assertThat(report.state()).isEqualTo("done");
            assertThat(report.guards())
                    .anySatisfy(verdict -> assertThat(verdict.detail())
                            .isEqualTo("no removals in this run: 1 row has no readable key"));
            assertThat(bed.records("Lead")).hasSize(3);
            SmallLeads.model(bed, A);
            assertThat(bed.sync().remove()).isEqualTo(2);
        }
    }

    @Test
    void tooManyRemovalsWaitForAPerson() {
        try (TestBed bed = bed("on_removed: delete", "guardrails: {max_removed: 10%}\n")) {
            SmallLeads.model(bed, A, B, C);
            bed.sync();
            SmallLeads.model(bed, A, C);
            SyncReport held = bed.sync();
            assertThat(held.state()).isEqualTo("held");
            assertThat(bed.records("Lead")).hasSize(3);
            assertThat(bed.approve(held).accounting().accepted()).isEqualTo(1);
            assertThat(bed.records("Lead")).hasSize(2);
        }
    }

    @Test
    void anEmptyModelIsHeld() {
        try (TestBed bed = bed("on_removed: delete", "guardrails: {max_removed: 100%}\n")) {
            SmallLeads.model(bed, A, B, C);
            bed.sync();
            bed.write("data/leads.csv", "id,name,score,grade,note,extra\n");
            SyncReport held = bed.sync();
            assertThat(held.state()).isEqualTo("held");
            assertThat(held.remove()).isEqualTo(3);
            assertThat(bed.records("Lead")).hasSize(3);
        }
    }
}
