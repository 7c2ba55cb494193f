package dev.caravan.transport.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.transport.Body;
import dev.caravan.transport.PublishAnswer.Fate;
import dev.caravan.transport.PublishAnswer.Later;
import dev.caravan.transport.PublishAnswer.Reason;
import dev.caravan.transport.PublishAnswer.Refused;
import dev.caravan.transport.PublishAnswer.Stored;
import dev.caravan.transport.PublishAnswer.Unclear;
import dev.caravan.transport.PublishRequest;
import dev.caravan.transport.PublishRequest.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class PublishingTest {

    /** What Kafka's own stand-in for a producer says once it is told: nothing in time, unless the test is quick. */
    private static final class Scripted extends MockProducer<byte[], byte[]> {

        private final BiFunction<Integer, Callback, Boolean> script;
        private int asked;

        /**
         * A producer.
         *
         * @param script what it does with the record of this number; whether it takes it
         */
        Scripted(BiFunction<Integer, Callback, Boolean> script) {
            super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
            this.script = script;
        }

        @Override
        public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
            return script.apply(asked++, callback)
                    ? super.send(record, callback)
                    : java.util.concurrent.CompletableFuture.failedFuture(new KafkaException("not taken"));
        }
    }

    /** One producer, and how often it was given up. */
    private static final class One implements Clients {

        private final Producer<byte[], byte[]> producer;
        private final List<Object> renewed = new ArrayList<>();

        One(Producer<byte[], byte[]> producer) {
            this.producer = producer;
        }

        @Override
        public Topics topics() {
            throw new AssertionError("nothing is asked");
        }

        @Override
        public Producer<byte[], byte[]> producer() {
            return producer;
        }

        @Override
        public void renew(Producer<byte[], byte[]> spent) {
            renewed.add(spent);
        }

        @Override
        public void renew(Topics spent) {
            renewed.add(spent);
        }

        @Override
        public void close() {
            producer.close();
        }
    }

    private static boolean elsewhere(Callback callback, Exception failure) {
        Thread producer = new Thread(() -> callback.onCompletion(null, failure));
        producer.start();
        try {
            producer.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return false;
    }

    private static boolean here(Callback callback, Exception failure) {
        callback.onCompletion(null, failure);
        return false;
    }

    private static List<Fate> fates(One clients, int records) {
        List<Message> messages = IntStream.range(0, records)
                .mapToObj(i -> new Message(Body.of("k" + i), Body.of("v"), Map.of()))
                .toList();
        PublishRequest request = PublishRequest.publish("t", messages, true, Duration.ZERO);
        return new Publishing(clients, Duration.ofMillis(20)).publish(request, 1_000);
    }

    @Test
    void aProducerThatTakesNothingMoreIsNotAskedForEveryRecordAnew() {
        Scripted producer = new Scripted((i, callback) -> i == 0 || here(callback, new TimeoutException("no leader")));
        One clients = new One(producer);
        List<Fate> fates = fates(clients, 5_000);
        assertThat(fates.getFirst()).isInstanceOf(Stored.class);
        assertThat(fates.subList(1, 5_000)).containsOnly(new Later("refused"));
        assertThat(producer.asked).isEqualTo(2);
        assertThat(clients.renewed).isEmpty();
    }

    @Test
    void whatTheTopicRefusesItRefusesOfAllRecordsAndATooLargeOneIsAlone() {
        Scripted forbidden = new Scripted((i, callback) -> here(callback, new TopicAuthorizationException("t")));
        assertThat(fates(new One(forbidden), 3)).containsOnly(new Refused(Reason.RIGHTS, "not_authorized"));
        assertThat(forbidden.asked).isEqualTo(1);
        Scripted large = new Scripted((i, callback) -> i != 1 || here(callback, new RecordTooLargeException()));
        assertThat(fates(new One(large), 3))
                .satisfiesExactly(
                        first -> assertThat(first).isInstanceOf(Stored.class),
                        second -> assertThat(second).isEqualTo(new Refused(Reason.RECORD, "record_too_large")),
                        third -> assertThat(third).isInstanceOf(Stored.class));
    }

    @Test
    void anInterruptionTakesBackNothingThatWasHandedOver() {
        One silent = new One(new Scripted((i, callback) -> false));
        Thread.currentThread().interrupt();
        assertThat(fates(silent, 2)).allMatch(Unclear.class::isInstance);
        assertThat(Thread.interrupted()).isTrue();
        One interrupting = new One(new Scripted((i, callback) -> {
            if (i > 0) {
                throw new InterruptException("stopped");
            }
            return false;
        }));
        assertThat(fates(interrupting, 3))
                .satisfiesExactly(
                        first -> assertThat(first).isInstanceOf(Unclear.class),
                        second -> assertThat(second).isInstanceOf(Later.class),
                        third -> assertThat(third).isInstanceOf(Later.class));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(silent.renewed).isEmpty();
        assertThat(interrupting.renewed).isEmpty();
    }

    @Test
    void aProducerThatGaveUpForGoodIsReplaced() {
        One locked = new One(
                new Scripted((i, callback) -> elsewhere(callback, new ClusterAuthorizationException("cluster"))));
        assertThat(fates(locked, 2)).allMatch(Unclear.class::isInstance);
        assertThat(locked.renewed).containsExactly(locked.producer);
        One closed = new One(new Scripted((i, callback) -> {
            throw new IllegalStateException("closed");
        }));
        assertThat(fates(closed, 2)).containsOnly(new Later("refused"));
        assertThat(closed.renewed).hasSize(1);
        One silent = new One(new Scripted((i, callback) -> false));
        assertThat(fates(silent, 1)).containsExactly(new Unclear("timeout"));
        assertThat(silent.renewed).hasSize(1);
    }
}
