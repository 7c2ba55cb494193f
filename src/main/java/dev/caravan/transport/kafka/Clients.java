package dev.caravan.transport.kafka;

import java.time.Duration;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The clients of one cluster, made when they are first needed. Safe for many threads. */
interface Clients extends AutoCloseable {

    Topics topics();

    Producer<byte[], byte[]> producer();

    /** Another producer is made when one is needed next: this one gave up for good. Does nothing if another one was made since. Never throws. */
    void renew(Producer<byte[], byte[]> spent);

    /** The same of the administrator. */
    void renew(Topics spent);

    @Override
    void close();

    /** Kafka's own. */
    final class Real implements Clients {

        private static final Duration CLOSING = Duration.ofSeconds(5);

        private static final Logger LOG = LoggerFactory.getLogger(Clients.class);

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
            return new Topics(open, settings.asking());
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
        public synchronized void renew(Producer<byte[], byte[]> spent) {
            if (spent.equals(producer)) {
                producer = null;
                quietly(() -> spent.close(Duration.ZERO));
            }
        }

        @Override
        public synchronized void renew(Topics spent) {
            if (spent.admin().equals(admin)) {
                admin = null;
                quietly(() -> spent.admin().close(Duration.ZERO));
            }
        }

        @Override
        public synchronized void close() {
            Producer<byte[], byte[]> sending = producer;
            if (sending != null) {
                quietly(() -> sending.close(CLOSING));
                producer = null;
            }
            Admin asking = admin;
            if (asking != null) {
                // Nobody waits for what it still asks.
                quietly(() -> asking.close(Duration.ZERO));
                admin = null;
            }
        }

        /** Who is interrupted does not see the end of it; it comes without them. */
        private static void quietly(Runnable closing) {
            try {
                closing.run();
            } catch (KafkaException failure) {
                LOG.debug("A Kafka client did not close in order", failure);
            }
        }
    }
}
