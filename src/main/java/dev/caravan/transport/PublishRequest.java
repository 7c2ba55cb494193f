package dev.caravan.transport;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Records for one topic of a stream, or with none of them the question what topic that is.
 *
 * @param records in the order they are to be stored; the stream takes or refuses each on its own
 * @param keyed whether the last record of a key stands for it, so that the topic has to keep that one whatever its age
 */
public record PublishRequest(String topic, List<Message> records, boolean keyed, Replay replay, Duration timeout)
        implements Request {

    public PublishRequest {
        records = List.copyOf(records);
    }

    /** What the topic is. */
    public static PublishRequest look(String topic, Duration timeout) {
        return new PublishRequest(topic, List.of(), false, Replay.READ, timeout);
    }

    /** These records. */
    public static PublishRequest publish(String topic, List<Message> records, boolean keyed, Duration timeout) {
        return new PublishRequest(topic, records, keyed, Replay.NEVER, timeout);
    }

    /** The request, in the one form that a stream takes. */
    public static PublishRequest of(Request request) {
        if (request instanceof PublishRequest publish) {
            return publish;
        }
        throw new IllegalArgumentException("a stream takes records alone");
    }

    /** Without records: they are in no log. */
    @Override
    public String toString() {
        return records.size() + " records to " + topic;
    }

    /**
     * One record.
     *
     * @param value null for a tombstone: the key is gone
     */
    public record Message(Body key, @Nullable Body value, Map<String, String> headers) {

        public Message {
            headers = Map.copyOf(headers);
        }
    }
}
