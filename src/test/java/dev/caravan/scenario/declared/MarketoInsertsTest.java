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

/** Custom objects that are only made: those that are there stay as they are. */
class MarketoInsertsTest {

    private static final String MAPPING = """
            model: {connection: files, path: %s.csv, key: id}
            destination: {connection: there, object: car_c, operation: %s, key: {vin: id}}
            fields:
              %s: make
            """;

    @TempDir
    private Path folder;

    private TestBed bed() {
        TestBed bed = new TestBed(folder, SandboxSpec.defaults());
        return bed.write("secrets/secret", "caravan-demo-secret\n")
                .write("caravan.yaml", """
                        connections:
                          files: {connector: files, path: data}
                          there: {connector: marketo, api_base: "%s", client_id: caravan-demo, client_secret: "{{file:secrets/secret}}"}
                        """.formatted(bed.sandbox().uri("marketo")))
                .write("mappings/theirs.yaml", MAPPING.formatted("theirs", "upsert", "model"))
                .write("mappings/test.yaml", MAPPING.formatted("cars", "insert", "make"));
    }

    private static void cars(TestBed bed, String file, String make, int many) {
        bed.write(
                "data/" + file + ".csv",
                IntStream.rangeClosed(1, many)
                        .mapToObj(number -> "V%d,%s".formatted(number, make))
                        .collect(Collectors.joining("\n", "id,make\n", "\n")));
    }

    private static List<String> held(TestBed bed) {
        List<String> held = new ArrayList<>();
        for (JsonNode car : bed.sandbox().vendor("marketo").records("car_c")) {
            held.add(car.path("vin").asText()
                    + " "
                    + car.path("make").asText(car.path("model").asText()));
        }
        return held;
    }

    @Test
    void whatIsThereStaysAsItIs() {
        try (TestBed bed = bed()) {
            cars(bed, "theirs", "Corsa", 2);
            assertThat(bed.operations()
                            .sync(new MappingId("theirs"), Progress.NONE)
                            .accounting()
                            .accepted())
                    .isEqualTo(2);
            cars(bed, "cars", "Ford", 4);
            SyncReport report = bed.settle();
            assertThat(report.accounting().accepted()).as("%s", report).isEqualTo(2);
            assertThat(report.accounting().rejected()).as("there already").isEqualTo(2);
            assertThat(held(bed)).containsExactlyInAnyOrder("V1 Corsa", "V2 Corsa", "V3 Ford", "V4 Ford");
            assertThat(bed.settle().accounting().planned()).isZero();
        }
    }

    /** The repetition is answered that they are there, which does not say whose they are. */
    @Test
    void whatWasLostIsNeitherMadeTwiceNorCalledAccepted() {
        try (TestBed bed = bed()) {
            bed.sandbox()
                    .faults()
                    .add(new Fault(
                            "lost", null, null, null, "marketo.customobjects", 0, 1, new FaultAction.LoseAnswer()));
            cars(bed, "cars", "Ford", 3);
            assertThat(bed.settle().accounting().unknown()).isEqualTo(3);
            bed.pass(Duration.ofHours(1));
            SyncReport later = bed.settle();
            assertThat(later.accounting().accepted()).as("%s", later).isZero();
            assertThat(later.heldBy()).containsOnly(Map.entry("unknown", 3L));
            assertThat(held(bed)).containsExactlyInAnyOrder("V1 Ford", "V2 Ford", "V3 Ford");
        }
    }
}
