package dev.caravan.connector.kafka;

import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Capabilities;
import dev.caravan.destination.Capabilities.Ability;
import dev.caravan.destination.Conversation;
import dev.caravan.destination.Described;
import dev.caravan.destination.Destination;
import dev.caravan.destination.DestinationSpec;
import dev.caravan.destination.IdempotencyClass;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Sifted;
import dev.caravan.destination.Signal;
import dev.caravan.destination.Write;
import dev.caravan.mapping.TargetField;
import dev.caravan.row.Value;
import dev.caravan.row.ValueType;
import dev.caravan.transport.Body;
import dev.caravan.transport.PublishAnswer;
import dev.caravan.transport.PublishRequest;
import dev.caravan.transport.PublishRequest.Message;
import dev.caravan.transport.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The topics of a cluster. Rows that are upserted or mirrored become records by key, each the whole row, in a topic that is compacted; a
 * tombstone deletes. Events are appended with a dedupe key in a header. Immutable and safe for many threads.
 */
public final class KafkaDestination implements Destination {

    /** The header with which consumers can tell an event that came twice. */
    public static final String DEDUPE_HEADER = "caravan-dedupe-key";

    static final int BATCH_ROWS = 5_000;

    private static final Pattern TOPIC = Pattern.compile("(?!\\.{1,2}$)[a-zA-Z0-9._-]{1,249}");

    /** What can be done with every topic. */
    public static final Capabilities CAPABILITIES = Capabilities.all(
            EnumSet.of(Action.UPSERT, Action.DELETE, Action.APPEND),
            Ability.batches(BATCH_ROWS).ofWholes());

    private final boolean consumersDedupe;
    private final Duration zombieWindow;
    private final Duration timeout;

    /**
     * A cluster.
     *
     * @param consumersDedupe whether all that read events drop those whose dedupe key they know
     * @param timeout how long a request takes at most
     */
    public KafkaDestination(boolean consumersDedupe, Duration zombieWindow, Duration timeout) {
        this.consumersDedupe = consumersDedupe;
        this.zombieWindow = zombieWindow;
        this.timeout = timeout;
    }

    @Override
    public DestinationSpec spec() {
        return new DestinationSpec("kafka", zombieWindow);
    }

    @Override
    public Capabilities capabilities(String object) {
        return TOPIC.matcher(object).matches() ? CAPABILITIES : Capabilities.NONE;
    }

    @Override
    public Optional<String> account(Reply.Answer login) {
        return login instanceof PublishAnswer answer && answer.told() instanceof PublishAnswer.Cluster cluster
                ? Optional.of(cluster.id())
                : Optional.empty();
    }

    @Override
    public Conversation<Described> describe(String object) {
        return TOPIC.matcher(object).matches()
                ? new Conversation.Send<>(
                        PublishRequest.look(object, timeout),
                        reply -> new Conversation.Done<>(TopicDescription.of(object, reply)))
                : new Conversation.Done<>(TopicDescription.unknown(object));
    }

    /** The producer knows its own repeats alone, not those of a later request: of events only consumers can tell. */
    @Override
    public IdempotencyClass idempotency(Batch batch) {
        return switch (batch.action()) {
            case UPSERT, DELETE -> IdempotencyClass.A;
            case APPEND -> consumersDedupe ? IdempotencyClass.B : IdempotencyClass.E;
            case INSERT, UPDATE, ARCHIVE, ADD, REMOVE -> throw impossible(batch.action());
        };
    }

    @Override
    public Conversation<List<Outcome>> deliver(Batch batch) {
        boolean keyed = idempotency(batch) == IdempotencyClass.A;
        return Sifted.of(batch, KafkaDestination::misfit).deliver(rest -> publish(rest, keyed));
    }

    private Conversation<List<Outcome>> publish(Batch batch, boolean keyed) {
        List<Message> records =
                batch.writes().stream().map(write -> message(batch, write)).toList();
        return new Conversation.Send<>(
                PublishRequest.publish(batch.object(), records, keyed, timeout),
                reply -> new Conversation.Done<>(RecordVerdicts.of(batch, reply)));
    }

    private static Message message(Batch batch, Write write) {
        Body key = RecordBody.key(batch.key(), write.targetKey());
        return switch (batch.action()) {
            case DELETE -> new Message(key, null, Map.of());
            case APPEND ->
                new Message(key, RecordBody.of(batch.key(), write), Map.of(DEDUPE_HEADER, write.dedupeKey()));
            case UPSERT -> new Message(key, RecordBody.of(batch.key(), write), Map.of());
            case INSERT, UPDATE, ARCHIVE, ADD, REMOVE -> throw impossible(batch.action());
        };
    }

    private static IllegalArgumentException impossible(Action action) {
        return new IllegalArgumentException("no topic can " + action);
    }

    @Override
    public Conversation<List<Outcome>> resume(Batch batch, String remoteJob) {
        throw new IllegalArgumentException("no topic is written by a job");
    }

    @Override
    public Signal observe(Reply reply, Instant now) {
        return new Signal(
                switch (reply) {
                    case Reply.Lost lost -> Signal.State.TROUBLED;
                    case Reply.NotSent not -> unsent(not.reason());
                    case PublishAnswer answer when troubled(answer) -> Signal.State.TROUBLED;
                    case Reply.Answer answer -> Signal.State.WELL;
                },
                Optional.empty(),
                Optional.empty());
    }

    private static Signal.State unsent(String reason) {
        return switch (reason) {
            case "login", "account" -> Signal.State.LOCKED_OUT;
            case "refused" -> Signal.State.TROUBLED;
            default -> Signal.State.BUSY;
        };
    }

    /** No broker took a record, and not for the records' sake. */
    private static boolean troubled(PublishAnswer answer) {
        return answer.told() instanceof PublishAnswer.Fates fates
                && !fates.fates().isEmpty()
                && fates.fates().stream()
                        .allMatch(fate -> fate instanceof PublishAnswer.Later || fate instanceof PublishAnswer.Unclear);
    }

    /** A JSON object takes all of them. */
    @Override
    public Optional<String> mismatch(TargetField field, ValueType type) {
        return Optional.empty();
    }

    @Override
    public Optional<String> misfit(TargetField field, Value value) {
        return misfit(value);
    }

    private static Optional<String> misfit(Value value) {
        return switch (value) {
            case Value.Tuple key ->
                key.parts().stream().flatMap(part -> misfit(part).stream()).findFirst();
            case Value.Real real when !real.finite() -> Optional.of("not_a_number");
            case Value other when other.halved() -> Optional.of("half_a_character");
            case Value other -> Optional.empty();
        };
    }

    @Override
    public long requestsFor(Action action, boolean job, long writes) {
        return (writes + BATCH_ROWS - 1) / BATCH_ROWS;
    }

    @Override
    public boolean trimsKeys() {
        return false;
    }

    @Override
    public Duration requestTimeout() {
        return timeout;
    }
}
