package dev.caravan.recovery;

import dev.caravan.destination.Batch;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Write;
import dev.caravan.ledger.Deliveries.OpenBatch;
import dev.caravan.ledger.Deliveries.RowOutcome;
import dev.caravan.ledger.Lease;
import dev.caravan.ledger.Ledger;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.run.Run;
import dev.caravan.source.EngineSession;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Recovers a mapping at the start of a run, under the new run's lease. Each step is durable by itself and finds nothing to do
 * when it is repeated, so a recovery that is killed is simply made again.
 */
public final class Recovery {

    private static final int TOGETHER = 100;

    private final Ledger ledger;
    private final DeadRuns dead;

    public Recovery(Ledger ledger, InstantSource clock) {
        this.ledger = ledger;
        this.dead = new DeadRuns(ledger, clock);
    }

    /**
     * Recovers everything that runs before this one left.
     *
     * @param session the mapping's open snapshot, nothing read yet
     * @param batches makes the batch of a staged job again, in the order of its rows; asked only for jobs that were remembered
     * @throws dev.caravan.problem.CaravanException.EnvironmentFailure if a job has to be asked about and the destination cannot be
     *     reached; nothing is lost, and the next run recovers the rest
     */
    public Recovered recover(
            Lease lease, long run, EngineSession session, Function<OpenBatch, Batch> batches, JobResumer jobs) {
        long applied = SnapshotUpdate.apply(ledger, session, lease.mapping());
        List<Run> unfinished = ledger.unfinished(lease.mapping(), run);
        List<OpenBatch> open = ledger.unanswered(lease.mapping(), run);
        // A job starts only after its id was remembered, so one without an id never ran. Anything else may have been
        // applied.
        long resolved = unasked(lease, open, true, new Outcome.Deferred("job_never_started", Optional.empty()));
        long unknown = unasked(lease, open, false, new Outcome.Unknown("worker_stopped"));
        for (OpenBatch batch : open) {
            String job = batch.remoteJob();
            if (job != null) {
                List<RowOutcome> outcomes = resumed(batch, batches.apply(batch), job, jobs);
                ledger.complete(lease, batch.batch(), outcomes);
                long lost = outcomes.stream()
                        .filter(row -> row.outcome() instanceof Outcome.Unknown)
                        .count();
                unknown += lost;
                resolved += outcomes.size() - lost;
            }
        }
        if (!open.isEmpty()) {
            SnapshotUpdate.apply(ledger, session, lease.mapping());
        }
        unfinished.forEach(old -> dead.close(lease, old));
        Set<Long> closed = unfinished.stream().map(Run::id).collect(Collectors.toSet());
        open.stream()
                .map(OpenBatch::run)
                .distinct()
                .filter(id -> !closed.contains(id))
                .forEach(id -> dead.correct(lease, id));
        return new Recovered(unfinished.stream().map(Run::id).toList(), applied, resolved, unknown);
    }

    /** Ends what nobody can be asked about. Few batches at a time, so that other mappings' transactions come in between. */
    private long unasked(Lease lease, List<OpenBatch> open, boolean job, Outcome outcome) {
        List<Long> batches = open.stream()
                .filter(batch -> batch.remoteJob() == null && batch.intent().job() == job)
                .map(OpenBatch::batch)
                .toList();
        long rows = 0;
        for (int from = 0; from < batches.size(); from += TOGETHER) {
            rows += ledger.completeAll(
                    lease, batches.subList(from, Math.min(from + TOGETHER, batches.size())), outcome);
        }
        return rows;
    }

    /** Every row has an outcome, whatever the answer accounts for (invariant I20). */
    private static List<RowOutcome> resumed(OpenBatch open, Batch batch, String job, JobResumer jobs) {
        List<Outcome> answered = jobs.resume(batch, job);
        Map<Long, Outcome> byOrdinal = new HashMap<>();
        if (answered.size() == batch.writes().size()) {
            for (int i = 0; i < answered.size(); i++) {
                Write write = batch.writes().get(i);
                byOrdinal.put(write.ordinal(), answered.get(i));
            }
        }
        List<RowOutcome> outcomes = new ArrayList<>(open.rows().size());
        for (PlannedWrite row : open.rows()) {
            @Nullable Outcome outcome = byOrdinal.get(row.ordinal());
            outcomes.add(new RowOutcome(row.ordinal(), outcome == null ? new Outcome.Unknown("unaccounted") : outcome));
        }
        return outcomes;
    }
}
