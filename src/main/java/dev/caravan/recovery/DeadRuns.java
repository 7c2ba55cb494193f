package dev.caravan.recovery;

import dev.caravan.ledger.Lease;
import dev.caravan.ledger.Ledger;
import dev.caravan.plan.Plan;
import dev.caravan.plan.PlanState;
import dev.caravan.problem.Code;
import dev.caravan.run.Accounting;
import dev.caravan.run.Run;
import dev.caravan.run.RunState;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Closes the books of runs whose process died. All their requests have an outcome by then (invariant I9). */
final class DeadRuns {

    private static final String DIED = "the worker ended before the run did [" + Code.RUN_STOPPED.text() + "]";
    private static final String UNBALANCED = "the books do not balance [" + Code.RUN_ACCOUNTING.text() + "]";

    private final Ledger ledger;
    private final InstantSource clock;

    DeadRuns(Ledger ledger, InstantSource clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    /** Ends a run. A plan that waits for approval goes on waiting; one that was being sent is superseded. */
    void close(Lease lease, Run run) {
        Optional<Plan> plan = ledger.planOfRun(run.id());
        if (plan.isEmpty()) {
            ledger.dropRows(lease, run.id());
            ledger.record(lease, ended(run, Optional.empty(), RunState.INTERRUPTED, Accounting.NONE, DIED));
            return;
        }
        RunState state = switch (plan.get().state()) {
            case HELD, REJECTED, EXPIRED -> RunState.HELD;
            case OPEN, DELIVERED, SUPERSEDED -> RunState.INTERRUPTED;
        };
        if (state == RunState.INTERRUPTED) {
            ledger.supersedeUnsent(lease, run.id());
        }
        if (plan.get().state() == PlanState.OPEN) {
            ledger.move(lease, plan.get(), PlanState.SUPERSEDED);
        }
        Accounting books = ledger.account(run.id());
        if (!books.balances()) {
            ledger.record(lease, ended(run, plan, RunState.FAILED, books, UNBALANCED));
        } else {
            ledger.record(lease, ended(run, plan, state, books, state == RunState.HELD ? null : DIED));
        }
    }

    /** Brings the books of a run that ended, but left a batch open, up to what became of the batch. */
    void correct(Lease lease, long run) {
        Run known = ledger.run(run).orElseThrow();
        Instant finished = known.finished();
        if (known.state() != RunState.RUNNING && finished != null) {
            Accounting books = ledger.account(run);
            ledger.record(
                    lease, ClosedRun.of(known, ledger.planOfRun(run), known.state(), finished, books, known.error()));
        }
    }

    private Run ended(Run run, Optional<Plan> plan, RunState state, Accounting books, @Nullable String error) {
        return ClosedRun.of(run, plan, state, clock.instant(), books, error);
    }
}
