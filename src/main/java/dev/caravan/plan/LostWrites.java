package dev.caravan.plan;

import dev.caravan.plan.PlannedWrite.Kind;
import dev.caravan.row.RowKey;
import dev.caravan.row.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Writes whose answers were lost so recently that they may still land. Invariant I8: a later write of the same key or the same
 * record goes out at once if it makes no difference which of the two comes last, and else is held until none can land any more.
 */
public final class LostWrites {

    /** Why such a row is held. */
    public static final String REASON = "zombie_window";

    private final Map<RowKey, List<PlannedWrite>> byKey = new HashMap<>();
    private final Map<String, List<PlannedWrite>> byRecord = new HashMap<>();

    private final boolean wholes;

    /**
     * Knows these.
     *
     * @param wholes whether records are replaced as wholes, so that a change carries unchanged fields too
     */
    public LostWrites(List<PlannedWrite> lost, boolean wholes) {
        this.wholes = wholes;
        for (PlannedWrite write : lost) {
            byKey.computeIfAbsent(write.key(), key -> new ArrayList<>()).add(write);
            byRecord.computeIfAbsent(record(write), key -> new ArrayList<>()).add(write);
        }
    }

    /** The row as it is, or held. */
    public PlannedWrite judged(PlannedWrite write) {
        boolean asItIs = write.held().isPresent()
                || Stream.concat(
                                byKey.getOrDefault(write.key(), List.of()).stream(),
                                byRecord.getOrDefault(record(write), List.of()).stream())
                        .allMatch(lost -> same(lost, write));
        return asItIs ? write : write.holdFor(REASON);
    }

    /** Whether a request for this row's key or record may still land. */
    public boolean mayLand(PlannedWrite row) {
        return byKey.containsKey(row.key()) || byRecord.containsKey(record(row));
    }

    /** Whether the two leave the same behind in whichever order they land. */
    private boolean same(PlannedWrite lost, PlannedWrite now) {
        boolean removals = lost.kind() == Kind.REMOVE && now.kind() == Kind.REMOVE;
        boolean writes = lost.kind() != Kind.REMOVE && now.kind() != Kind.REMOVE;
        return (writes || (removals && lost.fields().isEmpty() == now.fields().isEmpty()))
                && record(lost).equals(record(now))
                && ((wholes && writes)
                        ? sameWhole(lost.whole(), now.whole())
                        : sameOrNotSent(lost.fields(), now.fields()));
    }

    private static boolean sameOrNotSent(Map<String, Value> lost, Map<String, Value> now) {
        return lost.entrySet().stream().allMatch(field -> {
            Value value = now.get(field.getKey());
            return value == null || Numbers.same(field.getValue(), value);
        });
    }

    /** What the one does not carry is not there if it lands last. */
    private static boolean sameWhole(Map<String, Value> lost, Map<String, Value> now) {
        return lost.keySet().equals(now.keySet()) && sameOrNotSent(lost, now);
    }

    /** The destination may compare keys without regard to case: taking two records for one only holds a row too many. */
    private static String record(PlannedWrite write) {
        Value key = write.targetKey();
        return key.isNull() ? "" : key.text().strip().toLowerCase(Locale.ROOT);
    }
}
