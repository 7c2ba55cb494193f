package dev.caravan.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.app.MappingStatus;
import dev.caravan.app.Worker;
import dev.caravan.run.Run;
import dev.caravan.run.RunState;
import dev.caravan.run.Trigger;
import dev.caravan.sandbox.spec.FieldKind;
import dev.caravan.sandbox.spec.FieldSpec;
import dev.caravan.sandbox.spec.ObjectSpec;
import dev.caravan.sandbox.spec.SandboxSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A worker that runs by schedule and follows its files. */
@Execution(ExecutionMode.CONCURRENT)
class ServiceTest {

    /** How long anything may take before a test gives up; nothing is measured. */
    private static final int PATIENCE_SECONDS = 60;

    private static final String MAPPING = """
            model: {connection: files, path: rows.csv, key: id}
            SCHEDULE
            destination:
              connection: crm
              object: Lead
              operation: upsert
              key: {Row_Id__c: id}
            fields:
              LastName: {column: name}
              Company: {constant: COMPANY}
            guardrails: {max_changed: 100%}
            """;

    @TempDir
    private Path folder;

    @Test
    void firesAndFollowsItsFiles() throws InterruptedException, IOException {
        try (TestBed bed = bed()) {
            bed.write("mappings/test.yaml", mapping("schedule: {every: 1s}", "One"));
            Worker worker = bed.service();
            until(() -> runs(bed).size() >= 2);
            assertThat(companies(bed)).containsExactly("One");
            assertThat(runs(bed))
                    .allSatisfy(run -> assertThat(run.trigger()).isEqualTo(Trigger.SCHEDULE))
                    .last()
                    .satisfies(
                            first -> assertThat(first.accounting().accepted()).isEqualTo(3));

            bed.write("mappings/test.yaml", mapping("schedule: {every: 1s}", "Two"));
            until(() -> companies(bed).equals(Set.of("Two")));

            bed.write("mappings/test.yaml", "fields: [\n");
            until(() -> !worker.problems().isEmpty());
            assertThat(status(bed).broken()).isPresent();
            long last = runs(bed).getFirst().id();
            until(() -> runs(bed).getFirst().id() > last);
            assertThat(companies(bed)).containsExactly("Two");

            bed.write("mappings/test.yaml", mapping("schedule: {every: 1s}", "Three"));
            until(() -> companies(bed).equals(Set.of("Three")));
            assertThat(worker.problems()).isEmpty();

            Files.delete(folder.resolve("mappings/test.yaml"));
            until(() -> bed.operations().status().isEmpty());
            until(() -> runs(bed).stream().noneMatch(run -> run.state() == RunState.RUNNING));
            long none = runs(bed).getFirst().id();
            Thread.sleep(2_500);
            assertThat(runs(bed).getFirst().id()).isEqualTo(none);
            assertThat(bed.records("Lead")).as("what was written stays").hasSize(3);
        }
    }

    /** A folder that is a link is swapped whole, as Kubernetes and deployment tools do. */
    @Test
    void followsALinkThatIsSwapped() throws IOException, InterruptedException {
        try (TestBed bed = bed()) {
            bed.write("releases/1/test.yaml", mapping("schedule: {every: 1s}", "One"));
            bed.write("releases/2/test.yaml", mapping("schedule: {every: 1s}", "Two"));
            Files.createSymbolicLink(folder.resolve("mappings"), Path.of("releases/1"));
            bed.service();
            until(() -> companies(bed).equals(Set.of("One")));
            Path next = Files.createSymbolicLink(folder.resolve("next"), Path.of("releases/2"));
            Files.move(
                    next,
                    folder.resolve("mappings"),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            until(() -> companies(bed).equals(Set.of("Two")));
        }
    }

    @Test
    void aCronFiresInItsOwnZone() {
        try (TestBed bed = bed()) {
            bed.write("mappings/test.yaml", mapping("schedule: {cron: \"0 30 7 * * ?\", zone: Asia/Kathmandu}", "One"));
            Instant before = next(Instant.now());
            bed.service();
            assertThat(status(bed).next().orElseThrow()).isIn(before, next(Instant.now()));
            assertThat(status(bed).schedule()).contains("Asia/Kathmandu");
        }
    }

    private static Instant next(Instant now) {
        ZonedDateTime there = now.atZone(ZoneId.of("Asia/Kathmandu"));
        ZonedDateTime today = there.with(LocalTime.of(7, 30));
        return (today.isAfter(there) ? today : today.plusDays(1)).toInstant();
    }

    private static MappingStatus status(TestBed bed) {
        return bed.operations().status().getFirst();
    }

    /** Newest first. */
    private static List<Run> runs(TestBed bed) {
        return bed.operations().runs(Optional.of(TestBed.MAPPING), 1_000).stream()
                .filter(run -> run.state() != RunState.RUNNING)
                .toList();
    }

    private static Set<String> companies(TestBed bed) {
        return bed.records("Lead").stream()
                .map(lead -> lead.path("Company").asText())
                .collect(Collectors.toSet());
    }

    private static void until(BooleanSupplier there) throws InterruptedException {
        for (int tries = 0; !there.getAsBoolean(); tries++) {
            assertThat(tries).as("tries").isLessThan(PATIENCE_SECONDS * 20);
            Thread.sleep(50);
        }
    }

    private static String mapping(String schedule, String company) {
        return MAPPING.replace("SCHEDULE", schedule).replace("COMPANY", company);
    }

    private TestBed bed() {
        return new TestBed(
                        folder,
                        SandboxSpec.defaults()
                                .withObjects(ObjectSpec.of(
                                        "Lead",
                                        FieldSpec.builder("Row_Id__c", FieldKind.TEXT)
                                                .length(40)
                                                .externalId(true)
                                                .unique(true)
                                                .build())))
                .write("data/rows.csv", "id,name\na,Ada\nb,Ben\nc,Cy\n");
    }
}
