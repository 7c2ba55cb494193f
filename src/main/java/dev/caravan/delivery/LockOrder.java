package dev.caravan.delivery;

import dev.caravan.mapping.FieldRule;
import dev.caravan.mapping.RowMapper;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.row.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts rows together that lock the same record at the destination, so that no two requests on their way at once wait for each other's
 * locks. Pure.
 *
 * @param rules how a row's fields are made, for those that it does not send since they have not changed
 */
record LockOrder(TargetSchema schema, List<FieldRule> rules) {

    LockOrder {
        rules = rules.stream()
                .filter(rule -> schema.lockedBy().contains(rule.field()))
                .toList();
    }

    /**
     * Rows that travel together.
     *
     * @param apart whether rows before them lock the same record, so that those must have ended
     */
    record Load(List<PlannedWrite> rows, boolean apart) {}

    /** Rows under way to become a load. */
    private static final class Open {
        private final List<PlannedWrite> rows = new ArrayList<>();
        private boolean apart;
    }

    /** What a row locks: by what it refers to once it is written, also where that does not change, or else by what it did. */
    Optional<String> of(PlannedWrite row) {
        Map<String, Value> now = new HashMap<>();
        for (FieldRule rule : rules) {
            if (row.image().hasAll(rule.source().columns())) {
                RowMapper.value(rule.source(), row.image()).ifPresent(value -> now.put(rule.field(), value));
            }
        }
        now.putAll(row.withheld());
        now.putAll(row.fields());
        return schema.lockOf(now).or(() -> schema.lockOf(row.before()));
    }

    /**
     * Loads of at most so many rows, none of which locks what another one locks, as far as that can be: the largest families first, then
     * whatever fits beside them, and rows that lock nothing where there is room.
     */
    List<Load> loads(List<PlannedWrite> rows, int most) {
        Map<String, List<PlannedWrite>> families = new LinkedHashMap<>();
        List<PlannedWrite> free = new ArrayList<>();
        rows.forEach(row -> of(row).ifPresentOrElse(
                        lock -> families.computeIfAbsent(lock, any -> new ArrayList<>())
                                .add(row),
                        () -> free.add(row)));
        List<Open> loads = new ArrayList<>();
        families.values().stream()
                .sorted(Comparator.comparingInt(family -> -family.size()))
                .forEach(family -> place(loads, family, most));
        free.forEach(row -> place(loads, List.of(row), most));
        return loads.stream()
                .map(load -> new Load(List.copyOf(load.rows), load.apart))
                .toList();
    }

    private static void place(List<Open> loads, List<PlannedWrite> family, int most) {
        int from = 0;
        boolean apart = family.size() > most;
        while (family.size() - from > most) {
            Open whole = new Open();
            whole.rows.addAll(family.subList(from, from + most));
            whole.apart = from > 0;
            loads.add(whole);
            from += most;
        }
        List<PlannedWrite> rest = family.subList(from, family.size());
        // What follows a family that is too large waits for it, and so would whatever else is in that load.
        Optional<Open> room = apart
                ? Optional.empty()
                : loads.stream()
                        .filter(load -> load.rows.size() + rest.size() <= most)
                        .findFirst();
        Open load = room.orElseGet(() -> {
            Open fresh = new Open();
            loads.add(fresh);
            return fresh;
        });
        load.rows.addAll(rest);
        load.apart = load.apart || apart;
    }
}
