package dev.caravan.transport.kafka;

import dev.caravan.transport.PublishAnswer.Fate;
import dev.caravan.transport.PublishAnswer.Later;
import dev.caravan.transport.PublishAnswer.Refused;
import dev.caravan.transport.PublishAnswer.Stored;
import dev.caravan.transport.PublishAnswer.Unclear;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.jspecify.annotations.Nullable;

/**
 * What became of one record. The producer calls back on the thread that hands a record over if it never took it, and on its own thread if
 * it did: what fails there may have reached a broker.
 */
final class Sending implements Callback {

    private final Thread sender = Thread.currentThread();
    private final CountDownLatch open;
    private volatile Fate fate = new Unclear("timeout");
    private volatile boolean broken;

    /** One of the records that are waited for; it is handed over by this thread. */
    Sending(CountDownLatch open) {
        this.open = open;
    }

    @Override
    public void onCompletion(@Nullable RecordMetadata stored, @Nullable Exception failure) {
        if (failure == null) {
            fate = stored == null ? new Unclear("unaccounted") : new Stored(stored.partition(), stored.offset());
        } else {
            Fate told = of(failure, Thread.currentThread().equals(sender));
            broken = !(told instanceof Refused || failure instanceof RetriableException);
            fate = told;
        }
        open.countDown();
    }

    /** It is not handed over at all. */
    void settle(Fate known) {
        fate = known;
        open.countDown();
    }

    /** The producer threw it back at once. */
    void never(RuntimeException why) {
        broken = !(why instanceof InterruptException);
        settle(new Later("refused"));
    }

    /** Whether what went wrong may be wrong with the producer for good. */
    boolean broken() {
        return broken;
    }

    /** The last word, or that there was none yet. */
    Fate fate() {
        return fate;
    }

    static Fate of(Exception failure, boolean neverTaken) {
        return switch (failure) {
            case RecordTooLargeException no -> KafkaRefusal.RECORD_TOO_LARGE.fate();
            case RecordBatchTooLargeException no -> KafkaRefusal.RECORD_TOO_LARGE.fate();
            case InvalidRecordException no -> KafkaRefusal.INVALID_RECORD.fate();
            case PolicyViolationException no -> KafkaRefusal.POLICY_VIOLATION.fate();
            case InvalidTopicException no -> KafkaRefusal.INVALID_TOPIC.fate();
            case TopicAuthorizationException no -> KafkaRefusal.NOT_AUTHORIZED.fate();
            // Of other rights the producer gives up what is under way too.
            case AuthorizationException no when neverTaken -> KafkaRefusal.NOT_AUTHORIZED.fate();
            case Exception other when neverTaken -> new Later("refused");
            case TimeoutException late -> new Unclear("timeout");
            case Exception other -> new Unclear(other.getClass().getSimpleName().toLowerCase(Locale.ROOT));
        };
    }
}
