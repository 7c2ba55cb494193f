package dev.caravan.scenario.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.app.SyncReport;
import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.sandbox.fault.Fault;
import dev.caravan.sandbox.fault.FaultAction;
import dev.caravan.sandbox.spec.SandboxSpec;
import dev.caravan.scenario.TestBed;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events, of which one that is too old would refuse all others of its request. */
class MetaEventsTest {

    private static final String CARAVAN = """
            connections:
              files: {connector: files, path: data}
              there: {connector: meta, api_base: "ADDRESS", access_token: "{{file:secrets/token}}", account: act_4200001}
            """;

    private static final String MAPPING = """
            model: {connection: files, path: orders.csv, key: id}
            contract: {valid_share: 50%}
            destination: {connection: there, object: events_1200001, operation: append, key: {event_id: id}}
            fields:
              event_name: {constant: Purchase}
              event_time: at
              action_source: {constant: website}
              em: {column: email, normalise: meta.email | sha256.hex}
              value: total
              currency: {constant: EUR}
            """;

    @TempDir
    private Path folder;

    @Test
    void oldEventsAreNotSentAndTheOthersCountOnceWhateverIsLost() {
        try (TestBed bed = new TestBed(folder, SandboxSpec.defaults())) {
            bed.write(
                            "caravan.yaml",
                            CARAVAN.replace("ADDRESS", bed.sandbox().uri("meta").toString()))
                    .write("secrets/token", "caravan-demo-meta-token\n")
                    .write("mappings/test.yaml", MAPPING);
            Instant now = Instant.now();
            String orders = "id,at,email,total\n%s%s%s"
                    .formatted(
                            order("1", now, Duration.ofHours(1)),
                            order("2", now, Duration.ofDays(8)),
                            order("3", now, Duration.ofDays(6)));
            bed.write("data/orders.csv", orders);
            bed.sandbox()
                    .faults()
                    .add(new Fault("lost", null, null, null, "meta.events", 0, 1, new FaultAction.LoseAnswer()));

            SyncReport first = bed.settle();
            assertThat(first.accounting().accepted()).isEqualTo(2);
            assertThat(first.invalid()).as("too old").isEqualTo(1);
            assertThat(events(bed)).containsExactly("1", "3");

            assertThat(bed.settle().accounting().planned()).isZero();
            assertThat(events(bed)).containsExactly("1", "3");

            String tomorrows = order("5", now, Duration.ofDays(-1));
            bed.write("data/orders.csv", orders + order("4", now, Duration.ofHours(2)) + tomorrows);
            SyncReport more = bed.settle();
            assertThat(more.accounting().rejected())
                    .as("alone, of a request that was refused for it")
                    .isEqualTo(1);
            assertThat(events(bed)).containsExactly("1", "3", "4");
            assertThat(more.summary().orElseThrow().cost().quotaLimit())
                    .as("a share of an hour is no number of requests")
                    .isEqualTo(-1);
        }
    }

    @Test
    void personalDataThatNothingHashesIsRefusedBeforeAPlan() {
        try (TestBed bed = new TestBed(folder, SandboxSpec.defaults())) {
            bed.write(
                            "caravan.yaml",
                            CARAVAN.replace("ADDRESS", bed.sandbox().uri("meta").toString()))
                    .write("secrets/token", "caravan-demo-meta-token\n")
                    .write("data/orders.csv", "id,at,email,total\n" + order("1", Instant.now(), Duration.ofHours(1)))
                    .write(
                            "mappings/test.yaml",
                            MAPPING + "  buyer_email: email\n  note: {column: email, pii: true}\n  order_id: id\n");
            assertThat(catchThrowableOfType(InvalidInput.class, bed::sync).problems())
                    .extracting(problem -> problem.code() + " " + problem.message())
                    .containsExactly(
                            "TARGET_FIELD_EXPOSED events_1200001.buyer_email would carry personal data in the open",
                            "TARGET_FIELD_EXPOSED events_1200001.note would carry personal data in the open");
            assertThat(bed.sandbox().vendor("meta").records("events")).isEmpty();
        }
    }

    private static String order(String id, Instant now, Duration ago) {
        return "%s,%s,p%s@example.com,9.90\n".formatted(id, now.minus(ago), id);
    }

    private static List<String> events(TestBed bed) {
        List<String> ids = new ArrayList<>();
        for (JsonNode event : bed.sandbox().vendor("meta").records("events")) {
            ids.add(event.path("event_id").asText());
        }
        return ids;
    }
}
