package dev.caravan.transport.kafka;

import dev.caravan.transport.Body;
import dev.caravan.transport.PublishAnswer.Fate;
import dev.caravan.transport.PublishAnswer.Later;
import dev.caravan.transport.PublishAnswer.Reason;
import dev.caravan.transport.PublishAnswer.Refused;
import dev.caravan.transport.PublishRequest;
import dev.caravan.transport.PublishRequest.Message;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * Hands the records of one request to the producer and waits for the word on each. Throws nothing once the first was handed over: what
 * has no word by the end is in doubt.
 *
 * @param patience how long is waited for the last word; the producer ends its own waits first
 */
record Publishing(Clients clients, Duration patience) {

    /** Bytes of a record beside its key, value and headers, its batch's heading included: no less than it can be. */
    private static final int HEADING = 100;

    /** One fate a record. */
    List<Fate> publish(PublishRequest request, int largest) {
        Producer<byte[], byte[]> producer = clients.producer();
        CountDownLatch open = new CountDownLatch(request.records().size());
        List<Sending> sendings = new ArrayList<>();
        Optional<Fate> rest = Optional.empty();
        for (Message message : request.records()) {
            Sending sending = new Sending(open);
            sendings.add(sending);
            if (rest.isPresent()) {
                sending.settle(rest.get());
            } else if (bytes(message) + HEADING > largest) {
                // Handed over, the producer would split its batch again and again until its time is over.
                sending.settle(KafkaRefusal.RECORD_TOO_LARGE.fate());
            } else {
                handOver(producer, request.topic(), message, sending);
                rest = shared(sending.fate());
            }
        }
        boolean told = ended(open, patience);
        if (!told || sendings.stream().anyMatch(Sending::broken)) {
            clients.renew(producer);
        }
        return sendings.stream().map(Sending::fate).toList();
    }

    /**
     * What is not the record's own fate is that of the records after it too. The producer would find it out for each of them anew, and
     * wait each time.
     */
    private static Optional<Fate> shared(Fate fate) {
        return fate instanceof Later || (fate instanceof Refused refused && refused.reason() != Reason.RECORD)
                ? Optional.of(fate)
                : Optional.empty();
    }

    /** Whether nothing is left to wait for. Who is interrupted leaves the producer at its work, since others use it too. */
    private static boolean ended(CountDownLatch open, Duration patience) {
        try {
            return open.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static int bytes(Message message) {
        Body value = message.value();
        int headers = message.headers().entrySet().stream()
                .mapToInt(header -> header.getKey().length() + header.getValue().length())
                .sum();
        return message.key().length() + (value == null ? 0 : value.length()) + headers;
    }

    // The word on it is told to the callback; the future says the same.
    @SuppressWarnings("FutureReturnValueIgnored")
    private static void handOver(Producer<byte[], byte[]> producer, String topic, Message message, Sending sending) {
        Body value = message.value();
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, message.key().bytes(), value == null ? null : value.bytes());
        message.headers().forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        try {
            producer.send(record, sending);
        } catch (KafkaException | IllegalStateException unusable) {
            sending.never(unusable);
        }
    }
}
