package dev.caravan.connector.file;

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
import dev.caravan.plan.PlannedWrite;
import dev.caravan.row.Digest;
import dev.caravan.row.Value;
import dev.caravan.row.ValueType;
import dev.caravan.transport.Reply;
import dev.caravan.transport.StoreAnswer;
import dev.caravan.transport.StoreRequest;
import dev.caravan.transport.StoreRequest.Change;
import dev.caravan.transport.StoreRequest.Entry;
import dev.caravan.transport.StoreRequest.Format;
import dev.caravan.transport.StoreRequest.Mode;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/**
 * The files of a folder. An object is a file's name, whose ending says the format; rows are known by one column or by several together, and columns
 * that nobody maps stay. Every batch publishes one generation of the whole file, so batches are large. Immutable and safe for many threads.
 */
public final class FileDestination implements Destination {

    /** Rows of a batch: a million rows publish ten generations, each of which writes the whole file. */
    public static final int BATCH_ROWS = 100_000;

    /** How long a publication waits for those of other mappings. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** What can be done with every file. */
    public static final Capabilities CAPABILITIES = Capabilities.all(
            EnumSet.of(Action.UPSERT, Action.UPDATE, Action.DELETE, Action.APPEND),
            Ability.batches(BATCH_ROWS).ofWholes());

    private final boolean forPeople;
    private final Duration zombieWindow;

    /**
     * A folder.
     *
     * @param forPeople whether CSV files may be opened with a spreadsheet, see {@link PeopleGuard}
     * @param zombieWindow how long a lost publication may still come to pass; the lock on the file ends with the process that holds it
     */
    public FileDestination(boolean forPeople, Duration zombieWindow) {
        this.forPeople = forPeople;
        this.zombieWindow = zombieWindow;
    }

    @Override
    public DestinationSpec spec() {
        return new DestinationSpec("files", zombieWindow);
    }

    @Override
    public Capabilities capabilities(String object) {
        return FileNames.format(object).isPresent() ? CAPABILITIES : Capabilities.NONE;
    }

    @Override
    public Optional<String> account(Reply.Answer login) {
        return login instanceof StoreAnswer answer && answer.told() instanceof StoreAnswer.Place place
                ? Optional.of(place.id())
                : Optional.empty();
    }

    @Override
    public Conversation<Described> describe(String object) {
        return FileNames.format(object).isPresent()
                ? new Conversation.Send<>(
                        StoreRequest.look(object, PATIENCE),
                        reply -> new Conversation.Done<>(FileDescription.of(object, reply)))
                : new Conversation.Done<>(FileDescription.noName(object));
    }

    @Override
    public IdempotencyClass idempotency(Batch batch) {
        return switch (batch.action()) {
            case UPSERT, UPDATE, DELETE -> IdempotencyClass.A;
            case APPEND -> IdempotencyClass.B;
            case INSERT, ARCHIVE, ADD, REMOVE -> throw impossible(batch.action());
        };
    }

    @Override
    public Conversation<List<Outcome>> deliver(Batch batch) {
        return Sifted.of(batch, FieldFit::misfit).deliver(this::publish);
    }

    private Conversation<List<Outcome>> publish(Batch batch) {
        boolean guarded = forPeople
                && FileNames.format(batch.object()).filter(Format.CSV::equals).isPresent();
        List<Entry> entries =
                batch.writes().stream().map(write -> entry(write, guarded)).toList();
        Change change = new Change(mode(batch), id(batch), batch.key(), entries);
        return new Conversation.Send<>(
                StoreRequest.publish(batch.object(), change, PATIENCE),
                reply -> new Conversation.Done<>(StoreVerdicts.of(batch, reply)));
    }

    private static Entry entry(Write write, boolean guarded) {
        return guarded
                ? new Entry(PeopleGuard.of(write.targetKey()), PeopleGuard.of(write.fields()), write.dedupeKey())
                : new Entry(write.targetKey(), write.fields(), write.dedupeKey());
    }

    private static Mode mode(Batch batch) {
        return switch (batch.action()) {
            // To clear a row is not to make one.
            case UPSERT ->
                batch.writes().stream().allMatch(write -> write.kind() == PlannedWrite.Kind.REMOVE)
                        ? Mode.UPDATE
                        : Mode.UPSERT;
            case UPDATE -> Mode.UPDATE;
            case DELETE -> Mode.DELETE;
            case APPEND -> Mode.APPEND;
            case INSERT, ARCHIVE, ADD, REMOVE -> throw impossible(batch.action());
        };
    }

    private static String id(Batch batch) {
        Digest digest = new Digest().add(batch.action().name());
        batch.writes()
                .forEach(write ->
                        digest.add(write.dedupeKey()).add(write.targetKey().text()));
        return digest.hex().substring(0, 32);
    }

    private static IllegalArgumentException impossible(Action action) {
        return new IllegalArgumentException("no file can " + action);
    }

    @Override
    public Conversation<List<Outcome>> resume(Batch batch, String remoteJob) {
        throw new IllegalArgumentException("no file is written by a job");
    }

    @Override
    public Signal observe(Reply reply, Instant now) {
        return new Signal(
                switch (reply) {
                    case Reply.Lost lost -> Signal.State.TROUBLED;
                    case Reply.NotSent not when not.reason().equals("account") -> Signal.State.LOCKED_OUT;
                    case Reply.NotSent not when not.reason().equals("refused") -> Signal.State.TROUBLED;
                    case Reply.NotSent not -> Signal.State.BUSY;
                    case Reply.Answer answer -> Signal.State.WELL;
                },
                Optional.empty(),
                Optional.empty());
    }

    @Override
    public Optional<String> mismatch(TargetField field, ValueType type) {
        return FieldFit.mismatch(field, type);
    }

    @Override
    public Optional<String> misfit(TargetField field, Value value) {
        return FieldFit.misfit(field, value);
    }

    @Override
    public long requestsFor(Action action, boolean job, long writes) {
        return (writes + BATCH_ROWS - 1) / BATCH_ROWS;
    }

    @Override
    public Duration requestTimeout() {
        return PATIENCE;
    }
}
