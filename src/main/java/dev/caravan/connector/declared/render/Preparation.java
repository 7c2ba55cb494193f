package dev.caravan.connector.declared.render;

import dev.caravan.destination.Batch;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Write;
import dev.caravan.mapping.TargetKey;
import dev.caravan.row.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Takes out of a batch what cannot be sent whatever the request looks like.
 *
 * @param items the others
 * @param settled refusals, by place in the batch
 */
public record Preparation(List<Item> items, Map<Integer, Outcome> settled) {

    private static final String HALVED = "text with half a character, which UTF-8 cannot carry";

    /** Escapes in canonical JSON, where a backslash that is none of its own is two. */
    private static final Pattern NUL = Pattern.compile("(?<!\\\\)(?:\\\\\\\\)*+\\\\u0000");

    private static final Pattern HALF = Pattern.compile("(?<!\\\\)(?:\\\\\\\\)*+\\\\ud[89a-f]");

    /** Sorts a batch. */
    public static Preparation of(Batch batch) {
        List<Item> items = new ArrayList<>();
        Map<Integer, Outcome> settled = new LinkedHashMap<>();
        for (int i = 0; i < batch.writes().size(); i++) {
            Write write = batch.writes().get(i);
            Optional<Outcome> refusal = refusal(batch.key(), write);
            if (refusal.isPresent()) {
                settled.put(i, refusal.get());
            } else {
                items.add(Item.of(i, write));
            }
        }
        return new Preparation(List.copyOf(items), settled);
    }

    private static Optional<Outcome> refusal(TargetKey key, Write write) {
        if (write.targetKey().text().isEmpty()) {
            return Optional.of(Refusal.unsendable(key.name(), "the key is empty"));
        }
        return refusal(key.values(write.targetKey())).or(() -> refusal(write.fields()));
    }

    private static Optional<Outcome> refusal(Map<String, Value> fields) {
        for (Map.Entry<String, Value> field : fields.entrySet()) {
            Optional<String> why = why(field.getValue());
            if (why.isPresent()) {
                return Optional.of(Refusal.unsendable(field.getKey(), why.get()));
            }
        }
        return Optional.empty();
    }

    /** Why a value cannot travel at all. A NUL is valid JSON, but where the destination cannot store it, it refuses the request. */
    private static Optional<String> why(Value value) {
        return switch (value) {
            case Value.Real real when !real.finite() -> Optional.of("not a number");
            case Value.Text text when text.value().indexOf('\0') >= 0 -> Optional.of("a NUL character");
            case Value.Json json when NUL.matcher(json.value()).find() -> Optional.of("a NUL character");
            case Value.Json json when HALF.matcher(json.value()).find() -> Optional.of(HALVED);
            case Value.Text text when text.halved() -> Optional.of(HALVED);
            case Value other -> Optional.empty();
        };
    }
}
