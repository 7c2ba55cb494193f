package dev.caravan.pipeline;

import dev.caravan.ledger.Ledger;
import dev.caravan.plan.Plan;
import dev.caravan.plan.PlanState;
import dev.caravan.problem.CaravanException;
import dev.caravan.problem.Code;
import dev.caravan.run.Accounting;
import dev.caravan.run.RunState;
import java.time.InstantSource;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a run that throws: rows never sent are held, the books are closed as far as the ledger allows, and the
 * exception goes on to whoever asked. Outcomes that are already recorded reach the snapshot with the next run.
 */
public final class FailStep implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger(FailStep.class);

    private final Ledger ledger;
    private final Books books;

    /** A step on this ledger. */
    public FailStep(Ledger ledger, InstantSource clock, RunListener listener) {
        this.ledger = ledger;
        this.books = new Books(ledger, clock, listener);
    }

    @Override
    public void process(Exchange exchange) {
        SyncRun run = exchange.getMessage().getBody(SyncRun.class);
        if (run != null) {
            on(run, exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
        }
    }

    /** Closes the books of a run that threw this. */
    public void on(SyncRun run, Throwable cause) {
        if (!run.isClaimed()) {
            return;
        }
        run.underWay().close();
        try {
            books.close(run, RunState.FAILED, account(run, cause), oneLine(cause));
        } catch (CaravanException e) {
            LOG.warn(
                    "run {} could not be recorded as failed; the next run of {} closes it",
                    run.id(),
                    run.mapping().id(),
                    e);
        }
    }

    private Accounting account(SyncRun run, Throwable cause) {
        Optional<Plan> sealed = ledger.planOfRun(run.id());
        if (sealed.isEmpty()) {
            ledger.dropRows(run.lease(), run.id());
            return Accounting.NONE;
        }
        // One that waits for a person goes on waiting.
        if (sealed.get().state() == PlanState.OPEN) {
            ledger.hold(run.lease(), run.id(), reason(cause), ledger.pending(run.id()));
        }
        return ledger.account(run.id());
    }

    private static String reason(Throwable cause) {
        return switch (cause instanceof CaravanException known
                ? known.problems().getFirst().code()
                : Code.RUN_DEFECT) {
            case RUN_PAUSED -> "paused";
            case RUN_STOPPED -> "stopped";
            default -> "failed";
        };
    }

    private static String oneLine(Throwable cause) {
        return cause instanceof CaravanException known
                ? known.problems().getFirst().oneLine()
                : "unexpected " + cause.getClass().getSimpleName();
    }
}
