package dev.caravan.scenario.network;

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
import dev.caravan.mapping.TargetField;
import dev.caravan.row.Value;
import dev.caravan.row.ValueType;
import dev.caravan.transport.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Members of a list, class C: each is a record of an object of the sandbox, put there to add it and deleted to remove it. Speaks as
 * another destination does.
 */
record Members(Destination records) implements Destination {

    @Override
    public IdempotencyClass idempotency(Batch batch) {
        return switch (batch.action()) {
            case UPSERT, DELETE -> IdempotencyClass.C;
            case INSERT, UPDATE, ARCHIVE, ADD, REMOVE, APPEND ->
                throw new IllegalArgumentException("members come and go");
        };
    }

    @Override
    public DestinationSpec spec() {
        return records.spec();
    }

    @Override
    public Capabilities capabilities(String object) {
        return records.capabilities(object);
    }

    @Override
    public Optional<String> account(Reply.Answer login) {
        return records.account(login);
    }

    @Override
    public Conversation<Described> describe(String object) {
        return records.describe(object);
    }

    @Override
    public Conversation<List<Outcome>> deliver(Batch batch) {
        return records.deliver(batch);
    }

    @Override
    public Conversation<List<Outcome>> resume(Batch batch, String remoteJob) {
        return records.resume(batch, remoteJob);
    }

    @Override
    public Signal observe(Reply reply, Instant now) {
        return records.observe(reply, now);
    }

    @Override
    public Optional<String> mismatch(TargetField field, ValueType type) {
        return records.mismatch(field, type);
    }

    @Override
    public Optional<String> misfit(TargetField field, Value value) {
        return records.misfit(field, value);
    }

    @Override
    public long requestsFor(Action action, boolean job, long writes) {
        return records.requestsFor(action, job, writes);
    }

    @Override
    public Duration requestTimeout() {
        return records.requestTimeout();
    }
}
