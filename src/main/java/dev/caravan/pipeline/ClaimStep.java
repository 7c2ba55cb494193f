package dev.caravan.pipeline;

import dev.caravan.ledger.Claim;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Pause;
import dev.caravan.ledger.Scope;
import dev.caravan.mapping.MappingId;
import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;

/** Step 1: take the mapping's lease. A second claim of the same scheduled fire does nothing; what is paused does not start. */
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
            case Claim.Busy busy -> throw busy(busy.run(), order.mapping().id(), busy.since());
        }
    }

    /** One run of a mapping at a time, previews too: what a plan would be compared with is just changing. */
    static EnvironmentFailure busy(long run, MappingId mapping, Instant since) {
        return new EnvironmentFailure(Problem.of(
                Code.RUN_BUSY,
                "run " + run + " of " + mapping + " is going on since " + since.truncatedTo(ChronoUnit.SECONDS),
                "say the command again when it has ended; caravan runs " + mapping + " shows it"));
    }

    /** From the ledger and not from {@link Holds}, which hears of another process's pause a moment later. */
    private void refuseIfPaused(SyncRun run) {
        List<Scope> scopes = Holds.over(run.order());
        List<Pause> pauses = ledger.pauses().stream()
                .filter(pause -> scopes.contains(pause.scope()))
                .toList();
        if (!pauses.isEmpty()) {
            throw new InvalidInput(Problem.of(
                    Code.RUN_PAUSED,
                    pauses.stream().map(Pause::oneLine).collect(Collectors.joining("; ")),
                    pauses.stream().map(pause -> pause.scope().lifting()).collect(Collectors.joining(" and "))));
        }
    }
}
