package dev.caravan.transport.kafka;

import dev.caravan.transport.Gate;
import dev.caravan.transport.PublishAnswer;
import dev.caravan.transport.PublishAnswer.Cluster;
import dev.caravan.transport.PublishAnswer.Fate;
import dev.caravan.transport.PublishAnswer.Fates;
import dev.caravan.transport.PublishAnswer.Topic;
import dev.caravan.transport.PublishRequest;
import dev.caravan.transport.Reply;
import dev.caravan.transport.Request;
import dev.caravan.transport.Transport;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;

/**
 * Publishes to the topics of one cluster and waits until each record is stored, refused or given up. Before each request the cluster is
 * asked who it is. One producer for all threads, made anew after it gave up for good.
 */
public final class KafkaTransport implements Transport {

    /** The producer ends its own waits first. */
    static final Duration GRACE = Duration.ofSeconds(5);

    private final Clients clients;
    private final Publishing publishing;

    /** A transport that connects when it is first needed. Its settings say how long a request takes at most. */
    public KafkaTransport(KafkaSettings settings) {
        this(new Clients.Real(settings), settings.delivery().plus(GRACE));
    }

    KafkaTransport(Clients clients, Duration patience) {
        this.clients = clients;
        this.publishing = new Publishing(clients, patience);
    }

    /** Something that asks the cluster. */
    @FunctionalInterface
    private interface Asking {
        Reply ask(Topics topics) throws ExecutionException, TimeoutException, InterruptedException;
    }

    @Override
    public Reply login() {
        return asking(topics -> PublishAnswer.of(new Cluster(topics.cluster())));
    }

    @Override
    public Reply send(Request request, String account) {
        return send(request, account, Gate.OPEN);
    }

    @Override
    public Reply send(Request asked, String account, Gate gate) {
        PublishRequest request = PublishRequest.of(asked);
        Optional<String> shut = gate.closed();
        if (shut.isPresent()) {
            return notSent(shut.get(), "");
        }
        return asking(topics -> {
            if (!account.isEmpty() && !topics.cluster().equals(account)) {
                return new Reply.NotSent("account", "another cluster answers", Optional.empty(), 1);
            }
            Topics.Facts topic = topics.topic(request.topic());
            if (request.records().isEmpty()) {
                return PublishAnswer.of(new Topic(topic.exists(), topic.compacted()));
            }
            Optional<Fate> unfit = unfit(request, topic);
            if (unfit.isPresent()) {
                return PublishAnswer.of(
                        new Fates(Collections.nCopies(request.records().size(), unfit.get())));
            }
            Optional<String> closed = gate.closed();
            return closed.isPresent()
                    ? notSent(closed.get(), "")
                    : PublishAnswer.of(new Fates(publishing.publish(request, topic.largest())));
        });
    }

    /** Until the first record nothing is in doubt. */
    private Reply asking(Asking asking) {
        try {
            Topics topics = clients.topics();
            try {
                return asking.ask(topics);
            } catch (ExecutionException failure) {
                return failed(topics, failure);
            }
        } catch (TimeoutException late) {
            return notSent("refused", "the cluster does not answer");
        } catch (KafkaException unusable) {
            return notSent("refused", "no client can be made of the connection's settings");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return notSent("stopped", "");
        }
    }

    private Reply failed(Topics topics, ExecutionException failure) {
        if (failure.getCause() instanceof AuthenticationException) {
            // The next one logs in with the password as it is then.
            clients.renew(topics);
            return notSent("login", "the cluster does not let us in");
        }
        return notSent("refused", "the cluster does not answer");
    }

    private static Reply notSent(String reason, String detail) {
        return new Reply.NotSent(reason, detail, Optional.empty(), 0);
    }

    /** Of a topic that drops records by age nobody could say what the last word on a key was. */
    private static Optional<Fate> unfit(PublishRequest request, Topics.Facts topic) {
        if (!topic.exists()) {
            return Optional.of(KafkaRefusal.UNKNOWN_TOPIC.fate());
        }
        return request.keyed() && !topic.compacted()
                ? Optional.of(KafkaRefusal.NOT_COMPACTED.fate())
                : Optional.empty();
    }

    @Override
    public void close() {
        clients.close();
    }
}
