package dev.caravan.simulation.fake;

import dev.caravan.destination.Outcome;
import dev.caravan.destination.Outcome.ErrorClass;
import dev.caravan.ledger.Deliveries.Refused;
import dev.caravan.ledger.Deliveries.Said;
import dev.caravan.ledger.Deliveries.Sent;
import dev.caravan.ledger.Lease;
import dev.caravan.mapping.MappingId;
import dev.caravan.plan.Plan;
import dev.caravan.plan.PlanState;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.run.Accounting;
import dev.caravan.run.Rejection;
import dev.caravan.simulation.fake.LedgerTables.Batch;
import dev.caravan.simulation.fake.LedgerTables.Hold;
import dev.caravan.simulation.fake.LedgerTables.NavigableLongs;
import dev.caravan.simulation.fake.LedgerTables.PlanEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where the rows of plans ended (invariant I9), and what was ever sent for a key. */
final class LedgerBooks {

    private final LedgerTables tables;
    private final Commits commits;

    LedgerBooks(LedgerTables tables, Commits commits) {
        this.tables = tables;
        this.commits = commits;
    }

    void hold(Lease lease, long run, String reason, List<Long> ordinals) {
        commits.commit("hold", changes -> {
            tables.fence(lease, run);
            NavigableLongs<PlannedWrite> rows = tables.rowsOf(run);
            if (!rows.keySet().containsAll(ordinals)) {
                throw new IllegalStateException("run " + run + " lacks a row that is to be held");
            }
            return ordinals.isEmpty()
                    || changes.add(() -> {
                        NavigableLongs<Hold> holds = tables.holds.computeIfAbsent(run, any -> new NavigableLongs<>());
                        ordinals.forEach(ordinal -> holds.putIfAbsent(ordinal, new Hold(reason, false)));
                    });
        });
    }

    List<Long> pending(long run) {
        return commits.read(() -> {
            if (tables.closedRuns.contains(run)) {
                return List.of();
            }
            NavigableLongs<Hold> holds = tables.holdsOf(run);
            return tables.rowsOf(run).keySet().stream()
                    .filter(ordinal -> !holds.containsKey(ordinal))
                    .filter(ordinal -> last(run, ordinal)
                            .map(batch -> batch.outcome(ordinal) instanceof Outcome.Deferred)
                            .orElse(true))
                    .toList();
        });
    }

    /** The last batch a row was in. */
    private Optional<Batch> last(long run, long ordinal) {
        List<Long> batches = tables.batchesOf(run, ordinal);
        return batches.isEmpty() ? Optional.empty() : Optional.of(tables.batch(batches.getLast()));
    }

    void supersedeUnsent(Lease lease, long run) {
        commits.commit("supersedeUnsent", changes -> {
            tables.fence(lease, run);
            return changes.add(() -> tables.closedRuns.add(run));
        });
    }

    Accounting account(long run) {
        return commits.read(() -> {
            Map<End, Long> ends = new EnumMap<>(End.class);
            tables.rowsOf(run).keySet().forEach(ordinal -> ends.merge(end(run, ordinal), 1L, Long::sum));
            return new Accounting(
                    tables.rowsOf(run).size(),
                    ends.getOrDefault(End.ACCEPTED, 0L),
                    ends.getOrDefault(End.REJECTED, 0L),
                    ends.getOrDefault(End.HELD, 0L),
                    ends.getOrDefault(End.UNKNOWN, 0L),
                    ends.getOrDefault(End.SUPERSEDED, 0L));
        });
    }

    /** Where a row ended. */
    private enum End {
        ACCEPTED,
        REJECTED,
        HELD,
        UNKNOWN,
        SUPERSEDED,
        NOWHERE
    }

    private End end(long run, long ordinal) {
        Optional<Batch> last = last(run, ordinal);
        if (last.isPresent()) {
            return end(last.get().outcome(ordinal));
        }
        PlanEntry entry = tables.plans.get(run);
        Optional<PlanState> plan = Optional.ofNullable(entry)
                .map(known -> known.adopted() == null ? known.plan().state() : PlanState.HELD);
        if (tables.holdsOf(run).containsKey(ordinal)
                || plan.map(LedgerBooks::waits).orElse(false)) {
            return End.HELD;
        }
        return tables.closedRuns.contains(run) || plan.equals(Optional.of(PlanState.SUPERSEDED))
                ? End.SUPERSEDED
                : End.NOWHERE;
    }

    private static boolean waits(PlanState state) {
        return state == PlanState.HELD || state == PlanState.REJECTED || state == PlanState.EXPIRED;
    }

    private static End end(@Nullable Outcome outcome) {
        return switch (outcome) {
            case null -> End.NOWHERE;
            case Outcome.Accepted a -> End.ACCEPTED;
            case Outcome.Unchanged u -> End.ACCEPTED;
            case Outcome.Rejected r -> End.REJECTED;
            case Outcome.Deferred d -> End.HELD;
            case Outcome.Unknown u -> End.UNKNOWN;
        };
    }

    boolean coveredBy(long run, long interrupted) {
        return commits.read(() -> {
            PlanEntry plan = tables.plans.get(interrupted);
            Set<Same> allowed = new HashSet<>();
            if (plan != null && plan.opened() != null) {
                tables.rowsOf(interrupted).values().stream()
                        .filter(row -> mightBeSent(interrupted, row))
                        .forEach(row -> allowed.add(Same.of(row)));
            }
            NavigableLongs<Hold> holds = tables.holdsOf(run);
            return tables.rowsOf(run).values().stream()
                    .filter(row -> !holds.containsKey(row.ordinal()))
                    .allMatch(row -> allowed.contains(Same.of(row)));
        });
    }

    private boolean mightBeSent(long run, PlannedWrite row) {
        Hold hold = tables.holdsOf(run).get(row.ordinal());
        Outcome last = last(run, row.ordinal())
                .map(batch -> batch.outcome(row.ordinal()))
                .orElse(null);
        boolean settled = last instanceof Outcome.Accepted
                || last instanceof Outcome.Unchanged
                || last instanceof Outcome.Rejected;
        return (hold == null || !hold.planned())
                && !settled
                && (row.rowHash() != null || row.kind() == PlannedWrite.Kind.REMOVE);
    }

    long removalsBack(long run, long earlier) {
        return commits.read(() -> {
            Set<String> removed = tables.rowsOf(run).values().stream()
                    .filter(row -> row.kind() == PlannedWrite.Kind.REMOVE)
                    .map(row -> row.key().encoded())
                    .collect(Collectors.toSet());
            NavigableLongs<Hold> holds = tables.holdsOf(earlier);
            return tables.rowsOf(earlier).values().stream()
                    .filter(row -> row.kind() == PlannedWrite.Kind.REMOVE)
                    .filter(row -> !Optional.ofNullable(holds.get(row.ordinal()))
                            .map(Hold::planned)
                            .orElse(false))
                    .filter(row -> !removed.contains(row.key().encoded()))
                    .count();
        });
    }

    /** By what a row repeats another. */
    private record Same(
            String key, boolean removal, @Nullable Long hash) {
        static Same of(PlannedWrite row) {
            return new Same(row.key().encoded(), row.kind() == PlannedWrite.Kind.REMOVE, row.rowHash());
        }
    }

    /** A refused row of a run. */
    private record Refusal(PlannedWrite row, Outcome.Rejected outcome) {}

    private Stream<Refusal> refusals(long run) {
        return tables.rowsOf(run).values().stream()
                .flatMap(row -> last(run, row.ordinal()).map(batch -> batch.outcome(row.ordinal())).stream()
                        .filter(Outcome.Rejected.class::isInstance)
                        .map(outcome -> new Refusal(row, (Outcome.Rejected) outcome)));
    }

    /** Words that are about no row, where they are the same of several. */
    private static Optional<String> words(List<Outcome.Rejected> refused) {
        boolean ofNoRow = refused.stream()
                .map(Outcome.Rejected::errorClass)
                .allMatch(of -> of == ErrorClass.CONFIG || of == ErrorClass.QUOTA || of == ErrorClass.AUTH);
        List<String> said =
                refused.stream().map(Outcome.Rejected::message).distinct().toList();
        return ofNoRow && refused.size() > 1 && said.size() == 1
                ? Optional.of(said.getFirst()).filter(words -> !words.isBlank())
                : Optional.empty();
    }

    List<Rejection> rejections(long run) {
        return commits.read(() -> {
            Map<Rejection, List<Outcome.Rejected>> reasons = new LinkedHashMap<>();
            refusals(run)
                    .map(Refusal::outcome)
                    .forEach(no -> reasons.computeIfAbsent(
                                    new Rejection(no.code(), no.field(), 0), reason -> new ArrayList<>())
                            .add(no));
            return reasons.entrySet().stream()
                    .map(reason -> new Rejection(
                            reason.getKey().code(),
                            reason.getKey().field(),
                            reason.getValue().size(),
                            words(reason.getValue())))
                    .sorted(Comparator.comparingLong(Rejection::rows)
                            .reversed()
                            .thenComparing(Rejection::code)
                            .thenComparing(Rejection::field, Comparator.nullsFirst(Comparator.naturalOrder())))
                    .toList();
        });
    }

    Map<String, Long> heldBy(long run) {
        return commits.read(() -> {
            Map<String, Long> counts = new TreeMap<>();
            tables.rowsOf(run)
                    .keySet()
                    .forEach(ordinal -> reason(run, ordinal).ifPresent(reason -> counts.merge(reason, 1L, Long::sum)));
            Map<String, Long> sorted = new LinkedHashMap<>();
            counts.entrySet().stream()
                    .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                    .forEach(each -> sorted.put(each.getKey(), each.getValue()));
            return sorted;
        });
    }

    private Optional<String> reason(long run, long ordinal) {
        Optional<Batch> last = last(run, ordinal);
        if (last.isPresent()) {
            return last.get().outcome(ordinal) instanceof Outcome.Deferred deferred
                    ? Optional.of(deferred.reason())
                    : Optional.empty();
        }
        return Optional.ofNullable(tables.holdsOf(run).get(ordinal)).map(Hold::reason);
    }

    List<Refused> refused(long run) {
        return commits.read(() -> refusals(run)
                .map(refusal -> new Refused(
                        refusal.row().shownKey(),
                        refusal.outcome().code(),
                        refusal.outcome().field()))
                .toList());
    }

    List<Sent> history(Optional<MappingId> mapping, String key, int limit) {
        return commits.read(() -> tables.batches.descendingMap().values().stream()
                .filter(batch -> mapping.isEmpty() || mapping.get().equals(batch.mapping()))
                .flatMap(batch -> batch.intent().ordinals().stream()
                        .sorted(Comparator.reverseOrder())
                        .map(ordinal -> tables.row(batch.run(), ordinal))
                        .filter(row -> row.key().encoded().equals(key)
                                || row.key().display().equals(key))
                        .map(row -> sent(batch, row)))
                .limit(limit)
                .toList());
    }

    private Sent sent(Batch batch, PlannedWrite row) {
        Plan plan = Objects.requireNonNull(tables.plans.get(batch.run())).plan();
        return new Sent(
                batch.run(),
                batch.mapping(),
                plan.base().mappingVersion(),
                plan.hash(),
                row,
                batch.begun(),
                Optional.ofNullable(batch.outcome(row.ordinal())),
                Optional.ofNullable(batch.end()).map(LedgerTables.End::at),
                Optional.empty(),
                said(batch.id(), row.ordinal()));
    }

    private Optional<Said> said(long batch, long ordinal) {
        return tables.words.entrySet().stream()
                .filter(word -> {
                    LedgerTables.Answer answer = Objects.requireNonNull(tables.answers.get(word.getKey()));
                    return answer.batch() == batch && answer.ordinal() == ordinal;
                })
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
