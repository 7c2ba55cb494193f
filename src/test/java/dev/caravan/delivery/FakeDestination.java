package dev.caravan.delivery;

import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Capabilities;
import dev.caravan.destination.Conversation;
import dev.caravan.destination.Described;
import dev.caravan.destination.Destination;
import dev.caravan.destination.DestinationSpec;
import dev.caravan.destination.IdempotencyClass;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Quota;
import dev.caravan.destination.Referent;
import dev.caravan.destination.Signal;
import dev.caravan.destination.Signal.State;
import dev.caravan.mapping.TargetField;
import dev.caravan.row.Value;
import dev.caravan.row.ValueType;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A destination that reads statuses as most do, and whose conversations a test writes. */
public final class FakeDestination implements Destination {

    public Function<Batch, Conversation<List<Outcome>>> conversation = batch -> {
        throw new IllegalStateException("no conversation expected");
    };
    public Function<List<Value>, Conversation<List<Referent>>> referents = values -> {
        throw new IllegalStateException("no look-up expected");
    };
    public IdempotencyClass idempotency = IdempotencyClass.A;
    public Optional<Duration> dedupeWindow = Optional.empty();

    @Override
    public DestinationSpec spec() {
        return new DestinationSpec("fake", Duration.ofMinutes(10));
    }

    @Override
    public Capabilities capabilities(String object) {
        return Capabilities.all(
                EnumSet.of(Action.UPSERT, Action.INSERT, Action.UPDATE, Action.DELETE),
                new Capabilities.Ability(200, 10_000, 2_000, dedupeWindow));
    }

    @Override
    public Optional<String> account(Reply.Answer login) {
        return Optional.of("account");
    }

    @Override
    public Conversation<Described> describe(String object) {
        throw new IllegalStateException("no description expected");
    }

    @Override
    public Optional<Conversation<List<Referent>>> identify(String object, String field, List<Value> values) {
        return Optional.of(referents.apply(values));
    }

    @Override
    public IdempotencyClass idempotency(Batch batch) {
        return idempotency;
    }

    @Override
    public Conversation<List<Outcome>> deliver(Batch batch) {
        return conversation.apply(batch);
    }

    @Override
    public Conversation<List<Outcome>> resume(Batch batch, String remoteJob) {
        throw new IllegalStateException("no resumption expected");
    }

    @Override
    public Signal observe(Reply reply, Instant now) {
        return switch (reply) {
            case Reply.Lost lost -> new Signal(State.TROUBLED, Optional.empty(), Optional.empty());
            case Reply.NotSent not ->
                new Signal(
                        not.reason().equals("login") ? State.LOCKED_OUT : State.BUSY,
                        not.notBefore(),
                        Optional.empty());
            case HttpAnswer answer ->
                new Signal(
                        state(answer.status()),
                        answer.header("retry-after").map(s -> now.plusSeconds(Long.parseLong(s))),
                        answer.header("used").map(used -> new Quota(Long.parseLong(used), 100)));
            case Reply.Answer foreign -> new Signal(State.TROUBLED, Optional.empty(), Optional.empty());
        };
    }

    private static State state(int status) {
        return switch (status) {
            case 429 -> State.BUSY;
            case 403 -> State.EXHAUSTED;
            case 401 -> State.LOCKED_OUT;
            default -> status >= 500 ? State.TROUBLED : State.WELL;
        };
    }

    @Override
    public Optional<String> mismatch(TargetField field, ValueType type) {
        return Optional.empty();
    }

    @Override
    public Optional<String> misfit(TargetField field, Value value) {
        return Optional.empty();
    }

    @Override
    public long requestsFor(Action action, boolean job, long writes) {
        return 1;
    }

    @Override
    public Duration requestTimeout() {
        return Duration.ofSeconds(30);
    }
}
