package dev.caravan.plan;

import dev.caravan.row.Value;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a careful person wants to see of a plan.
 *
 * @param rows rows read
 * @param invalid rows quarantined
 * @param invalidByReason quarantined rows by reason
 * @param add planned adds
 * @param change planned changes
 * @param remove planned removals
 * @param removal what a removal does: {@code delete}, {@code archive} or {@code clear} as the mapping says, {@code take out} of members,
 *     or empty if there are none
 * @param same rows without a difference
 * @param left keys that left the model and are only marked, since nothing is asked for them
 * @param standing changes not planned because the destination refused exactly this row before
 * @param held rows of the plan that a guard holds back
 * @param byField rows in which a field is sent; of records that are given another key, where it is another value too
 * @param samples the biggest and strangest changes first; masked where a field is private
 * @param cost what delivering would take
 * @param comeBack removals of rows that are still in the model, which the next run puts in under what they are known by now; 0 in
 *     plans of before
 */
public record PlanSummary(
        long rows,
        long invalid,
        Map<String, Long> invalidByReason,
        long add,
        long change,
        long remove,
        String removal,
        long same,
        long left,
        long standing,
        long held,
        Map<String, Long> byField,
        List<Sample> samples,
        Cost cost,
        long comeBack) {

    public PlanSummary {
        // Ledgers of before do not say it.
        removal = Objects.requireNonNullElse(removal, "");
    }

    /** All rows of the plan. */
    public long planned() {
        return add + change + remove;
    }

    /** Those that are not held back. */
    public long sent() {
        return planned() - held;
    }

    /** The same plan, for a run that read other rows and met it waiting. */
    public PlanSummary readAs(PlanSummary other) {
        return new PlanSummary(
                other.rows,
                other.invalid,
                other.invalidByReason,
                add,
                change,
                remove,
                removal,
                same,
                left,
                standing,
                held,
                byField,
                samples,
                cost,
                comeBack);
    }

    /** What a sampled removal does, in the words of {@link #removal}; empty for other kinds and where it is not known what to do. */
    public Optional<String> action(Sample sample) {
        boolean removes = sample.kind() == PlannedWrite.Kind.REMOVE && sample.cause() == Cause.REMOVED;
        String known = sample.fields().isEmpty() ? "delete" : "clear";
        return removes ? Optional.of(removal.isEmpty() ? known : removal) : Optional.empty();
    }

    /**
     * One change as people read it.
     *
     * @param held why it was held when the plan was made; null where it was not, or where an older ledger does not say
     */
    public record Sample(
            String key,
            PlannedWrite.Kind kind,
            Cause cause,
            List<FieldChange> fields,
            @Nullable String held) {}

    /**
     * One field of a sample.
     *
     * @param before null where there was no value, or none is known
     */
    public record FieldChange(String field, @Nullable Value before, Value after) {}

    /**
     * What delivering would take.
     *
     * @param requests HTTP requests, estimated
     * @param strategy how the rows would travel, in the words of the destination
     * @param quotaUsed calls used today as last observed; -1 if never observed
     * @param quotaLimit the daily allowance; -1 if never observed
     */
    public record Cost(long requests, String strategy, long quotaUsed, long quotaLimit) {}
}
