package dev.caravan.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.app.SyncReport;
import dev.caravan.transport.kafka.Broker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Topics as destinations, through the real routes, against a broker in this process. */
class TopicTargetTest {

    private static final String CARAVAN = """
            connections:
              files: {connector: files, path: data}
              stream: {connector: kafka, brokers: "ADDRESS"}
            """;

    private static final String MAPPING = """
            model:
              connection: files
              path: leads.csv
              key: id
              columns: {score: decimal}
            destination:
              connection: stream
              object: TOPIC
              operation: OPERATION
              key: {id: id}
            fields:
              name: name
              score: score
              note: note
            """;

    @TempDir
    private Path folder;

    private TestBed bed(String topic, String operation) {
        return SmallLeads.bed(folder, MAPPING.replace("TOPIC", topic).replace("OPERATION", operation))
                .write("caravan.yaml", CARAVAN.replace("ADDRESS", Broker.address()));
    }

    private static void balanced(SyncReport report, long accepted) {
        assertThat(report.state()).isEqualTo("done");
        assertThat(report.accounting().accepted()).isEqualTo(accepted);
    }

    /** What a consumer holds that takes the last record of each key. */
    private static Map<String, String> held(String topic) {
        Map<String, String> held = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record : Broker.records(topic)) {
            String key = new String(record.key(), StandardCharsets.UTF_8);
            if (record.value() == null) {
                held.remove(key);
            } else {
                held.put(key, new String(record.value(), StandardCharsets.UTF_8));
            }
        }
        return held;
    }

    @Test
    void aMirrorHoldsTheModelsRowsEachWhole() {
        String leads = Broker.topic("compact");
        try (TestBed bed = bed(leads, "mirror")) {
            SmallLeads.model(bed, "a,An,1.50,,n,x", "b,Bo,,,,x");
            balanced(bed.settle(), 2);
            assertThat(held(leads))
                    .containsExactly(
                            Map.entry("a", "{\"id\":\"a\",\"name\":\"An\",\"note\":\"n\",\"score\":1.5}"),
                            Map.entry("b", "{\"id\":\"b\",\"name\":\"Bo\",\"note\":null,\"score\":null}"));
            balanced(bed.settle(), 0);
            assertThat(Broker.records(leads)).hasSize(2);
            SmallLeads.model(bed, "a,An,2,,n,x");
            balanced(bed.settle(), 2);
            assertThat(held(leads))
                    .containsExactly(Map.entry("a", "{\"id\":\"a\",\"name\":\"An\",\"note\":\"n\",\"score\":2}"));
            assertThat(Broker.records(leads)).hasSize(4);
        }
    }

    @Test
    void whatIsNotMappedAnyMoreIsNoPartOfWhatChanges() {
        String leads = Broker.topic("compact");
        try (TestBed bed = bed(leads, "mirror")) {
            SmallLeads.model(bed, "a,An,1,,n,x", "b,Bo,1,,n,x");
            balanced(bed.settle(), 2);
            bed.write(
                    "mappings/test.yaml",
                    MAPPING.replace("TOPIC", leads)
                            .replace("OPERATION", "mirror")
                            .replaceFirst(" *note: note\n", ""));
            bed.restart();
            SmallLeads.model(bed, "a,An,2,,n,x", "b,Bo,1,,n,x");
            balanced(bed.settle(), 1);
            assertThat(held(leads))
                    .as("what did not change stays as it was sent")
                    .containsExactly(
                            Map.entry("a", "{\"id\":\"a\",\"name\":\"An\",\"score\":2}"),
                            Map.entry("b", "{\"id\":\"b\",\"name\":\"Bo\",\"note\":\"n\",\"score\":1}"));
        }
    }

    @Test
    void aTopicThatForgetsByAgeTakesEventsAndNoMirror() {
        String events = Broker.topic("delete");
        try (TestBed bed = bed(events, "mirror")) {
            SmallLeads.model(bed, "a,An,1,,n,x");
            SyncReport report = bed.settle();
            assertThat(report.accounting().accepted()).isZero();
            assertThat(report.rejections().toString()).contains("not_compacted");
            assertThat(Broker.records(events)).isEmpty();
            bed.write("mappings/test.yaml", MAPPING.replace("TOPIC", events).replace("OPERATION", "append"));
            bed.restart();
            balanced(bed.settle(), 1);
            assertThat(Broker.records(events))
                    .singleElement()
                    .satisfies(record -> assertThat(record.headers()
                                    .lastHeader("caravan-dedupe-key")
                                    .value())
                            .hasSize(64));
        }
    }
}
