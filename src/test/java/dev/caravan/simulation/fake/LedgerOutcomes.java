package dev.caravan.simulation.fake;

import dev.caravan.destination.Outcome;
import dev.caravan.ledger.Deliveries;
import dev.caravan.ledger.Deliveries.Doubt;
import dev.caravan.ledger.Deliveries.Recorded;
import dev.caravan.ledger.Deliveries.RowOutcome;
import dev.caravan.ledger.Deliveries.Said;
import dev.caravan.ledger.Lease;
import dev.caravan.mapping.MappingId;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.row.RowKey;
import dev.caravan.simulation.fake.LedgerTables.Answer;
import dev.caravan.simulation.fake.LedgerTables.Batch;
import dev.caravan.simulation.fake.LedgerTables.End;
import dev.caravan.simulation.fake.LedgerTables.PlanEntry;
import dev.caravan.simulation.fake.LedgerTables.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Outcomes, numbered in the order in which they are recorded, and the rejections that stand because of them. */
final class LedgerOutcomes {

    private static final Duration LONGEST_BATCH = Duration.ofDays(1);
    private static final Duration LONGEST_SENDING = Duration.ofHours(1);

    private final LedgerTables tables;
    private final Commits commits;
    private final InstantSource clock;

    LedgerOutcomes(LedgerTables tables, Commits commits, InstantSource clock) {
        this.tables = tables;
        this.commits = commits;
        this.clock = clock;
    }

    void complete(Lease lease, long id, List<RowOutcome> outcomes) {
        commits.commit("complete", changes -> {
            tables.fence(lease);
            complete(lease, LedgerIntents.open(tables, lease, id), outcomes, changes);
            return true;
        });
    }

    private void complete(Lease lease, Batch batch, List<RowOutcome> outcomes, List<Runnable> changes) {
        Set<Long> answered = new LinkedHashSet<>();
        outcomes.forEach(row -> answered.add(row.ordinal()));
        if (answered.size() != outcomes.size()
                || outcomes.size() != batch.intent().ordinals().size()
                || !answered.containsAll(batch.intent().ordinals())) {
            throw new IllegalStateException("every row of a batch has one outcome");
        }
        end(tables, batch, LedgerTables.kept(clock.instant()), lease.epoch(), outcomes, changes);
        stands(batch, outcomes, changes);
    }

    /** What ends the intent of rows that were found. */
    BiConsumer<Batch, List<Runnable>> found(Lease lease, List<RowOutcome> outcomes) {
        if (!outcomes.stream().allMatch(row -> row.outcome() instanceof Outcome.Unchanged)) {
            throw new IllegalArgumentException("what was found is as it was sent");
        }
        return (batch, changes) -> complete(lease, batch, outcomes, changes);
    }

    long completeAll(Lease lease, List<Long> ids, Outcome outcome) {
        if (!(outcome instanceof Outcome.Deferred) && !(outcome instanceof Outcome.Unknown)) {
            throw new IllegalArgumentException("only an answer can say more of a row");
        }
        return commits.commit("completeAll", changes -> {
            tables.fence(lease);
            long rows = 0;
            for (long id : ids.stream().sorted().toList()) {
                Batch batch = LedgerIntents.open(tables, lease, id);
                List<RowOutcome> outcomes = batch.intent().ordinals().stream()
                        .sorted()
                        .map(ordinal -> new RowOutcome(ordinal, outcome))
                        .toList();
                end(tables, batch, LedgerTables.kept(clock.instant()), lease.epoch(), outcomes, changes);
                rows += outcomes.size();
            }
            return rows;
        });
    }

    /** Stages the end of a batch; further batches that end in the same commit are numbered when their turn comes. */
    static void end(
            LedgerTables tables,
            Batch batch,
            Instant at,
            long epoch,
            List<RowOutcome> outcomes,
            List<Runnable> changes) {
        TreeMap<Long, Outcome> byOrdinal = new TreeMap<>();
        outcomes.forEach(row -> byOrdinal.put(row.ordinal(), kept(row.outcome())));
        changes.add(() -> {
            long first = tables.answers.next();
            for (RowOutcome row : outcomes) {
                tables.answers.put(tables.answers.next(), new Answer(batch.id(), row.ordinal(), kept(row.outcome())));
            }
            tables.batches.put(
                    batch.id(), batch.ended(new End(at, epoch, first, Collections.unmodifiableSortedMap(byOrdinal))));
        });
    }

    private static Outcome kept(Outcome outcome) {
        return outcome instanceof Outcome.Deferred deferred
                ? new Outcome.Deferred(deferred.reason(), deferred.notBefore().map(LedgerTables::kept))
                : outcome;
    }

    /** A key that the destination took has nothing standing against it any more. */
    private void stands(Batch batch, List<RowOutcome> outcomes, List<Runnable> changes) {
        List<String> taken = new ArrayList<>();
        Map<String, Refusal> refused = new LinkedHashMap<>();
        Instant now = LedgerTables.kept(clock.instant());
        for (RowOutcome row : outcomes) {
            PlannedWrite write = tables.row(batch.run(), row.ordinal());
            switch (row.outcome()) {
                case Outcome.Accepted accepted -> taken.add(write.key().encoded());
                case Outcome.Unchanged unchanged -> taken.add(write.key().encoded());
                case Outcome.Rejected rejected -> {
                    if (rejected.errorClass().stands()) {
                        refused.put(
                                write.key().encoded(),
                                new Refusal(
                                        Deliveries.fingerprint(write),
                                        batch.run(),
                                        row.ordinal(),
                                        rejected.code(),
                                        rejected.field(),
                                        now));
                    }
                }
                case Outcome.Deferred deferred -> {}
                case Outcome.Unknown unknown -> {}
            }
        }
        changes.add(() -> {
            Map<String, Refusal> standing = tables.standing.computeIfAbsent(batch.mapping(), any -> new TreeMap<>());
            taken.forEach(standing::remove);
            standing.putAll(refused);
        });
    }

    Stream<Recorded> after(MappingId mapping, long seq) {
        List<Recorded> found = commits.read(() -> {
            long above = Math.max(seq, tables.freshStarts.getOrDefault(mapping, 0L));
            return tables.answers.tailMap(above, false).entrySet().stream()
                    .filter(answer ->
                            tables.batch(answer.getValue().batch()).mapping().equals(mapping))
                    .map(answer -> recorded(answer.getKey(), answer.getValue()))
                    .toList();
        });
        return found.stream();
    }

    private Recorded recorded(long seq, Answer answer) {
        Batch batch = tables.batch(answer.batch());
        PlanEntry entry = Objects.requireNonNull(tables.plans.get(batch.run()));
        End end = Objects.requireNonNull(batch.end());
        PlannedWrite row = tables.row(batch.run(), answer.ordinal());
        return new Recorded(
                seq,
                batch.run(),
                batch.intent().action(),
                taken(answer.outcome()) ? row : PlannedWrite.bare(row.ordinal(), row.key(), row.kind()),
                answer.outcome(),
                entry.plan().definition(),
                end.at());
    }

    private static boolean taken(Outcome outcome) {
        return outcome instanceof Outcome.Accepted || outcome instanceof Outcome.Unchanged;
    }

    List<PlannedWrite> lost(MappingId mapping, Instant moment) {
        Instant since = LedgerTables.kept(moment);
        return commits.read(() -> {
            Set<List<Long>> seen = new LinkedHashSet<>();
            tables.answers.forEach((seq, answer) -> {
                Batch batch = tables.batch(answer.batch());
                if (answer.outcome() instanceof Outcome.Unknown
                        && batch.mapping().equals(mapping)
                        && batch.begun().isAfter(since.minus(LONGEST_BATCH))
                        && leftAtLast(batch).isAfter(since)) {
                    seen.add(List.of(batch.run(), answer.ordinal()));
                }
            });
            return seen.stream()
                    .map(row -> tables.row(row.getFirst(), row.getLast()))
                    .toList();
        });
    }

    /** Of each key the last request without an end, where nothing was accepted since and the same was not refused. */
    List<Doubt> doubts(MappingId mapping) {
        return commits.read(() -> doubtful(mapping).stream().map(this::doubt).toList());
    }

    /** The numbers of those answers, in their order. */
    List<Long> doubtful(MappingId mapping) {
        return unended(mapping).values().stream()
                .filter(all -> !all.isEmpty())
                .map(List::getLast)
                .sorted()
                .toList();
    }

    Set<RowKey> refuted(MappingId mapping) {
        return commits.read(() -> unended(mapping).entrySet().stream()
                .filter(entry -> entry.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet()));
    }

    /** Requests without an end that nothing was accepted after, but for those whose like was refused since. */
    private Map<RowKey, List<Long>> unended(MappingId mapping) {
        Map<RowKey, List<Long>> open = new LinkedHashMap<>();
        tables.answers
                .tailMap(tables.freshStarts.getOrDefault(mapping, 0L), false)
                .forEach((seq, answer) -> {
                    if (tables.batch(answer.batch()).mapping().equals(mapping)) {
                        note(open, seq, answer);
                    }
                });
        return open;
    }

    private static boolean sameContent(PlannedWrite one, PlannedWrite other) {
        return (one.kind() == PlannedWrite.Kind.REMOVE) == (other.kind() == PlannedWrite.Kind.REMOVE)
                && one.targetKey().equals(other.targetKey())
                && one.fields().equals(other.fields());
    }

    private void note(Map<RowKey, List<Long>> open, long seq, Answer answer) {
        PlannedWrite row = row(answer);
        switch (answer.outcome()) {
            case Outcome.Accepted accepted -> open.remove(row.key());
            case Outcome.Unchanged unchanged -> open.remove(row.key());
            case Outcome.Unknown unknown ->
                open.computeIfAbsent(row.key(), any -> new ArrayList<>()).add(seq);
            case Outcome.Deferred deferred -> {}
            case Outcome.Rejected no -> {
                if (no.errorClass() == Outcome.ErrorClass.DATA) {
                    open.getOrDefault(row.key(), new ArrayList<>())
                            .removeIf(before ->
                                    sameContent(row(Objects.requireNonNull(tables.answers.get(before))), row));
                }
            }
        }
    }

    private PlannedWrite row(Answer answer) {
        return tables.row(tables.batch(answer.batch()).run(), answer.ordinal());
    }

    private Doubt doubt(long seq) {
        Answer answer = Objects.requireNonNull(tables.answers.get(seq));
        Batch batch = tables.batch(answer.batch());
        long first = Objects.requireNonNull(tables.sent.get(batch.run()))
                .getOrDefault(answer.ordinal(), List.of(batch.id()))
                .getFirst();
        PlanEntry entry = Objects.requireNonNull(tables.plans.get(batch.run()));
        return new Doubt(
                batch.run(),
                tables.row(batch.run(), answer.ordinal()),
                entry.plan().definition(),
                tables.batch(first).begun(),
                ((Outcome.Unknown) answer.outcome()).reason(),
                Optional.ofNullable(tables.words.get(seq)).map(Said::word));
    }

    /** When the batch's last request left at the latest. */
    private static Instant leftAtLast(Batch batch) {
        End end = Objects.requireNonNull(batch.end());
        Instant most = batch.begun().plus(LONGEST_SENDING);
        return end.epoch() == batch.epoch() || end.at().isBefore(most) ? end.at() : most;
    }

    long lastSeq() {
        return commits.read(() -> tables.answers.next() - 1);
    }

    Optional<MappingId> mappingOf(long seq) {
        return commits.read(() -> Optional.ofNullable(tables.answers.get(seq))
                .map(answer -> tables.batch(answer.batch()).mapping()));
    }

    void schema(Lease lease, String version) {
        commits.commit("schema", changes -> {
            tables.fence(lease);
            String before = tables.schemas.get(lease.mapping());
            if (before != null && !before.equals(version)) {
                changes.add(() -> tables.standing.remove(lease.mapping()));
            }
            return changes.add(() -> tables.schemas.put(lease.mapping(), version));
        });
    }

    void unresolved(Lease lease, long keys) {
        if (unresolvedCount(lease.mapping()) != keys) {
            commits.commit("unresolved", changes -> {
                tables.fence(lease);
                return changes.add(() -> tables.unresolved.put(lease.mapping(), keys));
            });
        }
    }

    long unresolvedCount(MappingId mapping) {
        return commits.read(() -> tables.unresolved.getOrDefault(mapping, 0L));
    }

    Set<String> standing(MappingId mapping) {
        return commits.read(() -> {
            Set<String> fingerprints = new LinkedHashSet<>();
            tables.standing
                    .getOrDefault(mapping, Map.of())
                    .values()
                    .forEach(refusal -> fingerprints.add(refusal.fingerprint()));
            return Collections.unmodifiableSet(fingerprints);
        });
    }

    long standingCount(MappingId mapping) {
        return commits.read(() -> (long) Optional.ofNullable(tables.standing.get(mapping))
                .orElse(Map.of())
                .size());
    }
}
