package dev.caravan.destination;

import dev.caravan.destination.Outcome.ErrorClass;
import dev.caravan.row.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A batch and those of its rows that no request can carry. They are refused before anything is sent, so that they cost the others nothing;
 * a plan has checked its rows already.
 *
 * @param settled the refusals, by place
 */
public record Sifted(Batch batch, Map<Integer, Outcome> settled) {

    public Sifted {
        settled = Collections.unmodifiableMap(new LinkedHashMap<>(settled));
    }

    /**
     * Looks at what each row sends: its key and, unless it deletes, its fields.
     *
     * @param why the stable word why a value cannot travel, such as {@code half_a_character}; empty if it can
     */
    public static Sifted of(Batch batch, Function<Value, Optional<String>> why) {
        Map<Integer, Outcome> settled = new LinkedHashMap<>();
        for (int i = 0; i < batch.writes().size(); i++) {
            Write write = batch.writes().get(i);
            Map<String, Value> sent = new LinkedHashMap<>();
            sent.put(batch.keyField(), write.targetKey());
            if (batch.action() != Action.DELETE) {
                write.fields().forEach(sent::putIfAbsent);
            }
            for (Map.Entry<String, Value> field : sent.entrySet()) {
                Optional<String> word = why.apply(field.getValue());
                if (word.isPresent()) {
                    settled.put(i, refused(field.getKey(), word.get()));
                    break;
                }
            }
        }
        return new Sifted(batch, settled);
    }

    private static Outcome refused(String field, String word) {
        return new Outcome.Rejected("caravan.unsendable", field, word.replace('_', ' '), ErrorClass.DATA);
    }

    /** Delivers the other rows and puts all outcomes into the batch's order. */
    public Conversation<List<Outcome>> deliver(Function<Batch, Conversation<List<Outcome>>> delivery) {
        if (settled.isEmpty()) {
            return delivery.apply(batch);
        }
        List<Write> rest = new ArrayList<>();
        for (int i = 0; i < batch.writes().size(); i++) {
            if (!settled.containsKey(i)) {
                rest.add(batch.writes().get(i));
            }
        }
        return rest.isEmpty()
                ? new Conversation.Done<>(List.copyOf(settled.values()))
                : delivery.apply(new Batch(
                                batch.action(), batch.job(), batch.object(), batch.key(), batch.schema(), rest))
                        .andThen(outcomes -> new Conversation.Done<>(all(outcomes)));
    }

    private List<Outcome> all(List<Outcome> sent) {
        List<Outcome> all = new ArrayList<>();
        Iterator<Outcome> next = sent.iterator();
        for (int i = 0; i < batch.writes().size(); i++) {
            Outcome refusal = settled.get(i);
            all.add(refusal == null ? next.next() : refusal);
        }
        return List.copyOf(all);
    }
}
