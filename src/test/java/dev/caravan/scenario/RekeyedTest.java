package dev.caravan.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.app.SyncReport;
import dev.caravan.sandbox.fault.Fault;
import dev.caravan.sandbox.fault.FaultAction.LoseAnswer;
import dev.caravan.sandbox.fault.FaultAction.Reset;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A row whose key at the destination changes: its record follows, and nobody is there twice. */
class RekeyedTest {

    private static final String BY_CODE = SmallLeads.MAPPING.replace("key: {Id__c: id}", "key: {Id__c: extra}");

    @TempDir
    private Path folder;

    private static String row(String id, String code) {
        return "%s,Name %s,1.5,A,n,%s".formatted(id, id, code);
    }

    private static Map<String, String> keys(TestBed bed) {
        return SmallLeads.inSandbox(bed, "LastName");
    }

    private static List<String> ids(TestBed bed) {
        return bed.records("Lead").stream()
                .map((ObjectNode lead) -> lead.path("Id").asText())
                .sorted()
                .toList();
    }

    @Test
    void theRecordFollowsAndItsOldKeyIsFree() {
        try (TestBed bed = SmallLeads.bed(folder, BY_CODE)) {
            SmallLeads.model(bed, row("p1", "old"), row("p2", "two"));
            bed.sync();
            List<String> before = ids(bed);

            SmallLeads.model(bed, row("p1", "new"), row("p2", "two"), row("p3", "old"));
            SyncReport report = bed.sync();

            assertThat(report.accounting().accepted()).isEqualTo(1);
            assertThat(report.accounting().held())
                    .as("the key is not free before its record has left it")
                    .isEqualTo(1);
            assertThat(bed.sync().accounting().accepted()).isEqualTo(1);
            assertThat(keys(bed))
                    .containsExactly(
                            Map.entry("new", "Name p1"), Map.entry("old", "Name p3"), Map.entry("two", "Name p2"));
            assertThat(ids(bed)).hasSize(3).containsAll(before);
            assertThat(bed.sync().accounting().planned()).isZero();
        }
    }

    @Test
    void aKeyThatAnotherRecordHasIsForAPerson() {
        try (TestBed bed = SmallLeads.bed(folder, BY_CODE)) {
            SmallLeads.model(bed, row("p1", "one"), row("p2", "two"));
            bed.sync();

            SmallLeads.model(bed, row("p1", "two"));
            SyncReport report = bed.sync();

            assertThat(report.accounting().rejected()).isEqualTo(1);
            assertThat(keys(bed)).containsExactly(Map.entry("one", "Name p1"), Map.entry("two", "Name p2"));
            assertThat(bed.sync().accounting().planned())
                    .as("the refusal stands")
                    .isZero();
        }
    }

    /** Each goes when the one before has gone, whichever comes first. */
    @Test
    void rowsThatPassTheirKeysOnGoOneAfterTheOther() {
        try (TestBed bed = SmallLeads.bed(folder, BY_CODE)) {
            SmallLeads.model(bed, row("p1", "one"), row("p2", "two"), row("p3", "three"));
            bed.sync();
            List<String> before = ids(bed);
            SmallLeads.model(bed, row("p1", "two"), row("p2", "three"), row("p3", "four"));
            for (long waiting = 2; waiting >= 0; waiting--) {
                SyncReport report = bed.sync();
                assertThat(report.accounting().accepted()).isEqualTo(1);
                assertThat(report.heldBy().getOrDefault("key_not_left", 0L)).isEqualTo(waiting);
            }
            assertThat(keys(bed))
                    .containsExactly(
                            Map.entry("four", "Name p3"), Map.entry("three", "Name p2"), Map.entry("two", "Name p1"));
            assertThat(ids(bed)).isEqualTo(before);
            assertThat(bed.sync().accounting().planned()).isZero();
        }
    }

    @Test
    void rowsThatSwapTheirKeysWaitUntilOneHasAThird() {
        try (TestBed bed = SmallLeads.bed(folder, BY_CODE)) {
            SmallLeads.model(bed, row("p1", "one"), row("p2", "two"));
            bed.sync();
            SmallLeads.model(bed, row("p1", "two"), row("p2", "one"));
            assertThat(bed.sync().heldBy()).containsOnly(Map.entry("key_not_left", 2L));
            SmallLeads.model(bed, row("p1", "aside"), row("p2", "one"));
            bed.sync();
            SmallLeads.model(bed, row("p1", "two"), row("p2", "one"));
            bed.sync();
            bed.sync();
            assertThat(keys(bed)).containsExactly(Map.entry("one", "Name p2"), Map.entry("two", "Name p1"));
            assertThat(bed.sync().accounting().planned()).isZero();
        }
    }

    /** Nobody knows whether the record has the new key, so that it is told by its id that it is to have the old one. */
    @Test
    void aRowThatGoesBackFromAKeyThatWasLostIsThereOnce() {
        try (TestBed bed = SmallLeads.bed(folder, BY_CODE)) {
            SmallLeads.model(bed, row("p1", "one"), row("p2", "two"));
            bed.sync();
            List<String> before = ids(bed);
            bed.sandbox()
                    .faults()
                    .add(Fault.once(new LoseAnswer()).times(Fault.ALWAYS).on(null, "composite"));
            SmallLeads.model(bed, row("p1", "new"), row("p2", "two"));
            assertThat(bed.sync().accounting().unknown()).isEqualTo(1);
            bed.sandbox().faults().clear();

            SmallLeads.model(bed, row("p1", "one"), row("p2", "two"));
            bed.pass(Duration.ofMinutes(5));
            assertThat(bed.sync().heldBy()).containsOnly(Map.entry("zombie_window", 1L));
            bed.pass(Duration.ofMinutes(15));
            bed.sandbox()
                    .faults()
                    .add(Fault.once(new Reset()).times(Fault.ALWAYS).on(null, "composite"));
            assertThat(bed.sync().accounting().unknown()).as("lost as well").isEqualTo(1);
            bed.sandbox().faults().clear();
            bed.pass(Duration.ofMinutes(15));
            assertThat(bed.sync().accounting().accepted()).isEqualTo(1);
            assertThat(ids(bed)).isEqualTo(before);
            assertThat(keys(bed)).containsExactly(Map.entry("one", "Name p1"), Map.entry("two", "Name p2"));
            assertThat(bed.sync().accounting().planned()).isZero();
        }
    }

    /** The record of the row that left has the key still: it goes first, as the mapping asks. */
    @Test
    void theKeyOfARowThatLeftIsFreeOnceItsRecordIsGone() {
        try (TestBed bed = SmallLeads.bed(folder, BY_CODE.replace("nothing", "delete"))) {
            SmallLeads.model(bed, row("p1", "one"), row("p2", "two"));
            bed.sync();
            String follows = id(bed, "two");
            SmallLeads.model(bed, row("p2", "one"));
            SyncReport first = bed.sync();
            assertThat(first.accounting().accepted()).isEqualTo(1);
            assertThat(first.heldBy()).containsOnly(Map.entry("key_not_left", 1L));
            assertThat(bed.sync().accounting().accepted()).isEqualTo(1);
            assertThat(keys(bed)).containsExactly(Map.entry("one", "Name p2"));
            assertThat(id(bed, "one")).isEqualTo(follows);
            assertThat(bed.sync().accounting().planned()).isZero();
        }
    }

    /** Its record was left as it is, with the key that the row had. */
    @Test
    void aRowThatComesBackUnderAnotherKeyHasItsRecordStill() {
        try (TestBed bed = SmallLeads.bed(folder, BY_CODE)) {
            SmallLeads.model(bed, row("p1", "one"), row("p2", "two"));
            bed.sync();
            List<String> before = ids(bed);
            SmallLeads.model(bed, row("p2", "two"));
            bed.sync();
            bed.sandbox()
                    .faults()
                    .add(Fault.once(new Reset()).times(Fault.ALWAYS).on(null, "composite"));
            SmallLeads.model(bed, row("p1", "new"), row("p2", "two"));
            assertThat(bed.sync().accounting().unknown()).isEqualTo(1);
            bed.sandbox().faults().clear();
            bed.pass(Duration.ofMinutes(15));
            assertThat(bed.sync().accounting().accepted()).isEqualTo(1);
            assertThat(keys(bed)).containsExactly(Map.entry("new", "Name p1"), Map.entry("two", "Name p2"));
            assertThat(ids(bed)).isEqualTo(before);
            assertThat(bed.sync().accounting().planned()).isZero();
        }
    }

    @Test
    void aRecordThatAnotherRowHasTakenOverDoesNotFollowTheRowThatHadIt() {
        try (TestBed bed = SmallLeads.bed(folder, BY_CODE)) {
            SmallLeads.model(bed, row("p1", "one"), row("p2", "two"));
            bed.sync();
            SmallLeads.model(bed, row("p2", "two"));
            bed.sync();
            SmallLeads.model(bed, row("p2", "two"), row("p3", "one"));
            bed.sync();
            String taken = id(bed, "one");
            SmallLeads.model(bed, row("p1", "new"), row("p2", "two"), row("p3", "one"));
            bed.sync();
            assertThat(keys(bed))
                    .containsExactly(
                            Map.entry("new", "Name p1"), Map.entry("one", "Name p3"), Map.entry("two", "Name p2"));
            assertThat(id(bed, "one")).isEqualTo(taken);
        }
    }

    private static String id(TestBed bed, String code) {
        return bed.records("Lead").stream()
                .filter(lead -> lead.path("Id__c").asText().equals(code))
                .map(lead -> lead.path("Id").asText())
                .findFirst()
                .orElseThrow();
    }
}
