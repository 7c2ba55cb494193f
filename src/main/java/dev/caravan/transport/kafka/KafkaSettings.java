package dev.caravan.transport.kafka;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;

/**
 * How a cluster is reached.
 *
 * @param brokers {@code host:port}, several separated by commas
 * @param security {@code plaintext}, {@code tls}, {@code sasl_plaintext} or {@code sasl_tls}
 * @param login the user's log-in; empty without SASL
 * @param certificates a PEM file with the authorities to trust; empty for those of the Java platform
 * @param delivery when a record that was handed over is given up
 */
public record KafkaSettings(
        String brokers, String security, Optional<Login> login, Optional<Path> certificates, Duration delivery) {

    private static final int REQUEST_MILLIS = 15_000;

    private static final Duration ASKING = Duration.ofSeconds(10);

    /** Less than any broker takes in one request. */
    private static final int REQUEST_BYTES = 32 << 20;

    /**
     * A log-in by SASL.
     *
     * @param mechanism {@code PLAIN}, {@code SCRAM-SHA-256} or {@code SCRAM-SHA-512}
     * @param password asked anew for each producer
     */
    public record Login(String mechanism, String user, Supplier<String> password) {

        private String jaas() {
            String module = mechanism.equals("PLAIN") ? "plain.PlainLoginModule" : "scram.ScramLoginModule";
            return "org.apache.kafka.common.security." + module + " required username=" + quoted(user) + " password="
                    + quoted(password.get()) + ";";
        }

        private static String quoted(String text) {
            return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
        }

        /** Without the password. */
        @Override
        public String toString() {
            return mechanism + " as " + user;
        }
    }

    /** How long is waited for one answer of the cluster about itself or a topic, and for room in the producer. */
    Duration asking() {
        return delivery.compareTo(ASKING) < 0 ? delivery : ASKING;
    }

    /** How long a request takes at most: three questions, a record for which there is no room, and those before it that have no answer. */
    public Duration longest() {
        return asking().multipliedBy(4).plus(delivery).plus(KafkaTransport.GRACE);
    }

    /** What producer and administrator share. */
    Map<String, Object> client() {
        Map<String, Object> config = new HashMap<>();
        config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, brokers);
        config.put(CommonClientConfigs.CLIENT_ID_CONFIG, "caravan");
        config.put(
                CommonClientConfigs.SECURITY_PROTOCOL_CONFIG,
                security.toUpperCase(Locale.ROOT).replace("TLS", "SSL"));
        config.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MILLIS);
        login.ifPresent(by -> {
            config.put(SaslConfigs.SASL_MECHANISM, by.mechanism());
            config.put(SaslConfigs.SASL_JAAS_CONFIG, by.jaas());
        });
        certificates.ifPresent(file -> {
            config.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, "PEM");
            config.put(SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG, file.toString());
        });
        return config;
    }

    /** Every broker in sync has a record before it counts, and the producer's own repeats are stored once, in order. */
    Map<String, Object> producer() {
        Map<String, Object> config = client();
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Math.toIntExact(delivery.toMillis()));
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) Math.min(REQUEST_MILLIS, delivery.toMillis() / 2));
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, asking().toMillis());
        config.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        // How large a record may be is the topic's to say.
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, REQUEST_BYTES);
        config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, (long) REQUEST_BYTES);
        return config;
    }
}
