package dev.caravan.sandbox.hubspot;

import dev.caravan.sandbox.hubspot.Verdict.BadValues;
import dev.caravan.sandbox.hubspot.Verdict.Fine;
import dev.caravan.sandbox.hubspot.Verdict.Missing;
import dev.caravan.sandbox.hubspot.Verdict.Taken;
import dev.caravan.sandbox.hubspot.store.Checks;
import dev.caravan.sandbox.hubspot.store.Invalid;
import dev.caravan.sandbox.hubspot.store.ObjectType;
import dev.caravan.sandbox.hubspot.store.Row;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Judges the inputs of one request in turn, remembering which unique values the earlier ones will take. */
final class Judge {

    private final ObjectType type;
    private final Set<String> claimed = new HashSet<>();

    Judge(ObjectType type) {
        this.type = type;
    }

    Verdict create(Input input) {
        return judged(input, Optional.empty());
    }

    Verdict update(Input input) {
        Optional<Row> row = type.find(input.matchedBy(), input.id());
        return row.isEmpty() ? new Missing(input) : judged(input, row);
    }

    Verdict upsert(Input input) {
        Optional<Row> row = type.find(input.matchedBy(), input.id());
        if (row.isEmpty() && input.matchedBy().equals("hs_object_id")) {
            return new Missing(input);
        }
        Map<String, String> values = new LinkedHashMap<>(input.values());
        if (row.isEmpty()) {
            values.putIfAbsent(input.idProperty(), input.id());
        }
        return judged(new Input(input.id(), input.idProperty(), input.trace(), values), row);
    }

    private Verdict judged(Input input, Optional<Row> row) {
        List<Invalid> invalid = Checks.of(type, input.values());
        if (!invalid.isEmpty()) {
            return new BadValues(input, invalid);
        }
        Set<String> wanted = new HashSet<>();
        for (Map.Entry<String, String> value : input.values().entrySet()) {
            if (!type.isKey(value.getKey()) || value.getValue().isEmpty()) {
                continue;
            }
            String claim = value.getKey() + "=" + ObjectType.normal(value.getValue());
            Optional<Row> holder = type.find(value.getKey(), value.getValue());
            if (holder.isPresent() && !holder.equals(row)) {
                return new Taken(input, name(), holder.get().id());
            }
            if (claimed.contains(claim)) {
                return new Taken(input, name(), "");
            }
            wanted.add(claim);
        }
        claimed.addAll(wanted);
        return new Fine(input, row);
    }

    private String name() {
        String constant = type.names().constant();
        return constant.charAt(0) + constant.substring(1).toLowerCase(Locale.ROOT);
    }
}
