package dev.caravan.plan;

import dev.caravan.row.Value;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Changes of a field from a value to nothing: what they are, and how a plan row looks without them. */
public final class Clears {

    private static final String HELD = "max_cleared";

    private Clears() {}

    /** Whether a value goes and nothing comes: a null, or a text of white space alone, which wipes a field as well. */
    static boolean is(@Nullable Value before, @Nullable Value now) {
        return before != null && now != null && !before.isEmpty() && now.isEmpty();
    }

    /**
     * A change without its clears of these fields; it keeps their last accepted values and stays a candidate. The row is held
     * when nothing is left that may cause a write, and when an earlier request for it is unresolved: that one may have
     * cleared the field already, so the last accepted value is not known to be there.
     *
     * @param triggers whether a field alone may cause a write
     */
    public static PlannedWrite without(PlannedWrite row, Set<String> fields, Predicate<String> triggers) {
        Map<String, Value> send = new LinkedHashMap<>(row.fields());
        Map<String, Value> before = new LinkedHashMap<>(row.before());
        Map<String, Value> withheld = new HashMap<>(row.withheld());
        for (String field : fields) {
            if (row.kind() == PlannedWrite.Kind.CHANGE
                    && !row.cause().isRecorded()
                    && is(before.get(field), send.get(field))) {
                send.remove(field);
                withheld.put(field, before.remove(field));
            }
        }
        if (send.size() == row.fields().size()) {
            return row;
        }
        boolean sendable =
                row.cause() != Cause.UNKNOWN && send.keySet().stream().anyMatch(triggers);
        return new PlannedWrite(
                row.ordinal(),
                row.key(),
                row.kind(),
                row.cause(),
                row.targetKey(),
                row.remoteId(),
                row.createdByUs(),
                send,
                before,
                row.image(),
                null,
                withheld,
                sendable ? row.held() : Optional.of(HELD),
                row.repeats());
    }
}
