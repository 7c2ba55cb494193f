package dev.caravan.scenario;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.spec.FieldKind;
import dev.caravan.sandbox.spec.FieldSpec;
import dev.caravan.sandbox.spec.ObjectSpec;
import dev.caravan.sandbox.spec.SandboxSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** A handful of leads in a CSV file, a mapping of them, and what the sandbox makes of it. */
final class SmallLeads {

    /** What most scenarios start from; they replace a line or add one at the end. */
    static final String MAPPING = """
            model:
              connection: files
              path: leads.csv
              key: id
              columns: {score: decimal}
            destination:
              connection: crm
              object: Lead
              operation: upsert
              key: {Id__c: id}
              on_removed: nothing
            fields:
              LastName: name
              Company: {constant: Acme}
              Score__c: score
              Grade__c: grade
              Note__c: note
            """;

    static final String HOLD_ALL = "guardrails: {max_changed: 0%, max_first_sync: 0}\n";

    private SmallLeads() {}

    static TestBed bed(Path folder, String mapping) {
        return new TestBed(folder, spec()).write("mappings/test.yaml", mapping);
    }

    static SandboxSpec spec() {
        return SandboxSpec.defaults()
                .withObjects(
                        ObjectSpec.of(
                                "Lead",
                                key(),
                                FieldSpec.builder("Score__c", FieldKind.NUMBER)
                                        .precision(9)
                                        .scale(4)
                                        .build(),
                                FieldSpec.builder("Grade__c", FieldKind.PICKLIST)
                                        .values(List.of("A", "B", "C", "D"))
                                        .restricted(true)
                                        .build(),
                                FieldSpec.builder("Note__c", FieldKind.TEXT)
                                        .length(20)
                                        .build(),
                                FieldSpec.builder("Code__c", FieldKind.TEXT)
                                        .length(20)
                                        .unique(true)
                                        .build(),
                                FieldSpec.builder("Extra__c", FieldKind.TEXT)
                                        .length(20)
                                        .build()),
                        ObjectSpec.of("Contact", key()));
    }

    private static FieldSpec key() {
        return FieldSpec.builder("Id__c", FieldKind.TEXT)
                .length(40)
                .externalId(true)
                .unique(true)
                .build();
    }

    /** Puts these rows where the model reads; each is {@code id,name,score,grade,note,extra}. */
    static void model(TestBed bed, String... rows) {
        bed.write("data/leads.csv", "id,name,score,grade,note,extra\n" + String.join("\n", rows) + "\n");
    }

    /** Rows {@code p001} to the number, all with this note. */
    static String[] many(int rows, String note) {
        return IntStream.rangeClosed(1, rows)
                .mapToObj(n -> "p%03d,Name %d,%d.5,A,%s,x".formatted(n, n, n, note))
                .toArray(String[]::new);
    }

    /** One field of every lead that has a key, by key; an empty field is an empty text. */
    static Map<String, String> inSandbox(TestBed bed, String field) {
        Map<String, String> values = new TreeMap<>();
        for (ObjectNode lead : bed.records("Lead")) {
            String before =
                    values.put(lead.path("Id__c").asText(), lead.path(field).asText(""));
            if (before != null) {
                throw new AssertionError("two leads " + lead.path("Id__c"));
            }
        }
        return values;
    }
}
