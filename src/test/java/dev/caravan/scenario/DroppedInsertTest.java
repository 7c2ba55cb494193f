package dev.caravan.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.app.SyncReport;
import dev.caravan.ledger.Decisions.Decision;
import dev.caravan.ledger.Deliveries.Sent;
import dev.caravan.mapping.MappingId;
import dev.caravan.mapping.Target.OnUnknown;
import dev.caravan.run.Accounting;
import dev.caravan.sandbox.fault.Fault;
import dev.caravan.sandbox.fault.FaultAction.LoseAnswer;
import dev.caravan.sandbox.fault.FaultAction.Reset;
import dev.caravan.sandbox.fault.FaultAction.Respond;
import dev.caravan.sandbox.salesforce.Edit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What it means that somebody takes a lost insert as arrived: no more than that this insert is not sent again. */
class DroppedInsertTest {

    private static final String UNIQUE = SmallLeads.MAPPING.replace("operation: upsert", "operation: insert");

    private static final String PLAIN = UNIQUE.replace("key: {Id__c: id}", "key: {Extra__c: id}")
            .replace("fields:\n", "fields:\n  Id__c: note\n")
            .replace("  Note__c: note\n", "");

    private static final Accounting NOTHING = Accounting.NONE;

    @TempDir
    Path folder;

    /** What has the key may be somebody else's, which the run itself may have found. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nobodysRecordIsClearedForIt(boolean unique) {
        String mapping = (unique ? UNIQUE : PLAIN).replace("on_removed: nothing", "on_removed: clear");
        try (TestBed bed = SmallLeads.bed(folder, mapping)) {
            SmallLeads.model(bed, "a,Ann,1,A,n1,x", "b,Bob,1,A,n9,x");
            lose(bed, false);
            bed.sync();
            bed.sandbox().faults().clear();
            insert(bed, theirs().put(unique ? "Id__c" : "Extra__c", "a"));
            bed.time().pass(Duration.ofMinutes(1));
            bed.sync();
            bed.time().pass(Duration.ofMinutes(12));
            assertThat(bed.sync().accounting())
                    .as("found, and not ours")
                    .isEqualTo(new Accounting(unique ? 1 : 2, unique ? 0 : 1, 0, 1, 0, 0));
            say(bed, OnUnknown.DROP);
            SyncReport dropped = bed.sync();
            assertThat(dropped.accounting()).isEqualTo(new Accounting(1, 1, 0, 0, 0, 0));
            assertThat(dropped.summary().orElseThrow().cost().requests()).isZero();
            bed.time().pass(Duration.ofMinutes(12));
            SmallLeads.model(bed, "b,Bob,1,A,n9,x");
            assertThat(bed.sync().accounting()).isEqualTo(NOTHING);
            assertThat(bed.records("Lead"))
                    .filteredOn(lead -> lead.path("LastName").asText().equals("Zoe"))
                    .singleElement()
                    .satisfies(lead -> assertThat(lead.path("Score__c").asInt()).isEqualTo(77));
        }
    }

    /** A plan that waited for approval does not overrule what was said meanwhile. */
    @Test
    void theLastWordCounts() {
        try (TestBed bed = SmallLeads.bed(folder, PLAIN + SmallLeads.HOLD_ALL)) {
            SmallLeads.model(bed, "a,Ann,1,A,n1,x");
            SyncReport first = bed.sync();
            lose(bed, false);
            assertThat(bed.approve(first).accounting()).isEqualTo(new Accounting(1, 0, 0, 0, 1, 0));
            bed.sandbox().faults().clear();
            bed.sandbox()
                    .faults()
                    .add(Fault.once(new Respond(
                                    400, Map.of(), "[{\"errorCode\":\"INVALID_FIELD\",\"message\":\"no\"}]"))
                            .times(Fault.ALWAYS)
                            .on("GET", "queryAll"));
            bed.time().pass(Duration.ofMinutes(12));
            say(bed, OnUnknown.DROP);
            SyncReport held = bed.sync();
            assertThat(held.state()).isEqualTo("held");
            say(bed, OnUnknown.RESEND);
            assertThat(bed.operations().record(Optional.of(TestBed.MAPPING), "a", true))
                    .extracting(Sent::said)
                    .allSatisfy(said -> assertThat(said.orElseThrow().word()).isEqualTo(OnUnknown.RESEND));
            assertThat(bed.approve(held).accounting())
                    .as("the row waits for a plan that sends it")
                    .isEqualTo(new Accounting(1, 0, 0, 1, 0, 0));
            assertThat(bed.records("Lead")).isEmpty();
            SyncReport again = bed.sync();
            assertThat(again.state()).isEqualTo("held");
            assertThat(bed.approve(again).accounting()).isEqualTo(new Accounting(1, 1, 0, 0, 0, 0));
            assertThat(bed.records("Lead")).hasSize(1);
        }
    }

    /** A deletion that was lost is no insert that may have arrived. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLostDeletionIsNotTakenForAnInsert(boolean arrived) {
        String mapping = PLAIN.replace("on_removed: nothing", "on_removed: delete\n  on_unknown: drop");
        List<String> others =
                List.of("b,Bob,1,A,n2,x", "c,Bob,1,A,n3,x", "d,Bob,1,A,n4,x", "e,Bob,1,A,n5,x", "f,Bob,1,A,n6,x");
        try (TestBed bed = SmallLeads.bed(folder, mapping)) {
            model(bed, "a,Ann,1,A,n1,x", others);
            assertThat(bed.sync().accounting()).isEqualTo(new Accounting(6, 6, 0, 0, 0, 0));
            SmallLeads.model(bed, others.toArray(String[]::new));
            lose(bed, arrived);
            assertThat(bed.sync().accounting()).isEqualTo(new Accounting(1, 0, 0, 0, 1, 0));
            bed.sandbox().faults().clear();
            model(bed, "a,Ann,1,A,n1,x", others);
            bed.time().pass(Duration.ofMinutes(12));
            assertThat(bed.sync().accounting()).as("nobody knows").isEqualTo(new Accounting(1, 0, 0, 1, 0, 0));
            SmallLeads.model(bed, others.toArray(String[]::new));
            bed.time().pass(Duration.ofMinutes(12));
            bed.sync();
            assertThat(bed.records("Lead")).as("and it is still ours to delete").hasSize(5);
        }
    }

    /** The destination has answered: what it refused stands while the row is the same, whatever the mapping says of what is lost. */
    @Test
    void whatWasRefusedWhenRepeatedStands() {
        String mapping = UNIQUE.replace("on_removed: nothing", "on_removed: nothing\n  on_unknown: drop")
                .replace("fields:\n", "fields:\n  Code__c: extra\n");
        try (TestBed bed = SmallLeads.bed(folder, mapping)) {
            SmallLeads.model(bed, "a,Ann,1,A,n1,c1");
            lose(bed, false);
            bed.sync();
            bed.sandbox().faults().clear();
            insert(bed, theirs().put("Code__c", "c1").put("Id__c", "other"));
            bed.time().pass(Duration.ofMinutes(12));
            assertThat(bed.sync().accounting()).isEqualTo(new Accounting(1, 0, 1, 0, 0, 0));
            assertThat(bed.sync().accounting()).isEqualTo(NOTHING);
            assertThat(bed.operations().rejected(Optional.empty(), 9).rows()).hasSize(1);
        }
    }

    private static void model(TestBed bed, String first, List<String> others) {
        SmallLeads.model(bed, Stream.concat(Stream.of(first), others.stream()).toArray(String[]::new));
    }

    private static ObjectNode theirs() {
        return new ObjectMapper()
                .createObjectNode()
                .put("LastName", "Zoe")
                .put("Company", "Theirs")
                .put("Score__c", 77);
    }

    private static void insert(TestBed bed, ObjectNode lead) {
        bed.sandbox().edit(new Edit("Lead", "insert", "Id", "", lead, ""));
    }

    private static void say(TestBed bed, OnUnknown word) {
        Decision decision =
                new Decision("ada", "looked", bed.time().time().clock().instant());
        assertThat(bed.operations()
                        .replay(new MappingId("test"), Set.of("a"), Optional.of(word), decision)
                        .rows())
                .isEqualTo(1);
    }

    private static void lose(TestBed bed, boolean arrived) {
        bed.sandbox()
                .faults()
                .add(Fault.once(arrived ? new LoseAnswer() : new Reset())
                        .times(Fault.ALWAYS)
                        .on(null, "composite"));
    }
}
