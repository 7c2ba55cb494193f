package dev.caravan.connector.jdbc;

import dev.caravan.connector.jdbc.sql.TableName;
import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Capabilities;
import dev.caravan.destination.Conversation;
import dev.caravan.destination.Described;
import dev.caravan.destination.Destination;
import dev.caravan.destination.DestinationSpec;
import dev.caravan.destination.IdempotencyClass;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Signal;
import dev.caravan.destination.Trace;
import dev.caravan.mapping.TargetField;
import dev.caravan.row.Value;
import dev.caravan.row.ValueType;
import dev.caravan.transport.Reply;
import dev.caravan.transport.SqlAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A database's tables as objects. Immutable and safe for many threads. */
public final class JdbcDestination implements Destination {

    /** What can be done with every table. */
    public static final Set<Action> ACTIONS =
            Set.of(Action.UPSERT, Action.UPDATE, Action.INSERT, Action.DELETE, Action.APPEND);

    private final JdbcSpec spec;

    /** A destination that speaks as the spec says. */
    public JdbcDestination(JdbcSpec spec) {
        this.spec = spec;
    }

    @Override
    public DestinationSpec spec() {
        return new DestinationSpec(spec.dialect().name(), spec.zombieWindow());
    }

    @Override
    public Capabilities capabilities(String object) {
        return spec.table(object).isPresent()
                ? Capabilities.all(ACTIONS, Capabilities.Ability.batches(spec.batchRows()))
                : Capabilities.NONE;
    }

    /** The transport answers a log-in with one text, which is the account. */
    @Override
    public Optional<String> account(Reply.Answer login) {
        return login instanceof SqlAnswer answer
                ? answer.found(0).stream()
                        .map(row -> row.getFirst().text())
                        .filter(text -> !text.isEmpty())
                        .findFirst()
                : Optional.empty();
    }

    @Override
    public Conversation<Described> describe(String object) {
        return new Describer(spec).describe(object);
    }

    @Override
    public IdempotencyClass idempotency(Batch batch) {
        return switch (batch.action()) {
            case UPSERT, UPDATE, DELETE -> IdempotencyClass.A;
            case INSERT -> batch.schema().unique(batch.key()) ? IdempotencyClass.B : IdempotencyClass.E;
            case APPEND -> unique(batch, spec.dedupeColumn()) ? IdempotencyClass.B : IdempotencyClass.E;
            case ARCHIVE, ADD, REMOVE -> throw impossible(batch.action());
        };
    }

    /** Whether a second row with the same value in this column would be refused. */
    static boolean unique(Batch batch, String column) {
        return batch.schema().field(column).map(TargetField::unique).orElse(false);
    }

    static IllegalArgumentException impossible(Action action) {
        return new IllegalArgumentException("a table knows no " + action + ", and its capabilities say so");
    }

    @Override
    public Conversation<List<Outcome>> deliver(Batch batch) {
        TableName table = spec.table(batch.object())
                .orElseThrow(() -> new IllegalArgumentException("no name of a table, and its capabilities say so"));
        return new Delivery(spec, table, batch).deliver();
    }

    @Override
    public Conversation<List<Outcome>> resume(Batch batch, String remoteJob) {
        throw new IllegalArgumentException("a database has no jobs");
    }

    @Override
    public Optional<Conversation<List<Trace>>> lookUp(Trace.Question question) {
        Optional<TableName> table = spec.table(question.batch().object());
        return table.map(name -> new InsertLookUp(spec, name, question).ask());
    }

    @Override
    public Signal observe(Reply reply, Instant now) {
        return Signals.of(spec.dialect(), reply);
    }

    @Override
    public Optional<String> mismatch(TargetField field, ValueType type) {
        return TypeFit.mismatch(field, type);
    }

    @Override
    public Optional<String> misfit(TargetField field, Value value) {
        return ValueFit.misfit(spec.dialect(), field, value);
    }

    /** One transaction a batch; those that ask once more what was there are not counted. */
    @Override
    public long requestsFor(Action action, boolean job, long writes) {
        return (writes + spec.batchRows() - 1) / spec.batchRows();
    }

    @Override
    public boolean trimsKeys() {
        return false;
    }

    @Override
    public Duration requestTimeout() {
        return spec.timeout();
    }
}
