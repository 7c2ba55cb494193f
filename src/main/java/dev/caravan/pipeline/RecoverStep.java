package dev.caravan.pipeline;

import dev.caravan.ledger.Ledger;
import dev.caravan.recovery.Recovered;
import dev.caravan.recovery.Recovery;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Step 3: bring the snapshot up to the ledger, and read and classify what a dead process left open. Sends no write. */
public final class RecoverStep implements Step {

    private static final Logger LOG = LoggerFactory.getLogger(RecoverStep.class);

    private final Ledger ledger;
    private final Recovery recovery;
    private final RunListener listener;

    /** A step on this ledger. */
    public RecoverStep(Ledger ledger, InstantSource clock, RunListener listener) {
        this.ledger = ledger;
        this.recovery = new Recovery(ledger, clock);
        this.listener = listener;
    }

    @Override
    public void on(SyncRun run) {
        run.beat("recover", 0, -1);
        TargetSession target = run.target();
        Recovered recovered = recovery.recover(run.lease(), run.id(), run.session(), target::batchOf, target::resume);
        if (!recovered.equals(Recovered.NOTHING)) {
            long unresolved = run.session().snapshot().dirtyRows();
            ledger.unresolved(run.lease(), unresolved);
            listener.unresolved(run.mapping().id(), unresolved);
            listener.recovered(run.mapping().id(), recovered);
            LOG.info("{}: recovered {}", run.mapping().id(), recovered);
        }
    }
}
