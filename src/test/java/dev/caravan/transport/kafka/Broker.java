package dev.caravan.transport.kafka;

import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.test.KafkaClusterTestKit;
import org.apache.kafka.common.test.TestKitNodes;
import org.jspecify.annotations.Nullable;

/**
 * One Kafka node in this process, controller and broker at once: started once a JVM by the first test that asks, in some seconds, and
 * stopped at its end. Each test makes topics of its own.
 */
public final class Broker {

    private static final AtomicInteger TOPICS = new AtomicInteger();
    private static @Nullable KafkaClusterTestKit kit;

    private Broker() {}

    /** Where it listens. */
    public static String address() {
        return started().bootstrapServers();
    }

    private static synchronized KafkaClusterTestKit started() {
        KafkaClusterTestKit known = kit;
        if (known == null) {
            known = done(Broker::start);
            kit = known;
            Runtime.getRuntime().addShutdownHook(new Thread(Broker::stop));
        }
        return known;
    }

    private static KafkaClusterTestKit start() throws Exception {
        TestKitNodes nodes = new TestKitNodes.Builder()
                .setNumBrokerNodes(1)
                .setNumControllerNodes(1)
                .setCombined(true)
                // Its own choice would be deleted at the end of the JVM while it still writes there.
                .setBaseDirectory(Files.createTempDirectory("broker"))
                .build();
        KafkaClusterTestKit made = new KafkaClusterTestKit.Builder(nodes)
                .setConfigProp("offsets.topic.replication.factor", "1")
                .setConfigProp("auto.create.topics.enable", "false")
                .setConfigProp("message.max.bytes", "10000")
                // Of its own accord it takes 128 MiB of the tests' memory.
                .setConfigProp("log.cleaner.dedupe.buffer.size", "2097152")
                .build();
        made.format();
        made.startup();
        made.waitForReadyBrokers();
        return made;
    }

    /** Makes a topic of two partitions that nobody has used, and says its name. */
    public static String topic(String cleanupPolicy) {
        return topic(Map.of("cleanup.policy", cleanupPolicy));
    }

    /** The same of one that takes as many bytes at once as brokers usually do. */
    public static String roomyTopic(String cleanupPolicy) {
        return topic(Map.of("cleanup.policy", cleanupPolicy, "max.message.bytes", "1048588"));
    }

    private static String topic(Map<String, String> configs) {
        String name = "topic-" + TOPICS.incrementAndGet();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address()))) {
            NewTopic topic = new NewTopic(name, 2, (short) 1).configs(configs);
            done(() -> admin.createTopics(List.of(topic)).all().get());
            while (!done(() -> admin.listTopics().names().get()).contains(name)) {
                // The controller has made it; the broker that is asked learns of it a moment later.
                Thread.onSpinWait();
            }
        }
        return name;
    }

    /** All records of a topic, in the order of their partitions. */
    public static List<ConsumerRecord<byte[], byte[]>> records(String topic) {
        Map<String, Object> config = new HashMap<>();
        config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, address());
        config.put(ConsumerConfig.CLIENT_ID_CONFIG, UUID.randomUUID().toString());
        // It asks ahead, and would not go before that is answered.
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 5);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = List.of(new TopicPartition(topic, 0), new TopicPartition(topic, 1));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(all::add);
            }
        }
        return all;
    }

    private static synchronized void stop() {
        KafkaClusterTestKit known = kit;
        if (known != null) {
            done(() -> {
                known.close();
                return known;
            });
        }
    }

    private static <T> T done(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        task.run();
        try {
            return task.get();
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
