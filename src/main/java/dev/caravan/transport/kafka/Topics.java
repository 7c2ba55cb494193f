package dev.caravan.transport.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What the cluster says of itself and of its topics. */
record Topics(Admin admin, Duration timeout) {

    /** The cluster's id. */
    String cluster() throws ExecutionException, TimeoutException, InterruptedException {
        return got(admin.describeCluster().clusterId());
    }

    /**
     * What a topic is.
     *
     * @param compacted whether it keeps the last record of each key whatever its age: compacted, and not emptied by age or size besides
     * @param largest the most bytes of a record, its batch's heading included
     */
    record Facts(boolean exists, boolean compacted, int largest) {}

    private static final Facts NONE = new Facts(false, false, 0);

    Facts topic(String name) throws ExecutionException, TimeoutException, InterruptedException {
        try {
            got(admin.describeTopics(Set.of(name)).allTopicNames());
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof UnknownTopicOrPartitionException
                    || failure.getCause() instanceof AuthorizationException) {
                return NONE;
            }
            throw failure;
        }
        return settings(name);
    }

    /** Of who may not ask for a topic's settings it is believed that they are right. */
    private Facts settings(String name) throws ExecutionException, TimeoutException, InterruptedException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
        try {
            Config config = got(admin.describeConfigs(List.of(resource)).all()).get(resource);
            if (config == null) {
                return new Facts(true, true, Integer.MAX_VALUE);
            }
            return new Facts(
                    true,
                    value(config, TopicConfig.CLEANUP_POLICY_CONFIG).equals(TopicConfig.CLEANUP_POLICY_COMPACT),
                    Integer.parseInt(value(config, TopicConfig.MAX_MESSAGE_BYTES_CONFIG)));
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof AuthorizationException) {
                return new Facts(true, true, Integer.MAX_VALUE);
            }
            throw failure;
        }
    }

    private static String value(Config config, String name) {
        ConfigEntry entry = config.get(name);
        return entry == null || entry.value() == null ? "" : entry.value();
    }

    private <T> T got(KafkaFuture<T> future) throws ExecutionException, TimeoutException, InterruptedException {
        return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }
}
