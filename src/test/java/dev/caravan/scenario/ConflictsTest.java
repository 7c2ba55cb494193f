package dev.caravan.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.app.SyncReport;
import dev.caravan.destination.Outcome;
import dev.caravan.ledger.Deliveries.Sent;
import dev.caravan.run.Accounting;
import dev.caravan.sandbox.fault.Fault;
import dev.caravan.sandbox.fault.FaultAction;
import dev.caravan.sandbox.http.Json;
import dev.caravan.sandbox.salesforce.Edit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows against which another record stands: refused once, told with its id, not sent again until somebody changes something. */
class ConflictsTest {

    private static final String MAPPING = SmallLeads.MAPPING.replace("Note__c: note", "Email: note");

    @TempDir
    private Path folder;

    private static ObjectNode lead(String key, String name) {
        return Json.object()
                .put("LastName", name)
                .put("Company", "Acme")
                .put("Email", name + "@example.com")
                .put("Id__c", key);
    }

    private static String insert(TestBed bed, ObjectNode fields) {
        return bed.sandbox()
                .edit(new Edit("Lead", "insert", "Id", "", fields, ""))
                .id();
    }

    /** What is told of the row a, as {@code caravan record} shows it. */
    private static Outcome.Rejected refused(TestBed bed) {
        return bed.operations().record(Optional.of(TestBed.MAPPING), "a", true).stream()
                .findFirst()
                .flatMap(Sent::outcome)
                .map(Outcome.Rejected.class::cast)
                .orElseThrow();
    }

    @Test
    void aConvertedLeadStandsUntilItsRowChanges() {
        try (TestBed bed = SmallLeads.bed(folder, MAPPING)) {
            insert(bed, lead("a", "Ann").put("IsConverted", true));
            SmallLeads.model(bed, "a,Ann,1,A,a@example.com,x", "b,Bob,2,B,b@example.com,x");

            SyncReport first = bed.sync();
            assertThat(first.accounting()).isEqualTo(new Accounting(2, 1, 1, 0, 0, 0));
            assertThat(refused(bed).code()).isEqualTo("CANNOT_UPDATE_CONVERTED_LEAD");
            assertThat(bed.sync().requests()).as("nothing to send").isZero();

            SmallLeads.model(bed, "a,Ann,5,A,a@example.com,x", "b,Bob,2,B,b@example.com,x");
            assertThat(bed.sync().accounting()).isEqualTo(new Accounting(1, 0, 1, 0, 0, 0));
            assertThat(bed.sync().requests()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"batch", "job"})
    void whatADuplicateRuleFindsWaitsForAPersonOrIsSaved(String strategy) throws Exception {
        String mapping = MAPPING.replace("on_removed: nothing", "on_removed: nothing\n  strategy: " + strategy);
        try (TestBed bed = SmallLeads.bed(folder, mapping)) {
            String rival = insert(bed, lead("other", "Ann").put("Email", "ann@example.com"));
            SmallLeads.model(bed, "a,Ann,1,A,ANN@example.com,x", "b,Bob,2,B,bob@example.com,x");

            SyncReport first = bed.sync();
            assertThat(first.accounting()).isEqualTo(new Accounting(2, 1, 1, 0, 0, 0));
            assertThat(refused(bed).code()).isEqualTo("DUPLICATES_DETECTED");
            if (strategy.equals("batch")) {
                assertThat(refused(bed).message()).contains(rival);
            }
            assertThat(bed.sync().requests()).isZero();

            bed.restart();
            Path file = folder.resolve("caravan.yaml");
            String caravan = Files.readString(file);
            bed.write("caravan.yaml", caravan.replace("limits:", "duplicate_rules: bypass\n    limits:"));
            SmallLeads.model(bed, "a,Ann,3,A,ANN@example.com,x", "b,Bob,2,B,bob@example.com,x");
            assertThat(bed.sync().accounting()).isEqualTo(new Accounting(1, 1, 0, 0, 0, 0));
            assertThat(SmallLeads.inSandbox(bed, "LastName")).isEqualTo(Map.of("a", "Ann", "b", "Bob", "other", "Ann"));
        }
    }

    @Test
    void severalRecordsForOneKeyAreNamed() {
        try (TestBed bed = SmallLeads.bed(folder, MAPPING)) {
            List<String> ids = List.of("00QSb00000000A1IAA", "00QSb00000000A2IAA");
            String body = "[\"/services/data/v60.0/sobjects/Lead/"
                    + String.join("\",\"/services/data/v60.0/sobjects/Lead/", ids) + "\"]";
            bed.sandbox()
                    .faults()
                    .add(Fault.once(new FaultAction.Respond(300, Map.of("Content-Type", "application/json"), body))
                            .on("PATCH", "/Lead/"));
            SmallLeads.model(bed, "a,Ann,1,A,a@example.com,x");

            SyncReport first = bed.sync();
            assertThat(first.accounting()).isEqualTo(new Accounting(1, 0, 1, 0, 0, 0));
            assertThat(refused(bed).code()).isEqualTo("MULTIPLE_CHOICES");
            assertThat(refused(bed).message()).contains(ids);
            assertThat(bed.sync().requests()).isZero();
        }
    }
}
