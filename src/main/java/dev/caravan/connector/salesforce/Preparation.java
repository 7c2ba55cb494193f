package dev.caravan.connector.salesforce;

import dev.caravan.connector.salesforce.bulk.JobDelivery;
import dev.caravan.connector.salesforce.wire.Item;
import dev.caravan.connector.salesforce.wire.Reading;
import dev.caravan.connector.salesforce.wire.WireValue;
import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Outcome.ErrorClass;
import dev.caravan.destination.Write;
import dev.caravan.mapping.TargetReference;
import dev.caravan.row.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of a batch what cannot be sent at all, before anything is: one such row must not break the request of the others.
 *
 * @param items what can be sent
 * @param settled refusals of the rest, by place
 */
record Preparation(List<Item> items, Map<Integer, Outcome> settled) {

    private static final String UNSENDABLE = "caravan.unsendable";

    /**
     * Of these rows, by place.
     *
     * @param sent those that a job was made with: whatever is said of their values today, they could be sent
     */
    static Preparation of(Batch batch, JobDelivery job, Set<Integer> sent) {
        List<Item> items = new ArrayList<>();
        Map<Integer, Outcome> settled = new LinkedHashMap<>();
        for (int i = 0; i < batch.writes().size(); i++) {
            Write write = batch.writes().get(i);
            Item item = new Item(i, write, id(batch, write));
            int place = i;
            Optional<Outcome> refusal = sent.contains(place)
                    ? Optional.empty()
                    : unsendable(batch, item).or(() -> batch.job() ? job.unsendable(item) : Optional.empty());
            refusal.ifPresentOrElse(outcome -> settled.put(place, outcome), () -> items.add(item));
        }
        return new Preparation(items, settled);
    }

    /** Look-ups of a job that is taken up: only what is true whatever the job did stays, a record that is gone. */
    static Map<Integer, Outcome> inDoubt(Map<Integer, Outcome> settled) {
        Map<Integer, Outcome> outcomes = new LinkedHashMap<>();
        settled.forEach((place, outcome) -> outcomes.put(
                place, outcome instanceof Outcome.Unchanged ? outcome : new Outcome.Unknown("job_without_id")));
        return outcomes;
    }

    private static @Nullable String id(Batch batch, Write write) {
        boolean keyIsId = batch.keyField().equals("Id") && !Reading.absent(write.targetKey());
        return keyIsId ? write.targetKey().text() : write.remoteId();
    }

    private static Optional<Outcome> unsendable(Batch batch, Item item) {
        boolean byId = batch.action() == Action.UPDATE || batch.action() == Action.DELETE;
        if (Reading.absent(item.write().targetKey()) && !(byId && item.id() != null)) {
            return Optional.of(refusal(batch.keyField(), "the key is empty"));
        }
        Optional<Outcome> key =
                WireValue.unsendable(item.write().targetKey()).map(why -> refusal(batch.keyField(), why));
        if (key.isPresent()) {
            return key;
        }
        for (Map.Entry<String, Value> field : item.write().fields().entrySet()) {
            Optional<String> why =
                    WireValue.unsendable(field.getValue()).or(() -> nameless(batch, field.getKey(), field.getValue()));
            if (why.isPresent()) {
                return Optional.of(refusal(field.getKey(), why.get()));
            }
        }
        return Optional.empty();
    }

    /** A name that the description did not bring along has no id. */
    private static Optional<String> nameless(Batch batch, String field, Value value) {
        return batch.schema().reference(field).orElse(null) instanceof TargetReference.ByName named
                        && !Reading.absent(value)
                        && named.id(value.text()).isEmpty()
                ? Optional.of("no record of this name")
                : Optional.empty();
    }

    private static Outcome refusal(String field, String why) {
        return new Outcome.Rejected(UNSENDABLE, field, why, ErrorClass.DATA);
    }
}
