package dev.caravan.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.app.SyncReport;
import dev.caravan.sandbox.spec.FieldKind;
import dev.caravan.sandbox.spec.FieldSpec;
import dev.caravan.sandbox.spec.ObjectSpec;
import dev.caravan.sandbox.spec.SandboxSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Four weeks of real scored leads: nearly every score changes at each retrain, and each of those plans is held. */
class LeadsTest {

    private static final String MAPPING = """
            model:
              connection: files
              path: scored.csv
              key: lead_id
              columns: {lead_score: decimal, age: integer}
            destination:
              connection: crm
              object: Lead
              operation: upsert
              key: {Lead_Id__c: lead_id}
            fields:
              LastName: {constant: Lead}
              Company: {constant: Unknown}
              Lead_Score__c: {column: lead_score}
              Grade__c: {column: grade}
              Score_Model__c: {column: model_version}
            """;

    @TempDir
    private Path folder;

    @Test
    void fourWeeksEndEqualToTheLast() throws IOException {
        Path weeks = Shared.folder("data/leads");
        try (TestBed bed = new TestBed(folder, leads())) {
            bed.write("mappings/test.yaml", MAPPING);
            Files.createDirectories(folder.resolve("data"));
            for (int week = 0; week < 4; week++) {
                Files.copy(
                        weeks.resolve("scored_week" + week + ".csv"),
                        folder.resolve("data/scored.csv"),
                        StandardCopyOption.REPLACE_EXISTING);
                SyncReport held = bed.sync();
                assertThat(held.state()).isEqualTo("held");
                SyncReport done = bed.approve(held);
                assertThat(done.state()).isEqualTo("done");
                assertThat(done.accounting().balances()).isTrue();
            }
            assertThat(scores(bed))
                    .isEqualTo(Shared.column(weeks.resolve("scored_week3.csv"), "lead_id", "lead_score"));
            int requests = bed.sandbox().requests().size();
            SyncReport again = bed.sync();
            assertThat(again.state()).isEqualTo("done");
            assertThat(again.requests()).isZero();
            assertThat(bed.sandbox().requests()).hasSize(requests);
        }
    }

    private static Map<String, String> scores(TestBed bed) {
        return bed.records("Lead").stream()
                .collect(Collectors.toMap(
                        lead -> lead.path("Lead_Id__c").asText(),
                        lead -> lead.path("Lead_Score__c").decimalValue().toPlainString(),
                        (a, b) -> a + "|" + b,
                        TreeMap::new));
    }

    private static SandboxSpec leads() {
        return SandboxSpec.defaults()
                .withObjects(ObjectSpec.of(
                        "Lead",
                        FieldSpec.builder("Lead_Id__c", FieldKind.TEXT)
                                .length(40)
                                .externalId(true)
                                .unique(true)
                                .build(),
                        FieldSpec.builder("Lead_Score__c", FieldKind.NUMBER)
                                .precision(5)
                                .scale(2)
                                .build(),
                        FieldSpec.builder("Grade__c", FieldKind.TEXT).length(1).build(),
                        FieldSpec.builder("Score_Model__c", FieldKind.TEXT)
                                .length(40)
                                .build()));
    }
}
