package dev.caravan.connector.declared.answer;

import dev.caravan.connector.declared.render.Item;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Finds the row that an answer means. */
public interface Finder {

    /**
     * The row; empty if the text means none, or more than one.
     *
     * @param first the index of the first row, where rows are meant by index
     */
    Optional<Item> find(String text, int first);

    /** By key, compared as the destination compares keys. */
    static Finder byKey(List<Item> items, boolean ignoreCase) {
        Function<String, String> fold = text -> ignoreCase ? text.strip().toLowerCase(Locale.ROOT) : text;
        Map<String, Item> index = index(
                items, item -> Optional.of(fold.apply(item.write().targetKey().text())));
        return (text, first) -> Optional.ofNullable(index.get(fold.apply(text)));
    }

    /** By the record's id. */
    static Finder byId(List<Item> items) {
        Map<String, Item> index = index(items, Item::id);
        return (text, first) -> Optional.ofNullable(index.get(text));
    }

    /** By {@link Item#trace}. */
    static Finder byTrace(List<Item> items) {
        Map<String, Item> index = index(items, item -> Optional.of(item.trace()));
        return (text, first) -> Optional.ofNullable(index.get(text));
    }

    /** By the place in the request. */
    static Finder byPlace(List<Item> items) {
        return (text, first) -> {
            if (!text.matches("\\d{1,9}")) {
                return Optional.empty();
            }
            int place = Integer.parseInt(text) - first;
            return place >= 0 && place < items.size() ? Optional.of(items.get(place)) : Optional.empty();
        };
    }

    private static Map<String, Item> index(List<Item> items, Function<Item, Optional<String>> text) {
        Map<String, Item> index = new HashMap<>();
        Set<String> twice = new HashSet<>();
        for (Item item : items) {
            text.apply(item)
                    .filter(name -> index.putIfAbsent(name, item) != null)
                    .ifPresent(twice::add);
        }
        index.keySet().removeAll(twice);
        return index;
    }
}
