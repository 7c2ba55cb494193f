package dev.caravan.pipeline;

import dev.caravan.guard.Resending;
import dev.caravan.ledger.Ledger;
import dev.caravan.plan.Cause;
import dev.caravan.plan.Tally;
import java.time.Instant;
import java.util.Optional;

/**
 * The rows of a run that are sent again before what they made expires: taken among its changes, those accepted longest ago first, and no
 * more of them than the mapping's {@code max_resent}. The moment of an acceptance is taken to be the beginning of its run.
 */
final class Renewing {

    private final SyncRun run;
    private final long upTo;
    private final long most;
    private long taken;

    private Renewing(SyncRun run, long upTo, long most) {
        this.run = run;
        this.upTo = upTo;
        this.most = most;
        take(most);
    }

    /** Looks for what is due; empty where the mapping does not ask for it, or no run is as long ago. */
    static Optional<Renewing> of(SyncRun run, Ledger ledger, Instant now) {
        return run.mapping()
                .target()
                .resendEvery()
                .flatMap(every -> ledger.lastRunBefore(run.mapping().id(), now.minus(every)))
                .map(upTo -> new Renewing(
                        run,
                        upTo,
                        Resending.most(
                                run.mapping().guardrails(),
                                run.session().snapshot().liveRows())));
    }

    /** The most rows that may be sent again. */
    long most() {
        return most;
    }

    /**
     * Whether others are among the changes now in the place of rows that could not be sent again, such as those that the destination
     * refused: then all is to be planned anew. Takes as many as before each time, so that a few times do however many of them there are.
     */
    boolean refilled(Tally tally) {
        if (tally.changes(Cause.RENEWED) >= most || run.counts().due() == 0) {
            return false;
        }
        take(taken);
        return true;
    }

    private void take(long rows) {
        run.diffed(run.session().renew(upTo, rows));
        taken += rows;
    }
}
