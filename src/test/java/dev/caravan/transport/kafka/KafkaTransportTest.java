package dev.caravan.transport.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.transport.Body;
import dev.caravan.transport.PublishAnswer;
import dev.caravan.transport.PublishAnswer.Cluster;
import dev.caravan.transport.PublishAnswer.Fate;
import dev.caravan.transport.PublishAnswer.Fates;
import dev.caravan.transport.PublishAnswer.Reason;
import dev.caravan.transport.PublishAnswer.Refused;
import dev.caravan.transport.PublishAnswer.Stored;
import dev.caravan.transport.PublishAnswer.Topic;
import dev.caravan.transport.PublishRequest;
import dev.caravan.transport.PublishRequest.Message;
import dev.caravan.transport.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Against a broker in this process. */
class KafkaTransportTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static KafkaTransport transport;

    @BeforeAll
    static void start() {
        transport = transport(Broker.address(), PATIENCE);
    }

    @AfterAll
    static void stop() {
        transport.close();
    }

    private static KafkaTransport transport(String address, Duration delivery) {
        return new KafkaTransport(
                new KafkaSettings(address, "plaintext", Optional.empty(), Optional.empty(), delivery));
    }

    private static Message message(String key, String value) {
        return new Message(Body.of(key), Body.of(value), Map.of("h", "1"));
    }

    private static List<Fate> publish(String topic, boolean keyed, Message... messages) {
        Reply reply = transport.send(PublishRequest.publish(topic, List.of(messages), keyed, PATIENCE), "");
        return ((Fates) ((PublishAnswer) reply).told()).fates();
    }

    @Test
    void everyRecordHasAFateOfItsOwn() {
        String people = Broker.topic("compact");
        List<Fate> fates = publish(
                people,
                true,
                message("a", "1"),
                message("b", "x".repeat(100_000)),
                new Message(Body.of("c"), null, Map.of()));
        assertThat(fates.get(0)).isInstanceOf(Stored.class);
        assertThat(fates.get(1)).isEqualTo(new Refused(Reason.RECORD, "record_too_large"));
        assertThat(fates.get(2)).isInstanceOf(Stored.class);
        assertThat(Broker.records(people))
                .extracting(record -> text(record.key()) + "=" + text(record.value()))
                .containsExactlyInAnyOrder("a=1", "c=null");
        ConsumerRecord<byte[], byte[]> first = Broker.records(people).stream()
                .filter(record -> text(record.key()).equals("a"))
                .findFirst()
                .orElseThrow();
        assertThat(text(first.headers().lastHeader("h").value())).isEqualTo("1");
    }

    private static String text(byte[] bytes) {
        return bytes == null ? "null" : new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void theLastWordOnAKeyNeedsATopicThatKeepsIt() {
        String events = Broker.topic("delete");
        assertThat(publish(events, true, message("a", "1")))
                .containsExactly(new Refused(Reason.TOPIC, "not_compacted"));
        assertThat(Broker.records(events)).isEmpty();
        assertThat(publish(events, false, message("a", "1"))).allMatch(Stored.class::isInstance);
        String shortLived = Broker.topic("compact,delete");
        assertThat(publish(shortLived, true, message("a", "1")))
                .containsExactly(new Refused(Reason.TOPIC, "not_compacted"));
        assertThat(publish("nowhere", false, message("a", "1")))
                .containsExactly(new Refused(Reason.TOPIC, "unknown_topic"));
    }

    @Test
    void aLookTellsWhatATopicIs() {
        String people = Broker.topic("compact");
        String events = Broker.topic("delete");
        assertThat(look(people)).isEqualTo(new Topic(true, true));
        assertThat(look(events)).isEqualTo(new Topic(true, false));
        assertThat(look("nowhere")).isEqualTo(new Topic(false, false));
    }

    private static PublishAnswer.Told look(String topic) {
        return ((PublishAnswer) transport.send(PublishRequest.look(topic, PATIENCE), "")).told();
    }

    @Test
    void theClusterIsTheAccount() {
        String people = Broker.topic("compact");
        Cluster cluster = (Cluster) ((PublishAnswer) transport.login()).told();
        assertThat(transport.send(PublishRequest.look(people, PATIENCE), cluster.id()))
                .isInstanceOf(PublishAnswer.class);
        assertThat(transport.send(PublishRequest.look(people, PATIENCE), "other"))
                .isInstanceOfSatisfying(
                        Reply.NotSent.class, not -> assertThat(not.reason()).isEqualTo("account"));
        assertThat(transport.send(
                        PublishRequest.publish(people, List.of(message("z", "1")), false, PATIENCE),
                        "",
                        () -> Optional.of("paused")))
                .isInstanceOfSatisfying(
                        Reply.NotSent.class, not -> assertThat(not.reason()).isEqualTo("paused"));
    }

    /** A lease of a worker has to outlast a request: Salesforce's two minutes are what it is made for. */
    @Test
    void aRequestEndsWithinTwoMinutes() {
        KafkaSettings usual =
                new KafkaSettings("x", "plaintext", Optional.empty(), Optional.empty(), Duration.ofMinutes(1));
        assertThat(usual.longest()).isLessThan(Duration.ofMinutes(2));
        assertThat(usual.producer())
                .containsEntry("delivery.timeout.ms", 60_000)
                .containsEntry("max.block.ms", 10_000L)
                .containsEntry("acks", "all")
                .containsEntry("enable.idempotence", true);
    }

    @Test
    void whereNobodyAnswersNothingWasSent() {
        try (KafkaTransport nobody = transport("127.0.0.1:1", Duration.ofMillis(400))) {
            assertThat(nobody.login())
                    .isInstanceOfSatisfying(
                            Reply.NotSent.class, not -> assertThat(not.reason()).isEqualTo("refused"));
        }
    }
}
