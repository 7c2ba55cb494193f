package dev.caravan.transport.file;

import dev.caravan.row.Value;
import dev.caravan.transport.StoreAnswer.Effect;
import dev.caravan.transport.StoreRequest.Change;
import dev.caravan.transport.StoreRequest.Entry;
import dev.caravan.transport.StoreRequest.Mode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides of each present row what becomes of it, while they go by, and which rows follow them. One merge, one thread. */
final class Merging {

    private final Change change;
    private final Map<String, Integer> places = new HashMap<>();
    private final Effect[] effects;

    Merging(Change change) {
        this.change = change;
        this.effects = new Effect[change.entries().size()];
        // What nothing is said of in the end has no row.
        Arrays.fill(effects, Effect.ABSENT);
        for (int i = 0; i < effects.length; i++) {
            if (places.putIfAbsent(known(change.entries().get(i)), i) != null) {
                effects[i] = Effect.UNFIT;
            }
        }
    }

    private String known(Entry entry) {
        return change.mode() == Mode.APPEND ? entry.dedupeKey() : entry.keyText();
    }

    /** The columns by which present rows are told apart. */
    List<String> knownBy() {
        return knownBy(change);
    }

    static List<String> knownBy(Change change) {
        return change.mode() == Mode.APPEND
                ? List.of(Change.DEDUPE_COLUMN)
                : change.key().fields();
    }

    /** Those of them in which the change's rows have JSON. */
    Set<String> trees() {
        Set<String> trees = new HashSet<>();
        if (change.mode() != Mode.APPEND) {
            change.entries()
                    .forEach(entry -> change.key().values(entry.key()).forEach((column, part) -> {
                        if (part instanceof Value.Json) {
                            trees.add(column);
                        }
                    }));
        }
        return trees;
    }

    /** All columns of the next generation: those that are there, then the new ones. */
    List<String> columns(List<String> present) {
        Set<String> columns = new LinkedHashSet<>(present);
        if (change.mode() != Mode.DELETE) {
            columns.addAll(change.key().fields());
            change.entries().forEach(entry -> columns.addAll(entry.fields().keySet()));
        }
        if (change.mode() == Mode.APPEND) {
            columns.add(Change.DEDUPE_COLUMN);
        }
        return List.copyOf(columns);
    }

    /** What becomes of a present row. */
    sealed interface Fate {
        /** It stays as it is. */
        record Keep() implements Fate {}

        /** It goes. */
        record Drop() implements Fate {}

        /** It takes these over. */
        record Overlay(Map<String, Value> fields) implements Fate {}
    }

    /** The fate of a row with these texts in {@link #knownBy}; a row that lacks one is nobody's. Several may have the same: they share it. */
    Fate of(List<@Nullable String> texts) {
        List<String> parts = new ArrayList<>();
        for (String text : texts) {
            if (text == null) {
                return new Fate.Keep();
            }
            parts.add(text);
        }
        Integer place = places.get(Entry.keyText(parts));
        if (place == null) {
            return new Fate.Keep();
        }
        return switch (change.mode()) {
            case UPSERT, UPDATE -> {
                effects[place] = Effect.CHANGED;
                yield new Fate.Overlay(change.entries().get(place).fields());
            }
            case DELETE -> {
                effects[place] = Effect.DELETED;
                yield new Fate.Drop();
            }
            case APPEND -> {
                effects[place] = Effect.REPEATED;
                yield new Fate.Keep();
            }
        };
    }

    /** The rows that follow those that were there, in the order of the change. Asked once, when all went by. */
    List<Map<String, Value>> following() {
        List<Map<String, Value>> rows = new ArrayList<>();
        if (change.mode() == Mode.UPSERT || change.mode() == Mode.APPEND) {
            for (int i = 0; i < effects.length; i++) {
                if (effects[i] == Effect.ABSENT) {
                    effects[i] = Effect.CREATED;
                    rows.add(row(change.entries().get(i)));
                }
            }
        }
        return rows;
    }

    private Map<String, Value> row(Entry entry) {
        Map<String, Value> row = change.row(entry);
        if (change.mode() == Mode.APPEND) {
            row.put(Change.DEDUPE_COLUMN, new Value.Text(entry.dedupeKey()));
        }
        return row;
    }

    List<Effect> effects() {
        return List.of(effects);
    }

    /** Why a file with these columns cannot be merged into; empty if it can. */
    Optional<String> missing(List<String> present) {
        if (present.isEmpty() || change.mode() == Mode.APPEND) {
            return Optional.empty();
        }
        return knownBy().stream()
                .filter(column -> !present.contains(column))
                .findFirst()
                .map(column -> "it has no column " + column + ", by which its rows would be known");
    }
}
