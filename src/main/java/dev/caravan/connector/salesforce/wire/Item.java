package dev.caravan.connector.salesforce.wire;

import dev.caravan.destination.Outcome;
import dev.caravan.destination.Write;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One write on its way.
 *
 * @param index its place in the batch
 * @param id the record's id, where it is known or was looked up
 */
public record Item(int index, Write write, @Nullable String id) {

    /** The same outcome for all of them, by place. */
    public static Map<Integer, Outcome> all(List<Item> items, Outcome outcome) {
        Map<Integer, Outcome> outcomes = new LinkedHashMap<>();
        items.forEach(item -> outcomes.put(item.index(), outcome));
        return outcomes;
    }

    /** Both maps in one; where both know a place, the second counts. */
    public static Map<Integer, Outcome> merge(Map<Integer, Outcome> first, Map<Integer, Outcome> second) {
        Map<Integer, Outcome> both = new LinkedHashMap<>(first);
        both.putAll(second);
        return both;
    }

    /** The outcomes of a batch in its order; a write that no answer accounts for is unknown (invariant I20). */
    public static List<Outcome> inOrder(int size, Map<Integer, Outcome> outcomes) {
        List<Outcome> ordered = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            ordered.add(outcomes.getOrDefault(i, new Outcome.Unknown("unaccounted")));
        }
        return ordered;
    }
}
