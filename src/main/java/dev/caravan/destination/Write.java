package dev.caravan.destination;

import dev.caravan.plan.PlannedWrite;
import dev.caravan.row.Value;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One record to write.
 *
 * @param ordinal the plan row it delivers
 * @param targetKey the value of the key field
 * @param remoteId the record's id, where known
 * @param fields by destination field, null meaning clear; without the key
 * @param dedupeKey identifies the effect over every repetition of it, for destinations that deduplicate (class B)
 * @param begun when the first of the earlier requests for it was begun that may have been applied; empty if there was none
 * @param lock what it locks at the destination, the same text for writes that lock the same; empty if it locks nothing, or nobody knows
 */
public record Write(
        long ordinal,
        PlannedWrite.Kind kind,
        Value targetKey,
        @Nullable String remoteId,
        Map<String, Value> fields,
        String dedupeKey,
        Optional<Instant> begun,
        String lock) {

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
                row.repeats().map(PlannedWrite.Repeat::begun),
                "");
    }

    /**
     * The same where a record takes the place of the one before: a change carries the fields as last accepted beside those that differ.
     * Whatever a guard or a dead band withheld stays as it was accepted.
     */
    public static Write whole(PlannedWrite row, String dedupeKey) {
        return of(row, dedupeKey).with(row.whole());
    }

    /** What a plan row asks for by an action: of what is done to wholes all of it. */
    public static Write by(Action action, Capabilities can, PlannedWrite row, String dedupeKey) {
        if (!can.of(action).whole()) {
            return of(row, dedupeKey);
        }
        return action == Action.REMOVE && row.kind() == PlannedWrite.Kind.REMOVE
                ? of(row, dedupeKey).with(row.before())
                : whole(row, dedupeKey);
    }

    private Write with(Map<String, Value> other) {
        return as(targetKey, other);
    }

    /** The same write with another key and other fields: what stands there instead of what was looked up. */
    public Write as(Value key, Map<String, Value> other) {
        return new Write(ordinal, kind, key, remoteId, other, dedupeKey, begun, lock);
    }

    /** The same write, known to lock this. */
    public Write locking(String what) {
        return new Write(ordinal, kind, targetKey, remoteId, fields, dedupeKey, begun, what);
    }

    /** Whether an earlier request for it may have been applied: then "it is there already" means that this was so. */
    public boolean inDoubt() {
        return begun.isPresent();
    }

    /** The same write, of which a request that was begun then may have been applied; or an even earlier one. */
    public Write doubted(Instant since) {
        Optional<Instant> first = begun.or(() -> Optional.of(since));
        return new Write(ordinal, kind, targetKey, remoteId, fields, dedupeKey, first, lock);
    }

    /** A write that nobody has sent yet, to a destination that knows no dedupe keys. */
    public Write(
            long ordinal,
            PlannedWrite.Kind kind,
            Value targetKey,
            @Nullable String remoteId,
            Map<String, Value> fields) {
        this(ordinal, kind, targetKey, remoteId, fields, "", Optional.empty());
    }

    /** A write of which nobody has said what it locks. */
    public Write(
            long ordinal,
            PlannedWrite.Kind kind,
            Value targetKey,
            @Nullable String remoteId,
            Map<String, Value> fields,
            String dedupeKey,
            Optional<Instant> begun) {
        this(ordinal, kind, targetKey, remoteId, fields, dedupeKey, begun, "");
    }

    public Write {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }
}
