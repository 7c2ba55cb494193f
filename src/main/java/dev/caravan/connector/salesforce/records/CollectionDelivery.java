package dev.caravan.connector.salesforce.records;

import dev.caravan.connector.salesforce.wire.Api;
import dev.caravan.connector.salesforce.wire.Item;
import dev.caravan.connector.salesforce.wire.RequestVerdict;
import dev.caravan.connector.salesforce.wire.Talk;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Conversation;
import dev.caravan.destination.Outcome;
import dev.caravan.transport.Reply;
import dev.caravan.transport.Request;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Delivers up to 200 records in one request. One bad row can break the request as a whole (a value that is no JSON of its
 * field's type); such a refusal is certain not to be applied, so the records are halved until the culprit stands alone.
 */
public final class CollectionDelivery {

    /** Halvings of one batch; one culprit among 200 takes eight. */
    private static final int MOST_SPLITS = 32;

    private final Api api;
    private final Batch batch;

    /** Delivers records of this batch. */
    public CollectionDelivery(Api api, Batch batch) {
        this.api = api;
        this.batch = batch;
    }

    /** Outcomes by place, and the halvings left. */
    private record Step(Map<Integer, Outcome> outcomes, int splitsLeft) {}

    /** Sends the items and ends with an outcome for each. Updates and deletions need their ids. */
    public Conversation<Map<Integer, Outcome>> deliver(List<Item> items) {
        return items.isEmpty()
                ? new Conversation.Done<>(Map.of())
                : Talk.then(send(items, MOST_SPLITS), step -> new Conversation.Done<>(step.outcomes()));
    }

    private Conversation<Step> send(List<Item> items, int splitsLeft) {
        return new Conversation.Send<>(request(items), reply -> answered(items, splitsLeft, reply));
    }

    private Request request(List<Item> items) {
        return switch (batch.action()) {
            case UPSERT -> api.upsert(batch.object(), batch.keyField(), CollectionBody.of(batch, items));
            case INSERT -> api.insert(CollectionBody.of(batch, items));
            case UPDATE -> api.update(CollectionBody.of(batch, items));
            case DELETE ->
                api.delete(items.stream()
                        .map(Item::id)
                        .flatMap(id -> Optional.ofNullable(id).stream())
                        .toList());
        };
    }

    private Conversation<Step> answered(List<Item> items, int splitsLeft, Reply reply) {
        if (reply instanceof Reply.Answer answer && answer.ok()) {
            return done(CollectionAnswer.read(answer.body(), batch.action(), items), splitsLeft);
        }
        return switch (RequestVerdict.of(reply)) {
            case RequestVerdict.NotApplied notApplied -> done(Item.all(items, notApplied.deferred()), splitsLeft);
            case RequestVerdict.Unclear unclear ->
                done(Item.all(items, new Outcome.Unknown(unclear.reason())), splitsLeft);
            case RequestVerdict.Refused refused -> refused(items, splitsLeft, refused);
        };
    }

    private Conversation<Step> refused(List<Item> items, int splitsLeft, RequestVerdict.Refused refused) {
        if (items.size() == 1 || !refused.errorClass().stands()) {
            return done(Item.all(items, refused.rejected()), splitsLeft);
        }
        if (splitsLeft == 0) {
            return done(Item.all(items, new Outcome.Deferred("refused_together", Optional.empty())), 0);
        }
        int half = items.size() / 2;
        return Talk.then(
                send(items.subList(0, half), splitsLeft - 1),
                left -> Talk.then(
                        send(items.subList(half, items.size()), left.splitsLeft()),
                        right -> done(Item.merge(left.outcomes(), right.outcomes()), right.splitsLeft())));
    }

    private static Conversation<Step> done(Map<Integer, Outcome> outcomes, int splitsLeft) {
        return new Conversation.Done<>(new Step(outcomes, splitsLeft));
    }
}
