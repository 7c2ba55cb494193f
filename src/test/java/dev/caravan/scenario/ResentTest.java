package dev.caravan.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.app.SyncReport;
import dev.caravan.guard.Verdict;
import dev.caravan.plan.Cause;
import dev.caravan.run.Accounting;
import dev.caravan.sandbox.fault.Fault;
import dev.caravan.sandbox.fault.FaultAction;
import dev.caravan.sandbox.http.Json;
import dev.caravan.sandbox.salesforce.Edit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that did not change are sent again before what they made expires: the oldest first, a share at a time, and none that may not be. */
class ResentTest {

    private static final String EVERY = SmallLeads.MAPPING.replace("  on_removed", "  resend_every: 30d\n  on_removed");
    private static final String TWO = "guardrails: {max_resent: 40%}\n";

    @TempDir
    private Path folder;

    @Test
    void theOldestComeFirstAndTheRestWithLaterRuns() {
        try (TestBed bed = SmallLeads.bed(folder, EVERY + TWO)) {
            SmallLeads.model(bed, "a,Ann,1,A,n,x", "b,Bob,2,B,n,x", "c,Cy,3,C,n,x", "d,Di,4,D,n,x");
            bed.sync();
            bed.pass(Duration.ofDays(10));
            SmallLeads.model(bed, "a,Ann,1,A,n,x", "b,Bob,2,B,new,x", "c,Cy,3,C,n,x", "d,Di,4,D,n,x", "e,Ed,5,A,n,x");
            bed.sync();
            bed.written();

            bed.pass(Duration.ofDays(19));
            assertThat(bed.sync().accounting().planned()).as("29 days").isZero();
            bed.pass(Duration.ofDays(2));
            SyncReport preview = bed.plan();
            assertThat(preview.change()).isEqualTo(2);
            assertThat(bed.written()).as("a preview sends nothing").isEmpty();
            SyncReport first = bed.sync();
            assertThat(first.accounting()).isEqualTo(new Accounting(2, 2, 0, 0, 0, 0));
            assertThat(bed.written())
                    .containsExactly(
                            "update a Id__c,LastName,Company,Score__c,Grade__c,Note__c",
                            "update c Id__c,LastName,Company,Score__c,Grade__c,Note__c");
            assertThat(resent(first))
                    .containsExactly("2 of 5 sent again (40.0 %), limit 40 %; 1 more are due and wait for later runs");
            assertThat(bed.operations()
                            .record(Optional.of(TestBed.MAPPING), "a", true)
                            .getFirst()
                            .row()
                            .cause())
                    .isEqualTo(Cause.RENEWED);
            bed.sync();
            assertThat(bed.written()).containsExactly("update d Id__c,LastName,Company,Score__c,Grade__c,Note__c");
            SyncReport none = bed.sync();
            assertThat(none.accounting().planned()).isZero();
            assertThat(none.requests()).isZero();

            bed.pass(Duration.ofDays(9));
            bed.sync();
            assertThat(bed.written()).as("40 days").hasSize(2).allMatch(write -> write.matches("update [be] .*"));
        }
    }

    @Test
    void whatIsNotAskedForIsNotSentAgain() {
        try (TestBed bed = SmallLeads.bed(folder, SmallLeads.MAPPING)) {
            SmallLeads.model(bed, SmallLeads.many(3, "n"));
            bed.sync();
            bed.pass(Duration.ofDays(4_000));
            assertThat(bed.sync().requests()).isZero();
        }
    }

    /** Two are refused when they are sent again, which stands; the next run sends the others in their place. */
    @Test
    void whatWasRefusedStaysSoAndTakesNoOthersPlace() {
        try (TestBed bed = SmallLeads.bed(folder, EVERY + TWO)) {
            SmallLeads.model(bed, SmallLeads.many(5, "n"));
            bed.sync();
            bed.written();
            bed.pass(Duration.ofDays(31));
            for (String key : List.of("p001", "p002")) {
                ObjectNode converted = Json.object()
                        .put("LastName", "Converted")
                        .put("Company", "Theirs")
                        .put("Id__c", key)
                        .put("IsConverted", true);
                bed.sandbox().edit(Edit.delete("Lead", "Id__c", key));
                bed.sandbox().edit(new Edit("Lead", "insert", "Id", "", converted, ""));
            }
            bed.written();
            assertThat(bed.sync().accounting()).isEqualTo(new Accounting(2, 0, 2, 0, 0, 0));
            SyncReport others = bed.sync();
            assertThat(others.accounting()).isEqualTo(new Accounting(2, 2, 0, 0, 0, 0));
            assertThat(others.summary().orElseThrow().standing()).isEqualTo(2);
            assertThat(bed.sync().accounting()).isEqualTo(new Accounting(1, 1, 0, 0, 0, 0));
            assertThat(bed.written()).hasSize(3);
            assertThat(bed.sync().accounting().planned()).isZero();
        }
    }

    /** What breaks the contract is not sent, and what may have arrived is sent as what it is: a request without an end. */
    @Test
    void neitherInvalidRowsNorHalfAModelAreSentAgain() {
        String checked = EVERY + "contract: {checks: [{not_null: [name]}]}\n";
        try (TestBed bed = SmallLeads.bed(folder, checked)) {
            SmallLeads.model(bed, "a,Ann,1,A,n,x", "b,Bob,2,B,n,x", "c,Cy,3,C,n,x");
            bed.sync();
            bed.written();
            bed.pass(Duration.ofDays(31));
            bed.write("data/leads.csv", "id,name,score,grade,note,extra\na,Ann,1,A,n,x\n\"b");
            assertThat(TestBed.refusal(bed::sync)).isNotEmpty();
            assertThat(bed.written()).isEmpty();
            SmallLeads.model(bed, "a,Ann,1,A,n,x", "b,,2,B,n,x", "c,Cy,3,C,n,x");
            assertThat(bed.sync().accounting()).isEqualTo(new Accounting(2, 2, 0, 0, 0, 0));
            assertThat(bed.written())
                    .allMatch(write -> write.matches("update [ac] .*"))
                    .hasSize(2);
        }
    }

    private static List<String> resent(SyncReport report) {
        return report.guards().stream()
                .filter(verdict -> verdict.guard().equals("max_resent"))
                .map(Verdict::detail)
                .toList();
    }

    /** What the destination would not take any more is known before it is sent, and others go in its place in the same run. */
    @Test
    void whatDoesNotFitAnyMoreTakesNoOthersPlace() {
        try (TestBed bed = SmallLeads.bed(folder, EVERY + TWO)) {
            SmallLeads.model(
                    bed,
                    "a,Ann,1,A,much too long,x",
                    "b,Bob,2,B,as long as that,x",
                    "c,Cy,3,C,n,x",
                    "d,Di,4,D,n,x",
                    "e,Ed,5,A,n,x");
            bed.sync();
            bed.written();
            bed.pass(Duration.ofDays(31));
            assertThat(bed.sandbox().salesforce().schemas().resizeField("Lead", "Note__c", 5))
                    .isTrue();
            SyncReport run = bed.sync();
            assertThat(run.accounting()).isEqualTo(new Accounting(2, 2, 0, 0, 0, 0));
            assertThat(run.invalid()).isEqualTo(2);
            assertThat(bed.written())
                    .allMatch(write -> write.matches("update [cd] .*"))
                    .hasSize(2);
        }
    }

    @Test
    void howeverManyDoNotFitOneThatDoesIsSent() {
        try (TestBed bed =
                SmallLeads.bed(folder, EVERY + "contract: {valid_share: 0%}\nguardrails: {max_resent: 1%}\n")) {
            String[] rows = SmallLeads.many(20, "much too long");
            rows[17] = rows[17].replace("much too long", "n");
            SmallLeads.model(bed, rows);
            bed.sync();
            bed.written();
            bed.pass(Duration.ofDays(31));
            assertThat(bed.sandbox().salesforce().schemas().resizeField("Lead", "Note__c", 5))
                    .isTrue();
            SyncReport run = bed.sync();
            assertThat(run.accounting()).isEqualTo(new Accounting(1, 1, 0, 0, 0, 0));
            assertThat(bed.written()).singleElement().asString().startsWith("update p018 ");
            assertThat(bed.sync().accounting().planned()).isZero();
        }
    }

    /** Who is gone there is made anew, and is ours then like any other we made. */
    @Test
    void whatWasGoneIsThereAgain() {
        String mapping = EVERY.replace("on_removed: nothing", "on_removed: delete")
                + "guardrails: {max_removed: 100%, min_rows: 0%}\n";
        try (TestBed bed = SmallLeads.bed(folder, mapping)) {
            SmallLeads.model(bed, "a,Ann,1,A,n,x", "b,Bob,2,B,n,x");
            bed.sync();
            bed.sandbox().edit(Edit.delete("Lead", "Id__c", "a"));
            bed.pass(Duration.ofDays(31));
            assertThat(bed.sync().accounting()).isEqualTo(new Accounting(2, 2, 0, 0, 0, 0));
            assertThat(SmallLeads.inSandbox(bed, "LastName")).isEqualTo(Map.of("a", "Ann", "b", "Bob"));
            assertThat(bed.sync().accounting().planned())
                    .as("it went out as a whole")
                    .isZero();
            SmallLeads.model(bed, "b,Bob,2,B,n,x");
            assertThat(bed.sync().remove()).isEqualTo(1);
            assertThat(SmallLeads.inSandbox(bed, "LastName")).isEqualTo(Map.of("b", "Bob"));
        }
    }

    /** A request without an end is that first of all: it is brought to its end, and the row is not due then. */
    @Test
    void whatIsLostOnItsWayComesBackAsSuch() {
        try (TestBed bed = SmallLeads.bed(folder, EVERY)) {
            SmallLeads.model(bed, SmallLeads.many(3, "n"));
            bed.sync();
            bed.pass(Duration.ofDays(31));
            for (int again = 0; again < 20; again++) {
                bed.sandbox()
                        .faults()
                        .add(Fault.once(new FaultAction.LoseAnswer()).on("PATCH", "/composite/sobjects"));
            }
            SyncReport lost = bed.sync();
            assertThat(lost.accounting()).isEqualTo(new Accounting(3, 0, 0, 0, 3, 0));
            bed.sandbox().faults().clear();
            bed.pass(Duration.ofMinutes(15));
            assertThat(bed.sync().accounting()).isEqualTo(new Accounting(3, 3, 0, 0, 0, 0));
            assertThat(bed.operations()
                            .record(Optional.of(TestBed.MAPPING), "p001", true)
                            .getFirst()
                            .row()
                            .cause())
                    .isEqualTo(Cause.UNKNOWN);
            assertThat(bed.sync().accounting().planned()).isZero();
        }
    }
}
