package dev.caravan.transport.kafka;

import dev.caravan.transport.Transport;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;

/** A transport to a cluster that passes {@code record:before} and {@code record:after} with each record that it hands over. */
public final class WatchedCluster {

    private static final Duration DELIVERY = Duration.ofSeconds(20);

    private WatchedCluster() {}

    /** A transport to these brokers, in plain text. */
    public static Transport of(String brokers, Consumer<String> points) {
        KafkaSettings settings = new KafkaSettings(brokers, "plaintext", Optional.empty(), Optional.empty(), DELIVERY);
        return new KafkaTransport(new Telling(new Clients.Real(settings), points), DELIVERY.plus(KafkaTransport.GRACE));
    }

    private record Telling(Clients clients, Consumer<String> points) implements Clients {

        @Override
        public Topics topics() {
            return clients.topics();
        }

        @Override
        @SuppressWarnings("unchecked")
        public Producer<byte[], byte[]> producer() {
            Producer<byte[], byte[]> behind = clients.producer();
            return (Producer<byte[], byte[]>) Proxy.newProxyInstance(
                    Producer.class.getClassLoader(), new Class<?>[] {Producer.class}, (self, method, arguments) -> {
                        boolean record = method.getName().equals("send");
                        if (record) {
                            points.accept("record:before");
                        }
                        try {
                            Object result = method.invoke(behind, arguments);
                            if (record) {
                                points.accept("record:after");
                            }
                            return result;
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }

        @Override
        public void renew(Producer<byte[], byte[]> spent) {
            clients.renew(clients.producer());
        }

        @Override
        public void renew(Topics spent) {
            clients.renew(spent);
        }

        @Override
        public void close() {
            clients.close();
        }
    }
}
