package dev.caravan.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.app.Operations;
import dev.caravan.app.SyncReport;
import dev.caravan.destination.Outcome;
import dev.caravan.ledger.Decisions.Decision;
import dev.caravan.mapping.MappingId;
import dev.caravan.mapping.Target.OnUnknown;
import dev.caravan.run.Accounting;
import dev.caravan.sandbox.fault.Fault;
import dev.caravan.sandbox.fault.FaultAction.LoseAnswer;
import dev.caravan.sandbox.fault.FaultAction.Reset;
import dev.caravan.sandbox.fault.FaultAction.Respond;
import dev.caravan.sandbox.salesforce.Edit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Inserts whose answers are lost: repeated where the destination tells a second one, and else left to what the mapping says. */
class DoubtfulInsertTest {

    private static final String UNIQUE = SmallLeads.MAPPING.replace("operation: upsert", "operation: insert");
    /** Nothing keeps two leads from having the same note. */
    private static final String PLAIN = UNIQUE.replace("key: {Id__c: id}", "key: {Extra__c: id}")
            .replace("fields:\n", "fields:\n  Id__c: note\n")
            .replace("  Note__c: note\n", "");

    @TempDir
    private Path folder;

    /** Class B: the record has the values of the first request, whatever the model says by now. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aUniqueKeyTellsWhetherTheFirstOneArrived(boolean arrived) {
        try (TestBed bed = SmallLeads.bed(folder, UNIQUE)) {
            SmallLeads.model(bed, "a,Ann,1,A,one,x", "b,Bob,2,B,one,x");
            lose(bed, arrived);
            assertThat(bed.sync().accounting()).isEqualTo(new Accounting(2, 0, 0, 0, 2, 0));
            bed.sandbox().faults().clear();
            bed.restart();
            bed.time().pass(Duration.ofMinutes(1));
            long requests = composites(bed);

            SmallLeads.model(bed, "a,Ann,1,A,two,x", "b,Bob,2,B,one,x");
            if (arrived) {
                assertThat(bed.sync().accounting())
                        .as("that the keys are taken does not tell by whom")
                        .isEqualTo(new Accounting(2, 0, 0, 0, 2, 0));
                assertThat(composites(bed)).as("asked once").isEqualTo(requests + 1);
                assertThat(bed.sync().accounting()).isEqualTo(new Accounting(2, 0, 0, 2, 0, 0));
                bed.time().pass(Duration.ofMinutes(11));
            }
            assertThat(bed.sync().accounting()).isEqualTo(new Accounting(2, 2, 0, 0, 0, 0));
            assertThat(SmallLeads.inSandbox(bed, "Note__c")).isEqualTo(Map.of("a", "one", "b", "one"));
            assertThat(bed.sync().requests()).isZero();
        }
    }

    /** Class B: what was lost never arrived, and the key is somebody else's record with other values. */
    @Test
    void aKeyThatSomebodyElseTookIsNotOurs() {
        try (TestBed bed = SmallLeads.bed(folder, UNIQUE)) {
            SmallLeads.model(bed, "a,Ann,1,A,one,x");
            lose(bed, false);
            assertThat(bed.sync().accounting()).isEqualTo(new Accounting(1, 0, 0, 0, 1, 0));
            bed.sandbox().faults().clear();
            ObjectNode theirs = new ObjectMapper()
                    .createObjectNode()
                    .put("Id__c", "a")
                    .put("LastName", "Zoe")
                    .put("Company", "Acme");
            bed.sandbox().edit(new Edit("Lead", "insert", "Id", "", theirs, ""));
            for (String each : List.of("taken", "in the window")) {
                bed.time().pass(Duration.ofMinutes(1));
                assertThat(bed.sync().accounting().accepted()).as(each).isZero();
            }
            bed.time().pass(Duration.ofMinutes(11));
            assertThat(bed.sync().accounting()).as("looked up").isEqualTo(new Accounting(1, 0, 0, 1, 0, 0));
            assertThat(bed.operations().status())
                    .anySatisfy(status -> assertThat(status.unresolved()).isEqualTo(1));
            assertThat(bed.operations()
                            .record(Optional.of(TestBed.MAPPING), "a", true)
                            .getFirst()
                            .outcome())
                    .hasValue(new Outcome.Unknown(Outcome.Unknown.KEY_TAKEN));

            say(bed, "a", OnUnknown.RESEND);
            assertThat(bed.sync().accounting())
                    .as("what is sent anew is refused and stands")
                    .isEqualTo(new Accounting(1, 0, 1, 0, 0, 0));
            assertThat(bed.sync().accounting()).isEqualTo(Accounting.NONE);
            assertThat(bed.records("Lead")).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"hold", "resend", "drop"})
    void elseTheMappingSaysWhatIsDone(String onUnknown) {
        String mapping = PLAIN.replace("on_removed: nothing", "on_removed: nothing\n  on_unknown: " + onUnknown);
        try (TestBed bed = SmallLeads.bed(folder, mapping)) {
            SmallLeads.model(bed, "a,Ann,1,A,n1,x");
            lose(bed, true);
            assertThat(bed.sync().accounting()).isEqualTo(new Accounting(1, 0, 0, 0, 1, 0));
            bed.sandbox().faults().clear();
            refuseLookUps(bed);
            bed.time().pass(Duration.ofMinutes(20));
            SmallLeads.model(bed, "a,Ann,1,A,n2,x");
            Accounting next = bed.sync().accounting();
            switch (onUnknown) {
                case "hold" -> {
                    assertThat(next).isEqualTo(new Accounting(1, 0, 0, 1, 0, 0));
                    assertThat(bed.records("Lead")).hasSize(1);
                    assertThat(bed.operations().status())
                            .anySatisfy(
                                    status -> assertThat(status.unresolved()).isEqualTo(1));
                }
                case "resend" -> {
                    assertThat(next).isEqualTo(new Accounting(1, 1, 0, 0, 0, 0));
                    assertThat(bed.records("Lead")).as("at least once").hasSize(2);
                }
                default -> {
                    assertThat(next).isEqualTo(new Accounting(1, 1, 0, 0, 0, 0));
                    assertThat(bed.records("Lead")).as("at most once").hasSize(1);
                    assertThat(bed.operations().status())
                            .anySatisfy(
                                    status -> assertThat(status.unresolved()).isZero());
                }
            }
        }
    }

    /** What is taken as arrived has an end, whatever is said later and whatever becomes of the snapshot. */
    @Test
    void whatWasDroppedIsNeverSentAgain() throws IOException {
        String mapping = PLAIN.replace("on_removed: nothing", "on_removed: nothing\n  on_unknown: drop");
        try (TestBed bed = SmallLeads.bed(folder, mapping)) {
            SmallLeads.model(bed, "a,Ann,1,A,n1,x");
            lose(bed, false);
            assertThat(bed.sync().accounting()).isEqualTo(new Accounting(1, 0, 0, 0, 1, 0));
            bed.sandbox().faults().clear();
            bed.time().pass(Duration.ofMinutes(20));
            SmallLeads.model(bed, "a,Ann,1,A,n2,x");
            assertThat(bed.sync().accounting()).isEqualTo(new Accounting(1, 1, 0, 0, 0, 0));
            assertThat(replayed(bed, "a", OnUnknown.RESEND)).isEqualTo(new Operations.Replayed(0, 1));

            bed.write("mappings/test.yaml", mapping.replace("on_unknown: drop", "on_unknown: resend"));
            bed.restart();
            Files.delete(bed.folder().resolve("state/snapshots/test.duckdb"));
            bed.time().pass(Duration.ofMinutes(20));
            SyncReport later = bed.sync();
            assertThat(later.accounting()).isEqualTo(Accounting.NONE);
            assertThat(later.requests()).isZero();
            assertThat(bed.records("Lead")).isEmpty();
        }
    }

    /** A person who has looked speaks of each key by itself, and only of what he saw. */
    @Test
    void aPersonsWordGoesBeforeWhatTheMappingSays() {
        try (TestBed bed = SmallLeads.bed(folder, PLAIN)) {
            SmallLeads.model(bed, "a,Ann,1,A,n1,x", "b,Bob,2,B,n2,x", "c,Cy,3,C,n3,x");
            refuseLookUps(bed);
            lose(bed, true);
            assertThat(bed.sync().accounting()).isEqualTo(new Accounting(3, 0, 0, 0, 3, 0));
            say(bed, "a", OnUnknown.RESEND);
            say(bed, "b", OnUnknown.DROP);
            SmallLeads.model(bed, "a,Ann,1,A,n4,x", "b,Bob,2,B,n2,x", "c,Cy,3,C,n5,x");
            bed.time().pass(Duration.ofMinutes(20));
            assertThat(bed.sync().accounting())
                    .as("c waits, b is taken as arrived, a is lost again")
                    .isEqualTo(new Accounting(3, 1, 0, 1, 1, 0));
            assertThat(bed.records("Lead")).hasSize(4);

            bed.sandbox().faults().clear();
            refuseLookUps(bed);
            bed.restart();
            bed.time().pass(Duration.ofMinutes(20));
            assertThat(bed.sync().accounting())
                    .as("nobody has said anything of the second request yet")
                    .isEqualTo(new Accounting(2, 0, 0, 2, 0, 0));
            say(bed, "a", OnUnknown.DROP);
            say(bed, "c", OnUnknown.RESEND);
            assertThat(bed.sync().accounting()).isEqualTo(new Accounting(2, 2, 0, 0, 0, 0));
            assertThat(bed.records("Lead")).hasSize(5);
            assertThat(bed.sync().accounting()).isEqualTo(Accounting.NONE);
        }
    }

    /** A snapshot that says unknown beside a ledger that says nothing of it: whatever happened to that ledger, nobody knows. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whereTheLedgerHasNoTraceOfTheDoubtNothingIsGuessed(boolean unique) throws SQLException {
        try (TestBed bed = SmallLeads.bed(folder, unique ? UNIQUE : PLAIN)) {
            SmallLeads.model(bed, "a,Ann,1,A,n1,x");
            lose(bed, true);
            assertThat(bed.sync().accounting()).isEqualTo(new Accounting(1, 0, 0, 0, 1, 0));
            bed.sandbox().faults().clear();
            bed.restart();
            try (Connection ledger = DriverManager.getConnection(
                            "jdbc:sqlite:" + bed.folder().resolve("state/ledger.db"));
                    Statement statement = ledger.createStatement()) {
                statement.executeUpdate("DROP TRIGGER outcome_stays");
                assertThat(statement.executeUpdate(
                                "UPDATE outcome SET kind = 'deferred', reason = 'lost' WHERE kind = 'unknown'"))
                        .isPositive();
            }
            bed.time().pass(Duration.ofMinutes(20));
            SmallLeads.model(bed, "a,Ann,1,A,n2,x");
            assertThat(bed.sync().accounting()).isEqualTo(new Accounting(1, 0, 0, 1, 0, 0));
            assertThat(bed.records("Lead")).hasSize(1);
        }
    }

    private static long composites(TestBed bed) {
        return bed.sandbox().requests().stream()
                .filter(request -> request.operation().startsWith("collections"))
                .count();
    }

    private static void say(TestBed bed, String key, OnUnknown word) {
        assertThat(replayed(bed, key, word)).isEqualTo(new Operations.Replayed(1, 0));
    }

    private static Operations.Replayed replayed(TestBed bed, String key, OnUnknown word) {
        return bed.operations()
                .replay(
                        new MappingId("test"),
                        Set.of(key),
                        Optional.of(word),
                        new Decision("ada", "looked", bed.time().time().clock().instant()));
    }

    /** Nothing can be looked up, so that all waits for a person. */
    private static void refuseLookUps(TestBed bed) {
        bed.sandbox()
                .faults()
                .add(Fault.once(new Respond(400, Map.of(), "[{\"errorCode\":\"INVALID_FIELD\",\"message\":\"no\"}]"))
                        .times(Fault.ALWAYS)
                        .on("GET", "queryAll"));
    }

    private static void lose(TestBed bed, boolean arrived) {
        bed.sandbox()
                .faults()
                .add(Fault.once(arrived ? new LoseAnswer() : new Reset())
                        .times(Fault.ALWAYS)
                        .on(null, "composite"));
    }
}
