package dev.caravan.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Counts what planning makes of the changes of one run, and keeps the most telling ones as samples. One thread. */
public final class Tally {

    /** How many rows that cannot be mapped are named at most. */
    private static final int UNFIT = 1_000;

    private final Samples samples;
    private final Map<PlannedWrite.Kind, Long> byKind = new HashMap<>();
    private final Map<Cause, Long> changesByCause = new HashMap<>();
    private final Map<String, Long> byField = new LinkedHashMap<>();
    private final Map<String, Long> cleared = new LinkedHashMap<>();
    private final Map<String, Long> unfit = new LinkedHashMap<>();
    private final Map<PlannedWrite.Kind, Long> held = new HashMap<>();
    private final Map<PlannedWrite.Kind, Long> recorded = new HashMap<>();
    private final List<Planned.Unfit> unfitRows = new ArrayList<>();
    private long same;
    private long quiet;
    private long left;
    private long standing;
    private long overdue;

    /**
     * A tally of nothing.
     *
     * @param masked fields whose values are private
     */
    public Tally(Set<String> masked) {
        samples = new Samples(masked);
    }

    /** Counts one. */
    public void count(Planned planned) {
        switch (planned) {
            case Planned.Row row -> count(row.write());
            case Planned.Same s -> same++;
            case Planned.Quiet q -> quiet++;
            case Planned.Overdue o -> overdue++;
            case Planned.Left l -> left++;
            case Planned.Waiting w -> {}
            case Planned.Standing s -> standing++;
            case Planned.Unfit u -> count(u);
        }
    }

    private void count(Planned.Unfit row) {
        unfit.merge(row.reason(), 1L, Long::sum);
        if (unfitRows.size() < UNFIT) {
            unfitRows.add(row);
        }
    }

    private void count(PlannedWrite write) {
        byKind.merge(write.kind(), 1L, Long::sum);
        write.fields().keySet().forEach(field -> byField.merge(field, 1L, Long::sum));
        boolean isHeld = write.held().isPresent();
        if (write.kind() == PlannedWrite.Kind.CHANGE && !isHeld) {
            changesByCause.merge(write.cause(), 1L, Long::sum);
            write.fields().forEach((field, value) -> {
                if (Clears.is(write.before().get(field), value)) {
                    cleared.merge(field, 1L, Long::sum);
                }
            });
        }
        if (isHeld) {
            held.merge(write.kind(), 1L, Long::sum);
        } else if (write.cause().isRecorded()) {
            recorded.merge(write.kind(), 1L, Long::sum);
        }
        samples.offer(write);
    }

    /** The same without some of its rows, which this tally counted as well; of samples it has none. */
    public Tally without(Tally some) {
        Tally rest = new Tally(Set.of());
        rest.same = same;
        rest.quiet = quiet;
        rest.left = left;
        rest.standing = standing;
        rest.overdue = overdue;
        rest.unfit.putAll(unfit);
        subtract(byKind, some.byKind, rest.byKind);
        subtract(changesByCause, some.changesByCause, rest.changesByCause);
        subtract(byField, some.byField, rest.byField);
        subtract(cleared, some.cleared, rest.cleared);
        subtract(held, some.held, rest.held);
        subtract(recorded, some.recorded, rest.recorded);
        return rest;
    }

    private static <K> void subtract(Map<K, Long> all, Map<K, Long> some, Map<K, Long> rest) {
        all.forEach((key, rows) -> rest.put(key, rows - some.getOrDefault(key, 0L)));
    }

    /** Rows planned of a kind. */
    public long of(PlannedWrite.Kind kind) {
        return byKind.getOrDefault(kind, 0L);
    }

    /** Those of them that no reason of their own holds. */
    public long unheld(PlannedWrite.Kind kind) {
        return of(kind) - held.getOrDefault(kind, 0L);
    }

    /** Those of them that take a request: neither held nor only to be recorded. */
    public long sendable(PlannedWrite.Kind kind) {
        return unheld(kind) - recorded.getOrDefault(kind, 0L);
    }

    /** Changes planned for a cause that no reason of their own holds. */
    public long changes(Cause cause) {
        return changesByCause.getOrDefault(cause, 0L);
    }

    /** All rows planned. */
    public long planned() {
        return byKind.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Rows in which a field is sent. */
    public Map<String, Long> byField() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(byField));
    }

    /** Those of them that send a field from a value to null, or to a text of white space alone, which comes to the same. */
    public Map<String, Long> cleared() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(cleared));
    }

    /** Rows that cannot be mapped or cannot fit, by reason. */
    public Map<String, Long> unfit() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(unfit));
    }

    /** The first of those rows, at most 1,000. */
    public List<Planned.Unfit> unfitRows() {
        return List.copyOf(unfitRows);
    }

    /** Candidates without a difference that would be written. */
    public long same() {
        return same + quiet + overdue;
    }

    /** Those of them for which it is time to be sent again, in a later run. */
    public long overdue() {
        return overdue;
    }

    /** Keys that left and are only marked. */
    public long left() {
        return left;
    }

    /** Rows held back by a standing rejection. */
    public long standing() {
        return standing;
    }

    /** The most telling rows, most telling first. */
    public List<PlanSummary.Sample> samples() {
        return samples.best();
    }
}
