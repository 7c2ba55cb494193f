package dev.caravan.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.app.Doubtful;
import dev.caravan.app.MappingStatus;
import dev.caravan.app.SyncReport;
import dev.caravan.ledger.Deliveries.Sent;
import dev.caravan.plan.Cause;
import dev.caravan.plan.PlanSummary;
import dev.caravan.run.Accounting;
import dev.caravan.sandbox.fault.Fault;
import dev.caravan.sandbox.fault.FaultAction.LoseAnswer;
import dev.caravan.sandbox.fault.FaultAction.Reset;
import dev.caravan.sandbox.fault.FaultAction.Respond;
import dev.caravan.sandbox.http.RequestLog;
import dev.caravan.sandbox.salesforce.Edit;
import dev.caravan.sandbox.spec.Quirks;
import dev.caravan.sandbox.spec.SandboxSpec;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Inserts without a unique key whose answers are lost, in an organisation that can be asked what became of them. */
class LookedUpInsertTest {

    /** Nothing keeps two leads from having the same note. */
    private static final String MAPPING = SmallLeads.MAPPING
            .replace("operation: upsert", "operation: insert")
            .replace("key: {Id__c: id}", "key: {Extra__c: id}");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Accounting ONE_HELD = new Accounting(1, 0, 0, 1, 0, 0);
    private static final Accounting ONE_ACCEPTED = new Accounting(1, 1, 0, 0, 0, 0);

    @TempDir
    private Path folder;

    @Test
    void whatArrivedIsRecordedAsItWasSentAndWhatDidNotIsInsertedAsItIsNow() {
        try (TestBed bed = bed(SmallLeads.spec())) {
            lose(bed, true, Duration.ofMinutes(1), "a,Ann,1.5,A,one,x", "b,Bob,,B,one,x");
            lose(bed, false, "a,Ann,1.5,A,one,x", "b,Bob,,B,one,x", "c,Cy,3,C,one,x");
            bed.restart();
            SmallLeads.model(bed, "a,Ann,1.5,A,two,x", "b,Bob,,B,two,x", "c,Cy,3,C,two,x");

            SyncReport report = bed.sync();
            assertThat(report.accounting()).isEqualTo(new Accounting(3, 3, 0, 0, 0, 0));
            assertThat(report.summary().orElseThrow().samples())
                    .extracting(PlanSummary.Sample::key, PlanSummary.Sample::cause)
                    .contains(org.assertj.core.groups.Tuple.tuple("a", Cause.FOUND));
            assertThat(notes(bed)).containsExactly("a one", "b one", "c two");
            assertThat(unresolved(bed)).isZero();
            assertThat(bed.sync().requests()).isZero();

            Sent sent = bed.operations()
                    .record(Optional.of(TestBed.MAPPING), "a", true)
                    .getFirst();
            assertThat(sent.outcome())
                    .hasValueSatisfying(
                            outcome -> assertThat(outcome.toString()).startsWith("Unchanged[remoteId=00Q"));
        }
    }

    /** What we did not see ourselves make is not ours to delete (I7). */
    @Test
    void whatWasFoundIsNotDeletedWhenItsRowLeaves() {
        try (TestBed bed = bed(SmallLeads.spec(), MAPPING.replace("on_removed: nothing", "on_removed: delete"))) {
            lose(bed, true, "a,Ann,1,A,one,x", "b,Bob,1,A,one,x");
            SmallLeads.model(bed, "b,Bob,1,A,one,x");
            assertThat(bed.settle().accounting())
                    .as("a is found before anything is said of its leaving")
                    .isEqualTo(new Accounting(2, 2, 0, 0, 0, 0));
            bed.settle();
            assertThat(bed.records("Lead")).hasSize(2);
            assertThat(unresolved(bed)).isZero();
        }
    }

    @Test
    void whatIsNotThereAndLeftTheModelIsOver() {
        try (TestBed bed = bed(SmallLeads.spec(), MAPPING.replace("on_removed: nothing", "on_removed: delete"))) {
            lose(bed, false, "a,Ann,1,A,one,x", "b,Bob,1,A,one,x");
            SmallLeads.model(bed, "b,Bob,1,A,one,x");
            assertThat(bed.settle().accounting()).isEqualTo(ONE_ACCEPTED);
            assertThat(notes(bed)).containsExactly("b one");
            assertThat(unresolved(bed)).isZero();
        }
    }

    @Test
    void nothingIsLookedUpWhileItMayStillLand() throws SQLException {
        try (TestBed bed = bed(SmallLeads.spec())) {
            lose(bed, false, Duration.ofMinutes(9), "a,Ann,1,A,one,x");
            Instant sent = bed.time().time().clock().instant().minus(Duration.ofMinutes(9));
            SyncReport report = bed.sync();
            assertThat(report.accounting()).isEqualTo(ONE_HELD);
            assertThat(report.summary().orElseThrow().cost().requests())
                    .as("nothing is sent")
                    .isZero();
            assertThat(report.summary().orElseThrow().samples())
                    .extracting(PlanSummary.Sample::held)
                    .containsExactly("zombie_window");
            assertThat(report.heldBy()).containsExactly(entry("zombie_window", 1L));
            assertThat(bed.last().heldBy()).isEqualTo(report.heldBy());
            MappingStatus status = bed.operations().status().getFirst();
            assertThat(status.unsettled().heldBy()).isEqualTo(report.heldBy());
            assertThat(status.unsettled().since().orElseThrow()).isBetween(sent.minusSeconds(60), sent);
            assertThat(bed.operations().rejected(Optional.empty(), 9).doubtful())
                    .extracting(Doubtful::shown, Doubtful::run)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple("a", 1L));
            assertThat(queries(bed)).isZero();
            bed.time().pass(Duration.ofMinutes(2));
            assertThat(bed.sync().accounting()).isEqualTo(ONE_ACCEPTED);
            assertThat(queries(bed)).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "arrived, found_several, insert",
        "lost, found_foreign, insert",
        "arrived, found_differing, update",
        "arrived, found_deleted, delete"
    })
    void whatSomebodyElseDidMeanwhileIsLeftToAPerson(String fate, String reason, String did) throws SQLException {
        try (TestBed bed = bed(SmallLeads.spec())) {
            lose(bed, fate.equals("arrived"), "a,Ann,1,A,one,x");
            int before = bed.records("Lead").size();
            ObjectNode fields = JSON.createObjectNode().put("Note__c", did.equals("update") ? "other" : "one");
            if (did.equals("insert")) {
                fields.put("Extra__c", "A").put("LastName", "Ann").put("Company", "Acme");
                fields.put("Score__c", 1).put("Grade__c", "A");
            }
            String id =
                    before == 0 ? "" : bed.records("Lead").getFirst().path("Id").asText();
            bed.sandbox().edit(new Edit("Lead", did, "Id", id, fields, ""));
            assertThat(bed.sync().accounting()).isEqualTo(ONE_HELD);
            assertThat(reason(bed)).isEqualTo(reason);
            assertThat(unresolved(bed)).isEqualTo(1);
            assertThat(bed.records("Lead")).hasSize(did.equals("insert") ? before + 1 : did.equals("delete") ? 0 : 1);
        }
    }

    @Test
    void whoCannotSeeAllDoesNotSayThatNothingIsThere() throws SQLException {
        Quirks blind = new Quirks(true, true, Duration.ZERO, 10_000, false);
        try (TestBed bed = bed(SmallLeads.spec().withQuirks(blind))) {
            lose(bed, true, Duration.ofMinutes(1), "a,Ann,1,A,one,x");
            lose(bed, false, "a,Ann,1,A,one,x", "b,Bob,1,A,one,x");
            assertThat(bed.sync().accounting())
                    .as("what is found is found")
                    .isEqualTo(new Accounting(2, 1, 0, 1, 0, 0));
            assertThat(reason(bed)).isEqualTo("look_up_blind");
            assertThat(bed.records("Lead")).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 500})
    void whereNobodyAnswersTheRowWaitsAndIsLookedUpAgain(int status) throws SQLException {
        try (TestBed bed = bed(SmallLeads.spec())) {
            lose(bed, true, "a,Ann,1,A,one,x");
            String refusal = "[{\"errorCode\":\"INVALID_FIELD\",\"message\":\"no\"}]";
            bed.sandbox()
                    .faults()
                    .add(Fault.once(new Respond(status, Map.of(), status < 500 ? refusal : ""))
                            .times(Fault.ALWAYS)
                            .on("GET", "queryAll"));
            assertThat(bed.sync().accounting()).isEqualTo(ONE_HELD);
            assertThat(reason(bed)).isEqualTo("look_up");
            bed.sandbox().faults().clear();
            bed.restart();
            assertThat(bed.sync().accounting()).isEqualTo(ONE_ACCEPTED);
            assertThat(bed.records("Lead")).hasSize(1);
        }
    }

    private TestBed bed(SandboxSpec spec) {
        return bed(spec, MAPPING);
    }

    private TestBed bed(SandboxSpec spec, String mapping) {
        return new TestBed(folder, spec).write("mappings/test.yaml", mapping);
    }

    private static void lose(TestBed bed, boolean arrived, String... rows) {
        lose(bed, arrived, Duration.ofMinutes(11), rows);
    }

    /** Sends these rows, loses the answer and lets this time pass. */
    private static void lose(TestBed bed, boolean arrived, Duration time, String... rows) {
        SmallLeads.model(bed, rows);
        bed.sandbox()
                .faults()
                .add(Fault.once(arrived ? new LoseAnswer() : new Reset())
                        .times(Fault.ALWAYS)
                        .on(null, "composite"));
        assertThat(bed.sync().accounting().unknown()).isPositive();
        bed.sandbox().faults().clear();
        bed.time().pass(time);
    }

    private static List<String> notes(TestBed bed) {
        return bed.records("Lead").stream()
                .map(lead -> lead.path("Extra__c").asText() + " "
                        + lead.path("Note__c").asText())
                .sorted()
                .toList();
    }

    private static long unresolved(TestBed bed) {
        return bed.operations().status().getFirst().unresolved();
    }

    private static long queries(TestBed bed) {
        return bed.sandbox().requests().stream()
                .map(RequestLog.Entry::operation)
                .filter(operation -> operation.startsWith("query"))
                .count();
    }

    /** Why the newest plan holds a row. */
    private static String reason(TestBed bed) throws SQLException {
        try (Connection ledger = DriverManager.getConnection(
                        "jdbc:sqlite:" + bed.folder().resolve("state/ledger.db"));
                Statement statement = ledger.createStatement();
                ResultSet row = statement.executeQuery("SELECT reason FROM hold ORDER BY run DESC LIMIT 1")) {
            return row.next() ? row.getString(1) : "";
        }
    }
}
