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
 */
public record Write(
        long ordinal,
        PlannedWrite.Kind kind,
        Value targetKey,
        @Nullable String remoteId,
        Map<String, Value> fields) {

    /** What a plan row asks for. */
    public static Write of(PlannedWrite row) {
        return new Write(row.ordinal(), row.kind(), row.targetKey(), row.remoteId(), row.fields());
    }

    public Write {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }
}
