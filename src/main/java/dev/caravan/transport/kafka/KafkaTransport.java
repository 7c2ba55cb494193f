package dev.caravan.transport.kafka;

import dev.caravan.transport.Body;
import dev.caravan.transport.Gate;
import dev.caravan.transport.PublishAnswer;
import dev.caravan.transport.PublishAnswer.Cluster;
import dev.caravan.transport.PublishAnswer.Fate;
import dev.caravan.transport.PublishAnswer.Fates;
import dev.caravan.transport.PublishAnswer.Later;
import dev.caravan.transport.PublishAnswer.Reason;
import dev.caravan.transport.PublishAnswer.Refused;
import dev.caravan.transport.PublishAnswer.Topic;
import dev.caravan.transport.PublishRequest;
import dev.caravan.transport.PublishRequest.Message;
import dev.caravan.transport.Reply;
import dev.caravan.transport.Request;
import dev.caravan.transport.Transport;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;

/**
 * Publishes to the topics of one cluster and waits until each record is stored, refused or given up. Before each request the cluster is
 * asked who it is. One producer for all threads, made anew after it gave up for good.
 */
public final class KafkaTransport implements Transport {

    /** The producer ends its own waits first. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    /** Bytes of a record beside its key, value and headers, its batch's heading included: no less than it can be. */
    private static final int HEADING = 100;

    private final Clients clients;

    /** A transport that connects when it is first needed. */
    public KafkaTransport(KafkaSettings settings) {
        this(new Clients.Real(settings));
    }

    KafkaTransport(Clients clients) {
        this.clients = clients;
    }

    /** Something that asks the cluster. */
    @FunctionalInterface
    private interface Asking {
        Reply ask() throws ExecutionException, TimeoutException, InterruptedException;
    }

    @Override
    public Reply login() {
        return asking(() -> PublishAnswer.of(new Cluster(clients.topics().cluster())));
    }

    @Override
    public Reply send(Request request, String account) {
        return send(request, account, Gate.OPEN);
    }

    @Override
    public Reply send(Request asked, String account, Gate gate) {
        PublishRequest request = PublishRequest.of(asked);
        return asking(() -> {
            if (!account.isEmpty() && !clients.topics().cluster().equals(account)) {
                return new Reply.NotSent("account", "another cluster answers", Optional.empty(), 1);
            }
            Topics.Facts topic = clients.topics().topic(request.topic());
            if (request.records().isEmpty()) {
                return PublishAnswer.of(new Topic(topic.exists(), topic.compacted()));
            }
            Optional<Fate> unfit = unfit(request, topic);
            if (unfit.isPresent()) {
                return PublishAnswer.of(new Fates(
                        Collections.nCopies(request.records().size(), unfit.get())));
            }
            Optional<String> closed = gate.closed();
            return closed.isPresent() ? notSent(closed.get(), "") : publish(request, topic.largest());
        });
    }

    /** Until the first record nothing is in doubt. */
    private static Reply asking(Asking asking) {
        try {
            return asking.ask();
        } catch (ExecutionException failure) {
            return failure.getCause() instanceof AuthenticationException
                    ? notSent("login", "the cluster does not let us in")
                    : notSent("refused", "the cluster does not answer");
        } catch (TimeoutException late) {
            return notSent("refused", "the cluster does not answer");
        } catch (KafkaException unusable) {
            return notSent("refused", "no client can be made of the connection's settings");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return notSent("stopped", "");
        }
    }

    private static Reply notSent(String reason, String detail) {
        return new Reply.NotSent(reason, detail, Optional.empty(), 0);
    }

    /** Of a topic that drops records by age nobody could say what the last word on a key was. */
    private static Optional<Fate> unfit(PublishRequest request, Topics.Facts topic) {
        if (!topic.exists()) {
            return Optional.of(new Refused(Reason.TOPIC, "unknown_topic"));
        }
        return request.keyed() && !topic.compacted()
                ? Optional.of(new Refused(Reason.TOPIC, "not_compacted"))
                : Optional.empty();
    }

    private Reply publish(PublishRequest request, int largest) {
        Producer<byte[], byte[]> producer = clients.producer();
        CountDownLatch open = new CountDownLatch(request.records().size());
        List<Sending> sendings = new ArrayList<>();
        boolean usable = true;
        for (Message message : request.records()) {
            if (bytes(message) + HEADING > largest) {
                // Handed over, the producer would split its batch again and again until its time is over.
                sendings.add(new Sending(open, new Refused(Reason.RECORD, "record_too_large")));
            } else if (usable) {
                Sending sending = new Sending(open);
                sendings.add(sending);
                usable = handedOver(producer, request.topic(), message, sending);
            } else {
                sendings.add(new Sending(open, new Later("refused")));
            }
        }
        if (!ended(open, request.timeout().plus(GRACE)) || !usable) {
            clients.renew();
        }
        return PublishAnswer.of(new Fates(sendings.stream().map(Sending::fate).toList()));
    }

    /** Whether all callbacks were called; one that was not leaves its record in doubt. */
    private static boolean ended(CountDownLatch open, Duration patience) {
        try {
            return open.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static int bytes(Message message) {
        Body value = message.value();
        int headers = message.headers().entrySet().stream()
                .mapToInt(header -> header.getKey().length() + header.getValue().length())
                .sum();
        return message.key().length() + (value == null ? 0 : value.length()) + headers;
    }

    /** Whether the producer can be used on. */
    private static boolean handedOver(
            Producer<byte[], byte[]> producer, String topic, Message message, Sending sending) {
        Body value = message.value();
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, message.key().bytes(), value == null ? null : value.bytes());
        message.headers()
                .forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        try {
            producer.send(record, sending);
            return true;
        } catch (KafkaException | IllegalStateException unusable) {
            sending.never();
            return false;
        }
    }

    @Override
    public void close() {
        clients.close();
    }
}
