package dev.caravan.plan;

import dev.caravan.row.Value;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the few rows a careful person would look at first: values that vanish, numbers that jump, removals; ties go to
 * the earlier key, so the same plan shows the same samples.
 */
final class Samples {

    private static final int KEEP = 20;
    private static final Value MASK = new Value.Text("•••");

    private final Set<String> masked;
    private final PriorityQueue<Scored> best =
            new PriorityQueue<>(Comparator.comparingDouble(Scored::score).thenComparingLong(s -> -s.ordinal()));

    Samples(Set<String> masked) {
        this.masked = Set.copyOf(masked);
    }

    private record Scored(double score, long ordinal, PlanSummary.Sample sample) {}

    void offer(PlannedWrite write) {
        double score = score(write);
        Scored least = best.peek();
        if (best.size() == KEEP && least != null && least.score() >= score) {
            return;
        }
        best.add(new Scored(score, write.ordinal(), sample(write)));
        if (best.size() > KEEP) {
            best.poll();
        }
    }

    List<PlanSummary.Sample> best() {
        List<Scored> sorted = new ArrayList<>(best);
        sorted.sort(Comparator.comparingDouble(Scored::score).reversed().thenComparingLong(Scored::ordinal));
        return sorted.stream().map(Scored::sample).toList();
    }

    private static double score(PlannedWrite write) {
        return switch (write.kind()) {
            case ADD -> 0;
            case CHANGE -> (write.cause() == Cause.RENEWED ? -1 : 1) + strangeness(write);
            case REMOVE -> 2 + strangeness(write);
        };
    }

    private static double strangeness(PlannedWrite write) {
        double sum = 0;
        for (String field : write.fields().keySet()) {
            if (differs(write, field)) {
                sum += strangeness(write.before().get(field), write.fields().get(field));
            }
        }
        return sum;
    }

    /** A row that is sent again carries all its fields; most stand there already, as far as anybody knows. */
    private static boolean differs(PlannedWrite write, String field) {
        Value before = write.before().get(field);
        return before == null
                || !Numbers.same(before, Objects.requireNonNull(write.fields().get(field)));
    }

    private static double strangeness(@Nullable Value before, @Nullable Value after) {
        if (before == null || after == null || before.isNull()) {
            return 0.1;
        }
        if (after.isNull()) {
            return 5;
        }
        Optional<BigDecimal> from = Numbers.of(before);
        Optional<BigDecimal> to = Numbers.of(after);
        if (from.isEmpty() || to.isEmpty()) {
            return 0.5;
        }
        BigDecimal base = from.get().abs().max(BigDecimal.ONE);
        return Math.min(
                20,
                to.get()
                        .subtract(from.get())
                        .abs()
                        .divide(base, MathContext.DECIMAL32)
                        .doubleValue());
    }

    /** That there is no value is no secret, and worth seeing. */
    private static Value masked(Value value) {
        return value.isNull() ? value : MASK;
    }

    private PlanSummary.Sample sample(PlannedWrite write) {
        List<PlanSummary.FieldChange> fields = new ArrayList<>();
        write.fields().forEach((field, value) -> {
            if (!differs(write, field)) {
                return;
            }
            Value before = write.before().get(field);
            fields.add(
                    masked.contains(field)
                            ? new PlanSummary.FieldChange(field, before == null ? null : masked(before), masked(value))
                            : new PlanSummary.FieldChange(field, before, value));
        });
        return new PlanSummary.Sample(
                write.shownKey(),
                write.kind(),
                write.cause(),
                fields,
                write.held().orElse(null));
    }
}
