package dev.caravan.scenario.declared;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.app.Progress;
import dev.caravan.app.SyncReport;
import dev.caravan.mapping.MappingId;
import dev.caravan.sandbox.fault.Fault;
import dev.caravan.sandbox.fault.FaultAction;
import dev.caravan.sandbox.spec.SandboxSpec;
import dev.caravan.scenario.TestBed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Custom activities of leads: Marketo takes a repetition for another one, so that what is in doubt is not sent again. */
class MarketoActivitiesTest {

    @TempDir
    private Path folder;

    private TestBed bed() {
        TestBed bed = new TestBed(folder, SandboxSpec.defaults());
        assertThat(bed.sandbox().vendor("marketo").settings().change(Map.of("busy_every", 4)))
                .isEmpty();
        return bed.write("secrets/secret", "caravan-demo-secret\n")
                .write("caravan.yaml", """
                connections:
                  files: {connector: files, path: data}
                  there: {connector: marketo, api_base: "%s", client_id: caravan-demo, client_secret: "{{file:secrets/secret}}"}
                """.formatted(bed.sandbox().uri("marketo")))
                .write("mappings/people.yaml", """
                model: {connection: files, path: people.csv, key: email}
                destination: {connection: there, object: leads, operation: upsert, key: {email: email}}
                fields:
                  firstName: name
                """)
                .write("mappings/test.yaml", """
                model: {connection: files, path: visits.csv, key: id}
                destination: {connection: there, object: activity_100001, operation: append, key: {activity_id: id}}
                fields:
                  leadId: lead
                  activityDate: at
                  primaryAttributeValue: what
                  minutes: minutes
                """);
    }

    private static String lead(TestBed bed) {
        bed.write("data/people.csv", "email,name\nada@example.com,Ada\n");
        SyncReport report = bed.operations().sync(new MappingId("people"), Progress.NONE);
        assertThat(report.accounting().accepted()).as("%s", report).isEqualTo(1);
        return bed.sandbox()
                .vendor("marketo")
                .records("leads")
                .getFirst()
                .path("id")
                .asText();
    }

    /** Visits of the lead; every fifth is of nobody. */
    private static void visits(TestBed bed, String lead, int first, int last) {
        bed.write(
                "data/visits.csv",
                IntStream.rangeClosed(first, last)
                        .mapToObj(number -> "v%d,%s,2026-11-01T10:00:00Z,Webinar,%d"
                                .formatted(number, number % 5 == 0 ? "99" : lead, number))
                        .collect(Collectors.joining("\n", "id,lead,at,what,minutes\n", "\n")));
    }

    /** The numbers of the visits that Marketo has, one as often as it has it. */
    private static List<String> held(TestBed bed) {
        List<String> held = new ArrayList<>();
        for (JsonNode activity : bed.sandbox().vendor("marketo").records("activities")) {
            held.add(activity.at("/attributes/0/value").asText());
        }
        return held;
    }

    private static List<String> numbers(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .filter(number -> number % 5 != 0)
                .mapToObj(Integer::toString)
                .toList();
    }

    @Test
    void eachIsThereOnceAndWhatNobodyDidIsRefusedByItsPlace() {
        try (TestBed bed = bed()) {
            String lead = lead(bed);
            visits(bed, lead, 1, 20);
            SyncReport first = bed.settle();
            assertThat(first.accounting().accepted()).as("%s", first).isEqualTo(16);
            assertThat(first.accounting().rejected()).isEqualTo(4);
            assertThat(held(bed)).containsExactlyInAnyOrderElementsOf(numbers(1, 20));

            visits(bed, lead, 1, 30);
            assertThat(bed.settle().accounting().accepted()).as("the new ones").isEqualTo(8);
            assertThat(held(bed)).containsExactlyInAnyOrderElementsOf(numbers(1, 30));
        }
    }

    @Test
    void whatIsInDoubtIsNotSentAgain() {
        try (TestBed bed = bed()) {
            String lead = lead(bed);
            bed.sandbox()
                    .faults()
                    .add(new Fault("lost", null, null, null, "marketo.activities", 0, 1, new FaultAction.LoseAnswer()));
            visits(bed, lead, 1, 20);
            SyncReport lost = bed.settle();
            assertThat(lost.accounting().accepted()).as("%s", lost).isZero();
            assertThat(lost.accounting().unknown()).isEqualTo(20);
            assertThat(held(bed)).containsExactlyInAnyOrderElementsOf(numbers(1, 20));

            bed.pass(Duration.ofHours(1));
            visits(bed, lead, 1, 25);
            SyncReport next = bed.settle();
            assertThat(next.accounting().accepted()).as("%s", next).isEqualTo(4);
            assertThat(held(bed)).as("none of them twice").containsExactlyInAnyOrderElementsOf(numbers(1, 25));
        }
    }
}
