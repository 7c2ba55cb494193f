package dev.caravan.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.app.Progress;
import dev.caravan.app.SyncReport;
import dev.caravan.mapping.MappingId;
import dev.caravan.problem.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A snapshot that is behind the ledger, equal to it or missing is brought up to it; one that is ahead or torn stops the mapping. */
class SnapshotAgainstLedgerTest {

    private static final String FREELY = "guardrails: {max_changed: 100%, max_removed: 100%, max_first_sync: 10000}\n";
    private static final String DELETING =
            SmallLeads.MAPPING.replace("on_removed: nothing", "on_removed: delete") + "  Code__c: extra\n";
    private static final MappingId OTHER = new MappingId("other");

    @TempDir
    private Path folder;

    /** One of each: unchanged, changed, refused for good, removed with its record, absorbed, and one that is new. */
    private void live(TestBed bed, Path keep) throws IOException {
        SmallLeads.model(
                bed, "a,Ann,1,A,old,x", "b,Ben,2,B,old,y", "c,Cy,3,A,old,x", "d,Dan,4,A,old,z", "e,Eve,5,A,old,v");
        bed.sync();
        bed.restart();
        Files.copy(snapshot(), keep, StandardCopyOption.REPLACE_EXISTING);
        SmallLeads.model(bed, "a,Ann,1,A,old,x", "b,Ben,2,B,new,y", "c,Cy,3,A,old,x", "e,Eve,5.0,A,old,v");
        bed.sync();
        SmallLeads.model(
                bed, "a,Ann,1,A,old,x", "b,Ben,2,B,new,y", "c,Cy,3,A,old,x", "e,Eve,5.0,A,old,v", "f,Fay,6,A,,w");
        bed.sync();
        bed.written();
        bed.restart();
    }

    @Test
    void behindEqualOrMissingItIsBroughtUpAndNothingIsSentNeedlessly() throws IOException {
        try (TestBed bed = SmallLeads.bed(folder, DELETING + FREELY)) {
            Path older = folder.resolve("older.duckdb");
            live(bed, older);
            assertNothingIsSent(bed, "equal");
            bed.restart();
            Files.copy(older, snapshot(), StandardCopyOption.REPLACE_EXISTING);
            assertNothingIsSent(bed, "behind");
            bed.restart();
            Files.delete(snapshot());
            assertNothingIsSent(bed, "missing");

            SmallLeads.model(bed, "a,Ann,1,A,old,x", "b,Ben,2,B,newer,y", "d,Dan,4,A,old,z");
            SyncReport next = bed.sync();
            assertThat(next.state()).as("%s", next).isEqualTo("done");
            assertThat(bed.written())
                    .as("what it made it may still delete, what it deleted is new")
                    .containsExactly(
                            "delete  ",
                            "delete  ",
                            "insert d Id__c,LastName,Company,Score__c,Grade__c,Note__c,Code__c",
                            "update b Id__c,Note__c");
            assertThat(SmallLeads.inSandbox(bed, "Note__c")).isEqualTo(Map.of("a", "old", "b", "newer", "d", "old"));
        }
    }

    private static void assertNothingIsSent(TestBed bed, String how) {
        SyncReport report = bed.sync();
        assertThat(report.state()).as("%s: %s", how, report).isEqualTo("done");
        assertThat(report.accounting().planned()).as(how).isZero();
        assertThat(bed.written()).as(how).isEmpty();
        assertThat(bed.operations().status().getFirst().standing()).as(how).isEqualTo(1);
    }

    /** Numbers of outcomes are given again by a ledger that was put back, soon to another mapping. */
    @Test
    void aLedgerPutBackFromAnOlderCopyIsSaidWhateverRanSince() throws IOException {
        try (TestBed bed = SmallLeads.bed(folder, SmallLeads.MAPPING + FREELY)) {
            bed.write("mappings/other.yaml", contacts());
            bed.write("data/people.csv", "id,name\np,Pia\nq,Quin\nr,Rosa\ns,Sam\n");
            SmallLeads.model(bed, "a,Ann,1,A,old,x");
            bed.sync();
            bed.restart();
            Path ledger = folder.resolve("state/ledger.db");
            Path older = Files.copy(ledger, folder.resolve("older.db"));
            SmallLeads.model(bed, "a,Ann,1,A,new,x");
            bed.sync();
            bed.restart();
            Files.copy(older, ledger, StandardCopyOption.REPLACE_EXISTING);
            bed.written();
            SmallLeads.model(bed, "a,Ann,1,A,newest,x");
            assertThat(TestBed.refusal(bed::sync)).containsExactly(Code.LEDGER_DAMAGED);
            assertThat(bed.operations().sync(OTHER, Progress.NONE).state()).isEqualTo("done");
            assertThat(bed.written()).hasSize(4);
            assertThat(TestBed.refusal(bed::sync)).containsExactly(Code.LEDGER_DAMAGED);
            assertThat(bed.written()).isEmpty();
            assertThat(bed.worker().problems()).extracting("code").containsExactly(Code.LEDGER_DAMAGED);
            assertThat(bed.worker().diagnosis().findings())
                    .anyMatch(finding -> finding.detail().contains("one of other"));
        }
    }

    @Test
    void aTornSnapshotIsSaidAndMadeAgainOnceItIsAway() throws IOException {
        try (TestBed bed = SmallLeads.bed(folder, SmallLeads.MAPPING + FREELY)) {
            SmallLeads.model(bed, "a,Ann,1,A,old,x", "b,Ben,2,B,old,x");
            bed.sync();
            bed.restart();
            byte[] whole = Files.readAllBytes(snapshot());
            for (byte[] torn : List.of(new byte[0], new byte[whole.length], Arrays.copyOf(whole, 9_000))) {
                Files.write(snapshot(), torn);
                assertThat(TestBed.refusal(bed::sync)).containsExactly(Code.SNAPSHOT_DAMAGED);
                assertThat(snapshot()).as("left as it is").hasBinaryContent(torn);
            }
            assertThat(bed.worker().problems()).extracting("code").containsExactly(Code.SNAPSHOT_DAMAGED);
            bed.written();
            Files.delete(snapshot());
            SyncReport next = bed.sync();
            assertThat(next.accounting().planned()).isZero();
            assertThat(next.requests()).isZero();
            assertThat(bed.worker().problems()).isEmpty();
        }
    }

    private static String contacts() {
        return """
                model: {connection: files, path: people.csv, key: id}
                destination:
                  connection: crm
                  object: Contact
                  operation: upsert
                  key: {Id__c: id}
                fields:
                  LastName: name
                """;
    }

    private Path snapshot() {
        return folder.resolve("state/snapshots/test.duckdb");
    }
}
