package dev.caravan.connector.declared.batch;

import dev.caravan.connector.declared.render.Errand;
import dev.caravan.connector.declared.render.Item;
import dev.caravan.connector.declared.spec.OperationSpec.ByIdSpec;
import dev.caravan.destination.Conversation;
import dev.caravan.destination.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Sends rows whose records are known by their ids, and goes on with those whose records turn out to be gone. */
public final class ByIdTalk {

    private ByIdTalk() {}

    /**
     * Ends with an outcome for each item, by place in the batch.
     *
     * @param otherwise what follows for rows whose records are gone; asked also if there are none
     */
    public static Conversation<Map<Integer, Outcome>> send(
            Errand errand,
            ByIdSpec how,
            List<Item> items,
            Function<List<Item>, Conversation<Map<Integer, Outcome>>> otherwise) {
        List<Item> known = items.stream()
                .map(item -> item.found(item.id().orElseThrow(), Map.of()))
                .toList();
        return BatchTalk.byId(errand, how, known).andThen(sent -> {
            Map<Integer, Outcome> settled = new LinkedHashMap<>(sent);
            List<Item> gone = known.stream()
                    .filter(item -> how.isGone(sent.get(item.index())))
                    .map(Item::unknown)
                    .toList();
            gone.forEach(item -> settled.remove(item.index()));
            return otherwise.apply(gone).andThen(rest -> new Conversation.Done<>(Item.merge(settled, rest)));
        });
    }
}
