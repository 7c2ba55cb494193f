package dev.caravan.scenario.declared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.app.SyncReport;
import dev.caravan.sandbox.spec.SandboxSpec;
import dev.caravan.scenario.TestBed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Thirty messages over a connection that may send twenty a day. */
class DayLimitTest {

    private static final int ROWS = 30;
    private static final int MOST = 20;

    /** One is kept for what writes nothing. */
    private static final int WRITES = 19;

    @TempDir
    private Path folder;

    private TestBed bed() {
        TestBed bed = new TestBed(folder, SandboxSpec.defaults());
        String rows = IntStream.range(0, ROWS)
                .mapToObj(row -> row + ",Name " + row + "\n")
                .collect(Collectors.joining());
        return bed.write("secrets/secret", "caravan-demo-webhook-secret\n")
                .write("data/rows.csv", "id,name\n" + rows)
                .write("caravan.yaml", """
                    connections:
                      files: {connector: files, path: data}
                      there:
                        connector: webhook
                        url: %s/hook
                        secret: "{{file:secrets/secret}}"
                        pace: fast
                        limits: {requests_per_second: 20, requests_per_day: {requests: %d}}
                    """.formatted(bed.sandbox().uri("webhook"), MOST))
                .write("mappings/test.yaml", """
                    model: {connection: files, path: rows.csv, key: id}
                    destination: {connection: there, object: person, operation: upsert, key: {id: id}}
                    fields: {name: name}
                    """);
    }

    private static void later(TestBed bed, Duration time) {
        bed.pass(time);
        bed.sandbox().clock().advance(time);
    }

    @Test
    void whatTheDayDoesNotAllowIsHeldAndNoRestartForgetsIt() {
        try (TestBed bed = bed()) {
            SyncReport first = bed.settle();
            assertThat(first.requests()).isEqualTo(WRITES);
            assertThat(first.heldBy()).containsOnlyKeys("quota");
            assertThat(first.accounting().balances()).isTrue();

            bed.restart();
            SyncReport second = bed.settle();
            assertThat(second.requests()).as("after a restart on the same day").isZero();
            assertThat(second.heldBy())
                    .containsEntry("quota", second.accounting().planned());

            later(bed, Duration.ofHours(23));
            assertThat(bed.settle().requests()).as("the same 24 hours").isZero();

            later(bed, Duration.ofMinutes(80));
            SyncReport next = bed.settle();
            assertThat(next.heldBy()).isEmpty();
            assertThat(next.accounting().accepted()).isEqualTo(next.accounting().planned());
        }
    }
}
