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
     * Loads of at most so many rows, in waves: of those that may be on their way at once none locks what another one locks. The largest
     * families come first, one load of each a wave; then whatever fits beside them, and rows that lock nothing where there is room.
     */
    List<Load> loads(List<PlannedWrite> rows, int most) {
        Map<String, List<PlannedWrite>> families = new LinkedHashMap<>();
        List<PlannedWrite> free = new ArrayList<>();
        rows.forEach(row -> of(row).ifPresentOrElse(
                        lock -> families.computeIfAbsent(lock, any -> new ArrayList<>())
                                .add(row),
                        () -> free.add(row)));
        Waves waves = new Waves(most);
        families.values().stream()
                .sorted(Comparator.comparingInt(family -> -family.size()))
                .forEach(waves::add);
        free.forEach(row -> waves.add(List.of(row)));
        return waves.loads();
    }

    /** Loads under way to be made. */
    private static final class Waves {

        private final int most;
        private final List<List<List<PlannedWrite>>> waves = new ArrayList<>();

        Waves(int most) {
            this.most = most;
        }

        /** A family that takes several loads has one of them in each of as many waves; the last of them is shared, as that of a small one is. */
        void add(List<PlannedWrite> family) {
            int wave = 0;
            int from = 0;
            for (; family.size() - from > most; from += most) {
                wave(wave++).add(new ArrayList<>(family.subList(from, from + most)));
            }
            List<PlannedWrite> rest = family.subList(from, family.size());
            List<List<List<PlannedWrite>>> open = wave > 0 ? List.of(wave(wave)) : waves;
            open.stream()
                    .flatMap(List::stream)
                    .filter(load -> load.size() + rest.size() <= most)
                    .findFirst()
                    .ifPresentOrElse(
                            load -> load.addAll(rest), () -> emptiest(open).add(new ArrayList<>(rest)));
        }

        private List<List<PlannedWrite>> wave(int number) {
            while (waves.size() <= number) {
                waves.add(new ArrayList<>());
            }
            return waves.get(number);
        }

        /** All of a wave have ended before the next begins: so they are about as long. */
        private List<List<PlannedWrite>> emptiest(List<List<List<PlannedWrite>>> open) {
            return open.stream().min(Comparator.comparingInt(List::size)).orElseGet(() -> wave(0));
        }

        List<Load> loads() {
            List<Load> loads = new ArrayList<>();
            for (List<List<PlannedWrite>> wave : waves) {
                for (int i = 0; i < wave.size(); i++) {
                    loads.add(new Load(List.copyOf(wave.get(i)), i == 0 && !loads.isEmpty()));
                }
            }
            return loads;
        }
    }
}
