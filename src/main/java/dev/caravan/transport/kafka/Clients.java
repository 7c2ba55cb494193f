package dev.caravan.transport.kafka;

import java.time.Duration;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** The clients of one cluster, made when they are first needed. Safe for many threads. */
interface Clients extends AutoCloseable {

    Topics topics();

    Producer<byte[], byte[]> producer();

    /** Another producer is made when one is needed next: this one gave up for good. */
    void renew();

    @Override
    void close();

    /** Kafka's own. */
    final class Real implements Clients {

        private static final Duration CLOSING = Duration.ofSeconds(5);

        private final KafkaSettings settings;
        private @Nullable Admin admin;
        private @Nullable Producer<byte[], byte[]> producer;

        Real(KafkaSettings settings) {
            this.settings = settings;
        }

        @Override
        public synchronized Topics topics() {
            Admin open = admin;
            if (open == null) {
                open = Admin.create(settings.client());
                admin = open;
            }
            return new Topics(open, settings.delivery());
        }

        @Override
        public synchronized Producer<byte[], byte[]> producer() {
            Producer<byte[], byte[]> open = producer;
            if (open == null) {
                open = new KafkaProducer<>(settings.producer(), new ByteArraySerializer(), new ByteArraySerializer());
                producer = open;
            }
            return open;
        }

        @Override
        public synchronized void renew() {
            if (producer != null) {
                producer.close(Duration.ZERO);
                producer = null;
            }
        }

        @Override
        public synchronized void close() {
            if (producer != null) {
                producer.close(CLOSING);
                producer = null;
            }
            if (admin != null) {
                admin.close(CLOSING);
                admin = null;
            }
        }
    }
}
