package dev.caravan.connector.salesforce.records;

import dev.caravan.connector.salesforce.wire.Api;
import dev.caravan.connector.salesforce.wire.ErrorCodes;
import dev.caravan.connector.salesforce.wire.Item;
import dev.caravan.connector.salesforce.wire.RequestVerdict;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Conversation;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Outcome.ErrorClass;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.HttpRequest;
import dev.caravan.transport.Reply;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Delivers up to 200 records in one request. One bad row can break the request as a whole (a value that is no JSON of its
 * field's type); such a refusal is certain not to be applied, and its rows are told apart by whoever delivers them.
 */
public final class CollectionDelivery {

    private final Api api;
    private final Batch batch;

    /** Delivers records of this batch. */
    public CollectionDelivery(Api api, Batch batch) {
        this.api = api;
        this.batch = batch;
    }

    /** Sends the items and ends with an outcome for each. Updates and deletions need their ids. */
    public Conversation<Map<Integer, Outcome>> deliver(List<Item> items) {
        return items.isEmpty()
                ? new Conversation.Done<>(Map.of())
                : new Conversation.Send<>(request(items), reply -> new Conversation.Done<>(answered(items, reply)));
    }

    private HttpRequest request(List<Item> items) {
        return switch (batch.action()) {
            case UPSERT -> api.upsert(batch.object(), batch.keyField(), CollectionBody.of(batch, items));
            case INSERT -> api.insert(CollectionBody.of(batch, items));
            case UPDATE -> api.update(CollectionBody.of(batch, items));
            case DELETE ->
                api.delete(items.stream()
                        .map(Item::id)
                        .flatMap(id -> Optional.ofNullable(id).stream())
                        .toList());
            case ARCHIVE, ADD, REMOVE, APPEND -> throw Api.impossible(batch.action());
        };
    }

    private Map<Integer, Outcome> answered(List<Item> items, Reply reply) {
        if (reply instanceof HttpAnswer answer && answer.ok()) {
            return CollectionAnswer.read(answer.body(), batch, items);
        }
        return Item.all(
                items,
                switch (RequestVerdict.of(reply)) {
                    case RequestVerdict.NotApplied notApplied -> notApplied.deferred();
                    case RequestVerdict.Unclear unclear -> new Outcome.Unknown(unclear.reason());
                    case RequestVerdict.Refused refused -> refused(refused);
                });
    }

    private static Outcome refused(RequestVerdict.Refused refused) {
        if (ErrorCodes.noParent(refused.error())) {
            // Told apart as others are, and then it waits.
            return new Outcome.Rejected(
                    Outcome.Deferred.NO_PARENT, null, refused.error().message(), ErrorClass.TRANSIENT, true);
        }
        return refused.errorClass().stands()
                ? new Outcome.Rejected(
                        refused.error().code(),
                        refused.error().field(),
                        refused.error().text(),
                        refused.errorClass(),
                        true)
                : refused.rejected();
    }
}
