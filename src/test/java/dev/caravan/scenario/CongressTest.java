package dev.caravan.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.caravan.app.SyncReport;
import dev.caravan.sandbox.spec.FieldKind;
import dev.caravan.sandbox.spec.FieldSpec;
import dev.caravan.sandbox.spec.ObjectSpec;
import dev.caravan.sandbox.spec.SandboxSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Five years of real contacts, month by month: every insert, update and delete that happened, and none that did not. */
class CongressTest {

    @TempDir
    private Path folder;

    @Test
    void everyMonthIsWhatHappened() throws IOException {
        Congress congress = Congress.members();
        List<String> columns = congress.columns();
        List<String> held = new ArrayList<>();
        try (TestBed bed = new TestBed(folder, contacts(columns))) {
            bed.write("mappings/test.yaml", mapping(columns));
            for (NamedCsvRecord month : congress.months()) {
                String name = month.getField("month");
                congress.copy(name, folder.resolve("data/members.csv"));
                SyncReport report = bed.sync();
                if (report.state().equals("held")) {
                    held.add(name);
                    report = bed.approve(report);
                }
                assertMonth(report, month);
            }
            assertThat(held).containsExactly("2017-08", "2018-03", "2019-01", "2020-09", "2021-01");
            assertThat(inSandbox(bed, columns))
                    .isEqualTo(congress.rows(congress.months().getLast().getField("month")));
            assertNothingMoves(bed);
        }
    }

    private static void assertMonth(SyncReport report, NamedCsvRecord month) {
        String name = month.getField("month");
        assertThat(report.state()).as(name).isEqualTo("done");
        assertThat(List.of(report.rows(), report.add(), report.change(), report.remove()))
                .as(name)
                .containsExactly(
                        Long.valueOf(month.getField("rows")),
                        Long.valueOf(month.getField("inserts")),
                        Long.valueOf(month.getField("updates")),
                        Long.valueOf(month.getField("deletes")));
        assertThat(report.accounting().accepted())
                .as(name)
                .isEqualTo(report.accounting().planned());
        assertThat(report.accounting().balances()).as(name).isTrue();
    }

    private static void assertNothingMoves(TestBed bed) {
        long before = bed.sandbox().state().requests();
        SyncReport again = bed.sync();
        assertThat(again.state()).isEqualTo("done");
        assertThat(again.accounting().planned()).isZero();
        assertThat(again.requests()).isZero();
        assertThat(bed.sandbox().state().requests()).isEqualTo(before);
    }

    private static Map<String, Map<String, String>> inSandbox(TestBed bed, List<String> columns) {
        Map<String, Map<String, String>> all = new TreeMap<>();
        for (ObjectNode contact : bed.records("Contact")) {
            Map<String, String> values = new TreeMap<>();
            values.put(Congress.KEY, contact.path("Bioguide_Id__c").asText());
            columns.forEach(
                    column -> values.put(column, contact.path(field(column)).asText("")));
            Congress.put(all, values);
        }
        return all;
    }

    private static String field(String column) {
        return column.equals("last_name") ? "LastName" : "M_" + column + "__c";
    }

    private static String mapping(List<String> columns) {
        String fields = columns.stream()
                .map(column -> "  " + field(column) + ": " + column + "\n")
                .collect(Collectors.joining());
        return """
                model: {connection: files, path: members.csv, key: bioguide_id}
                destination:
                  connection: crm
                  object: Contact
                  key: {Bioguide_Id__c: bioguide_id}
                  on_removed: delete
                fields:
                """ + fields;
    }

    private static SandboxSpec contacts(List<String> columns) {
        List<FieldSpec> fields = new ArrayList<>();
        fields.add(FieldSpec.builder("Bioguide_Id__c", FieldKind.TEXT)
                .length(20)
                .externalId(true)
                .unique(true)
                .build());
        columns.stream()
                .map(CongressTest::field)
                .filter(name -> name.endsWith("__c"))
                .map(name -> FieldSpec.builder(name, FieldKind.TEXT).build())
                .forEach(fields::add);
        return SandboxSpec.defaults().withObjects(ObjectSpec.of("Contact", fields.toArray(FieldSpec[]::new)));
    }
}
