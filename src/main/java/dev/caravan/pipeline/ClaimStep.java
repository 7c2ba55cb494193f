package dev.caravan.pipeline;

import dev.caravan.ledger.Claim;
import dev.caravan.ledger.Ledger;
import dev.caravan.mapping.MappingId;
import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.problem.CaravanException.RunFailure;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import java.time.InstantSource;

/** Step 1: take the mapping's lease. A second claim of the same scheduled fire does nothing; a paused mapping does not start. */
public final class ClaimStep implements Step {

    private final Ledger ledger;
    private final LiveRuns live;
    private final InstantSource clock;

    /** A step on this ledger. */
    public ClaimStep(Ledger ledger, LiveRuns live, InstantSource clock) {
        this.ledger = ledger;
        this.live = live;
        this.clock = clock;
    }

    @Override
    public void on(SyncRun run) {
        run.beat("claim", 0, -1);
        refuseIfPaused(run);
        Order order = run.order();
        MappingId mapping = order.mapping().id();
        Claim claim = live.claim(
                mapping,
                () -> ledger.unfinished(mapping, 0),
                alive -> ledger.claim(mapping, order.trigger(), order.fire(), alive));
        switch (claim) {
            case Claim.Granted granted -> run.claimed(granted.lease(), granted.run(), clock.instant());
            case Claim.AlreadyFired fired -> run.skip();
            case Claim.Busy busy ->
                throw new RunFailure(Problem.of(
                        Code.RUN_BUSY,
                        "run " + busy.run() + " of " + order.mapping().id() + " is going on since " + busy.since(),
                        "wait for it to end"));
        }
    }

    private void refuseIfPaused(SyncRun run) {
        if (run.order().mode() == Mode.PREVIEW) {
            return;
        }
        ledger.paused(run.mapping().id()).ifPresent(pause -> {
            throw new InvalidInput(Problem.of(
                    Code.RUN_PAUSED,
                    run.mapping().id() + " was paused by " + pause.who() + " at " + pause.at(),
                    "caravan resume " + run.mapping().id()));
        });
    }
}
