package dev.caravan.connector.declared.render;

import dev.caravan.destination.Outcome;
import dev.caravan.destination.Write;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One write on its way.
 *
 * @param index its place in the batch
 * @param id the record's id, where it is known or was found
 * @param found what else a search said of its record, {@code id} included
 */
public record Item(int index, Write write, Optional<String> id, Map<String, String> found) {

    /** How many characters of a dedupe key tell effects apart: 64 bits of its digest. */
    private static final int TOLD = 16;

    public Item {
        found = Map.copyOf(found);
    }

    /** A write of which no more is known than the plan says. */
    public static Item of(int index, Write write) {
        return new Item(index, write, Optional.ofNullable(write.remoteId()), Map.of());
    }

    /** The same with what a search said. */
    public Item found(String recordId, Map<String, String> said) {
        Map<String, String> all = new LinkedHashMap<>(said);
        all.put("id", recordId);
        return new Item(index, write, Optional.of(recordId), all);
    }

    /** The same of a record that turned out not to be there. */
    public Item unknown() {
        return new Item(index, write, Optional.empty(), Map.of());
    }

    /**
     * A text that no other row of its batch has, and no other effect: an answer that repeats it is none to another request. The same
     * after a crash, since it is made from the place and what identifies the effect alone.
     */
    public String trace() {
        String effect = write.dedupeKey();
        return effect.isEmpty()
                ? "row-" + index
                : "row-" + index + "-" + effect.substring(0, Math.min(TOLD, effect.length()));
    }

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
