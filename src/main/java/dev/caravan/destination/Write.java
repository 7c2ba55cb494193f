package dev.caravan.destination;

import dev.caravan.plan.PlannedWrite;
import dev.caravan.row.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One record to write.
 *
 * @param ordinal the plan row it delivers
 * @param targetKey the value of the key field
 * @param remoteId the record's id, where known
 * @param fields by destination field, null meaning clear; without the key
 * @param dedupeKey identifies the effect over every repetition of it, for destinations that deduplicate (class B)
 * @param inDoubt whether an earlier request for it may have been applied: then "it is there already" means that this was so
 */
public record Write(
        long ordinal,
        PlannedWrite.Kind kind,
        Value targetKey,
        @Nullable String remoteId,
        Map<String, Value> fields,
        String dedupeKey,
        boolean inDoubt) {

    /**
     * What a plan row asks for.
     *
     * @param dedupeKey see {@link dev.caravan.plan.DedupeKey}
     */
    public static Write of(PlannedWrite row, String dedupeKey) {
        return new Write(
                row.ordinal(),
                row.kind(),
                row.targetKey(),
                row.remoteId(),
                row.fields(),
                dedupeKey,
                row.repeats().isPresent());
    }

    /** The same write, of which an earlier request may have been applied. */
    public Write doubted() {
        return new Write(ordinal, kind, targetKey, remoteId, fields, dedupeKey, true);
    }

    /** A write that nobody has sent yet, to a destination that knows no dedupe keys. */
    public Write(
            long ordinal,
            PlannedWrite.Kind kind,
            Value targetKey,
            @Nullable String remoteId,
            Map<String, Value> fields) {
        this(ordinal, kind, targetKey, remoteId, fields, "", false);
    }

    public Write {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }
}
