package dev.caravan.plan;

import dev.caravan.mapping.MappingId;
import dev.caravan.row.Digest;
import dev.caravan.row.ValueCodec;
import java.util.TreeMap;

/**
 * What a destination that deduplicates knows a write by: the same for every repetition of one plan row, another for any other row.
 * Made from what is asked and where it was first planned, never from a time or the number of an attempt.
 */
public final class DedupeKey {

    private DedupeKey() {}

    /**
     * The key of a row of a run's plan.
     *
     * @param target the target's identity as text
     */
    public static String of(MappingId mapping, String target, long run, PlannedWrite row) {
        long first = row.repeats().map(PlannedWrite.Repeat::run).orElse(run);
        long ordinal = row.repeats().map(PlannedWrite.Repeat::ordinal).orElse(row.ordinal());
        Digest digest = new Digest()
                .add(mapping.value())
                .add(target)
                .add(Long.toString(first))
                .add(Long.toString(ordinal))
                .add(row.key().encoded())
                .add(ValueCodec.encode(row.targetKey()))
                .add(row.kind().name());
        // The payload too: after the loss of a ledger the numbers begin anew, and another effect must not pass for this
        // one.
        new TreeMap<>(row.fields()).forEach((field, value) -> digest.add(field).add(ValueCodec.encode(value)));
        return digest.hex();
    }
}
