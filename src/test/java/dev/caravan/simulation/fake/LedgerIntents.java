package dev.caravan.simulation.fake;

import dev.caravan.destination.Outcome;
import dev.caravan.ledger.Deliveries.Intent;
import dev.caravan.ledger.Deliveries.OpenBatch;
import dev.caravan.ledger.Lease;
import dev.caravan.mapping.MappingId;
import dev.caravan.plan.Plan;
import dev.caravan.plan.PlanState;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.problem.CaravanException;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import dev.caravan.simulation.fake.LedgerTables.Batch;
import dev.caravan.simulation.fake.LedgerTables.NavigableLongs;
import dev.caravan.simulation.fake.LedgerTables.PlanEntry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Intents: what is about to be sent, durable before it is (invariant I3). */
final class LedgerIntents {

    private final LedgerTables tables;
    private final Commits commits;
    private final InstantSource clock;
    private final LedgerTerms terms;

    LedgerIntents(LedgerTables tables, Commits commits, InstantSource clock, LedgerTerms terms) {
        this.tables = tables;
        this.commits = commits;
        this.clock = clock;
        this.terms = terms;
    }

    long begin(Lease lease, long run, Intent intent) {
        return commits.commit(
                "begin", changes -> begun(lease, run, intent, changes).id());
    }

    /** An intent and what ends it at once. */
    void found(Lease lease, long run, Intent intent, BiConsumer<Batch, List<Runnable>> ended) {
        commits.commit("found", changes -> {
            ended.accept(begun(lease, run, intent, changes), changes);
            return true;
        });
    }

    private Batch begun(Lease lease, long run, Intent intent, List<Runnable> changes) {
        if (intent.ordinals().isEmpty()) {
            throw new IllegalArgumentException("an intent without rows");
        }
        intent.ordinals().forEach(ordinal -> tables.row(run, ordinal));
        tables.fence(lease, run);
        terms.requireTime(lease.mapping());
        deliverable(run);
        sendable(run, intent.ordinals());
        long id = tables.batches.next();
        Batch batch = new Batch(
                id, lease.mapping(), run, lease.epoch(), intent, LedgerTables.kept(clock.instant()), null, null);
        changes.add(() -> {
            tables.batches.put(id, batch);
            intent.ordinals()
                    .forEach(ordinal -> tables.sent
                            .computeIfAbsent(run, any -> new HashMap<>())
                            .computeIfAbsent(ordinal, any -> new ArrayList<>())
                            .add(id));
        });
        return batch;
    }

    /** Only an open plan is sent. */
    private void deliverable(long run) {
        PlanEntry entry = tables.plans.get(run);
        if (entry == null || entry.plan().state() != PlanState.OPEN || tables.closedRuns.contains(run)) {
            throw new CaravanException.RunFailure(Problem.of(
                    Code.PLAN_NOT_OPEN, "the plan of run " + run + " may not be delivered", "make a new plan"));
        }
    }

    /** No row that is held, that has an unanswered request, or that the destination accepted before (invariant I4). */
    private void sendable(long run, List<Long> ordinals) {
        NavigableLongs<LedgerTables.Hold> holds = tables.holdsOf(run);
        long held = ordinals.stream().filter(holds::containsKey).count();
        long again = ordinals.stream()
                .filter(ordinal -> tables.batchesOf(run, ordinal).stream()
                        .anyMatch(batch -> inTheWay(tables.batch(batch).outcome(ordinal))))
                .count();
        if (held + again > 0 || new HashSet<>(ordinals).size() < ordinals.size()) {
            throw new IllegalStateException(held + " rows of a batch are held and " + again + " were sent before");
        }
    }

    private static boolean inTheWay(@Nullable Outcome outcome) {
        return outcome == null || outcome instanceof Outcome.Accepted || outcome instanceof Outcome.Unchanged;
    }

    void remember(Lease lease, long batch, String remoteJob) {
        commits.commit("remember", changes -> {
            tables.fence(lease);
            Batch remembering = open(tables, lease, batch).remembering(remoteJob);
            return changes.add(() -> tables.batches.put(batch, remembering));
        });
    }

    /** Refuses a batch that is not open or not of the lease's mapping. */
    static Batch open(LedgerTables tables, Lease lease, long id) {
        Batch batch = tables.batches.get(id);
        if (batch == null || batch.end() != null || !batch.mapping().equals(lease.mapping())) {
            throw new IllegalStateException("batch " + id + " of " + lease.mapping() + " is not open");
        }
        return batch;
    }

    List<OpenBatch> open(MappingId mapping, long except) {
        return commits.read(() -> tables.batches.values().stream()
                .filter(batch -> batch.end() == null)
                .filter(batch -> batch.mapping().equals(mapping) && batch.run() != except)
                .map(this::withRows)
                .toList());
    }

    private OpenBatch withRows(Batch batch) {
        List<PlannedWrite> rows = batch.intent().ordinals().stream()
                .sorted()
                .map(ordinal -> tables.row(batch.run(), ordinal))
                .toList();
        Intent sorted = new Intent(
                batch.intent().action(),
                batch.intent().job(),
                batch.intent().idempotency(),
                rows.stream().map(PlannedWrite::ordinal).toList());
        return new OpenBatch(batch.id(), batch.run(), sorted, batch.job(), rows, batch.begun());
    }

    Optional<String> target(MappingId mapping) {
        return commits.read(() -> {
            long fresh = tables.freshStarts.getOrDefault(mapping, 0L);
            return tables.batches.values().stream()
                    .filter(batch -> batch.mapping().equals(mapping))
                    .filter(batch -> batch.end() == null || batch.end().firstSeq() > fresh)
                    .max(Comparator.comparing(Batch::begun).thenComparingLong(Batch::id))
                    .flatMap(batch -> Optional.ofNullable(tables.plans.get(batch.run())))
                    .map(PlanEntry::plan)
                    .map(Plan::base)
                    .map(Plan.Base::target);
        });
    }
}
