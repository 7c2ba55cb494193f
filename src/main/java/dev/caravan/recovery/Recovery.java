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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Recovers a mapping at the start of a run, under the new run's lease. Each step is durable by itself and finds nothing to do
 * when it is repeated, so a recovery that is killed is simply made again.
 */
public final class Recovery {

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
        Set<Long> touched = new LinkedHashSet<>();
        long resolved = 0;
        long unknown = 0;
        for (OpenBatch open : ledger.unanswered(lease.mapping(), run)) {
            List<RowOutcome> outcomes = outcomes(open, batches, jobs);
            ledger.complete(lease, open.batch(), outcomes);
            touched.add(open.run());
            long lost = outcomes.stream()
                    .filter(row -> row.outcome() instanceof Outcome.Unknown)
                    .count();
            unknown += lost;
            resolved += outcomes.size() - lost;
        }
        if (!touched.isEmpty()) {
            SnapshotUpdate.apply(ledger, session, lease.mapping());
        }
        unfinished.forEach(old -> dead.close(lease, old));
        touched.forEach(id -> dead.correct(lease, id));
        return new Recovered(unfinished.stream().map(Run::id).toList(), applied, resolved, unknown);
    }

    /** What became of an open batch, as far as anybody can say. */
    private static List<RowOutcome> outcomes(OpenBatch open, Function<OpenBatch, Batch> batches, JobResumer jobs) {
        String job = open.remoteJob();
        if (job != null) {
            return resumed(open, batches.apply(open), job, jobs);
        }
        // A job starts only after its id was remembered, so one without an id never ran. Anything else may have been
        // applied.
        return open.intent().job()
                ? all(open, new Outcome.Deferred("job_never_started", Optional.empty()))
                : all(open, new Outcome.Unknown("worker_stopped"));
    }

    private static List<RowOutcome> all(OpenBatch open, Outcome outcome) {
        return open.intent().ordinals().stream()
                .map(ordinal -> new RowOutcome(ordinal, outcome))
                .toList();
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
