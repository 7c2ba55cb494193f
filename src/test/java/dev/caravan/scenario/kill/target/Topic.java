package dev.caravan.scenario.kill.target;

import dev.caravan.connector.kafka.KafkaDestination;
import dev.caravan.scenario.TestBed;
import dev.caravan.transport.kafka.Broker;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A topic of a real broker: five thousand records a batch, two batches at once. */
record Topic(String name, String operation, Course course, boolean consumersDedupe, String topic) implements Place {

    /** The last record of a key is its row. */
    static Topic mirror() {
        return new Topic("a topic, mirror", "mirror", Course.MIRROR, false, Broker.roomyTopic("compact"));
    }

    /** Class B: its readers drop events that they have seen. */
    static Topic append() {
        return new Topic("a topic, append", "append", Course.EVENTS, true, Broker.roomyTopic("delete"));
    }

    /** Class E: they do not. */
    static Topic plainAppend() {
        return new Topic("a plain topic, append", "append", Course.EVENTS, false, Broker.roomyTopic("delete"));
    }

    @Override
    public int rows() {
        return 11_000;
    }

    @Override
    public int batches() {
        return 3;
    }

    @Override
    public long onTheirWay() {
        return 10_000;
    }

    @Override
    public boolean inDoubt() {
        return course == Course.EVENTS && !consumersDedupe;
    }

    @Override
    public String connector() {
        return "kafka";
    }

    @Override
    public String connection(TestBed bed) {
        return """
                brokers: "%s"
                consumers_dedupe: %s
                """.formatted(Broker.address(), consumersDedupe);
    }

    @Override
    public String mapping() {
        return """
                destination: {connection: there, object: %s, operation: %s, key: %s}
                fields: {value: value}
                """.formatted(topic, operation, course == Course.EVENTS ? "{id: id}" : "{id: id, email: email}");
    }

    @Override
    public Map<String, String> held(TestBed bed) {
        return course == Course.EVENTS ? events() : lastOfEach();
    }

    private Map<String, String> events() {
        Held held = new Held();
        Set<String> seen = new HashSet<>();
        for (ConsumerRecord<byte[], byte[]> record : Broker.records(topic)) {
            String known = text(
                    record.headers().lastHeader(KafkaDestination.DEDUPE_HEADER).value());
            if (seen.add(known) || !consumersDedupe) {
                held.put(text(record.key()), value(record));
            }
        }
        return held.values();
    }

    private Map<String, String> lastOfEach() {
        Map<String, String> last = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record : Broker.records(topic)) {
            if (record.value() == null) {
                last.remove(id(record));
            } else {
                last.put(id(record), value(record));
            }
        }
        return last;
    }

    /** Of a key of two fields. */
    private static String id(ConsumerRecord<byte[], byte[]> record) {
        return text(record.key()).replaceFirst("\\{\"email\":\"[^\"]+\",\"id\":\"([^\"]+)\"}", "$1");
    }

    private static String value(ConsumerRecord<byte[], byte[]> record) {
        return text(record.value()).replaceFirst(".*\"value\":\"([^\"]*)\".*", "$1");
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public List<Crash> crashes() {
        return List.of(Crash.soonAfter("record:after", rows() / 2), Crash.soonAfter("send:left", batches()));
    }
}
