package dev.caravan.pipeline;

import dev.caravan.ledger.Ledger;
import dev.caravan.plan.Plan;
import dev.caravan.plan.PlanState;
import dev.caravan.problem.CaravanException.RunFailure;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import dev.caravan.recovery.SnapshotUpdate;
import dev.caravan.run.Accounting;
import dev.caravan.run.RunState;
import java.time.InstantSource;
import java.util.Optional;

/** Last step: the books must balance; the snapshot takes over what was accepted, and the run is over. */
public final class SettleStep implements Step {

    private final Ledger ledger;
    private final Books books;
    private final RunListener listener;

    /** A step on this ledger. */
    public SettleStep(Ledger ledger, InstantSource clock, RunListener listener) {
        this.ledger = ledger;
        this.books = new Books(ledger, clock, listener);
        this.listener = listener;
    }

    @Override
    public void on(SyncRun run) {
        if (run.state() == RunState.HELD || run.order().mode() == Mode.PREVIEW) {
            books.close(run, run.state() == RunState.HELD ? RunState.HELD : RunState.DONE, unsent(run));
            return;
        }
        run.beat("settle", 0, -1);
        run.broken().ifPresent(why -> {
            throw why;
        });
        Plan plan = run.plan().orElseThrow();
        run.halted().ifPresent(why -> ledger.hold(run.lease(), run.id(), why.reason(), ledger.pending(run.id())));
        SnapshotUpdate.apply(ledger, run.session(), run.mapping().id());
        Accounting accounting = ledger.account(run.id());
        if (run.isLeftOpen()) {
            settle(run);
            // A job goes on without us: the ledger keeps the run open, and recovery closes it with what the job did.
            books.leave(run, accounting);
            return;
        }
        if (!accounting.balances()) {
            books.mismatch(run);
            throw new RunFailure(
                    Problem.of(
                            Code.RUN_ACCOUNTING,
                            "the books of run " + run.id() + " do not balance: " + accounting.words(),
                            "this is a defect of Caravan: nothing more is sent for the mapping until the next run; please report it"));
        }
        settle(run);
        boolean complete = run.halted().isEmpty();
        if (complete) {
            // Else it stays open, so that the approval of the rows not sent carries over to the next run.
            ledger.move(run.lease(), plan, PlanState.DELIVERED);
        }
        books.close(run, complete ? RunState.DONE : RunState.FAILED, accounting);
    }

    private void settle(SyncRun run) {
        run.session().settle(mirrored(run));
        long unresolved = run.session().snapshot().dirtyRows();
        ledger.unresolved(run.lease(), unresolved);
        listener.unresolved(run.mapping().id(), unresolved);
    }

    /** What the snapshot mirrors from now on; nothing, as long as nothing was ever accepted: the next run is a first sync too. */
    private static Optional<String> mirrored(SyncRun run) {
        return Optional.of(run.target().identityText())
                .filter(text -> !text.isEmpty() && run.session().snapshot().liveRows() > 0);
    }

    /** Nothing was sent: every planned row is held. */
    private static Accounting unsent(SyncRun run) {
        long planned = run.plan().map(plan -> plan.summary().planned()).orElse(0L);
        return new Accounting(planned, 0, 0, planned, 0, 0);
    }
}
