package dev.caravan.pipeline;

import dev.caravan.delivery.BatchDelivery;
import dev.caravan.problem.CaravanException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Sends one batch: intent, requests, outcomes. As many at once as the connection's concurrency. */
public final class SendStep implements Processor {

    @Override
    public void process(Exchange exchange) throws InterruptedException {
        Parcel parcel = exchange.getMessage().getBody(Parcel.class);
        SyncRun run = parcel.run();
        TargetSession target = run.target();
        // Taken before the intent: what a crash leaves unresolved is at most concurrency x batch rows (invariant I5).
        target.slots().acquire();
        try {
            if (!run.isCutShort()) {
                BatchDelivery delivery = target.delivery();
                run.sent(delivery.deliver(run.lease(), run.id(), parcel.batch(), target.stop(), run.counter()));
            }
        } catch (CaravanException e) {
            run.broke(e);
        } finally {
            target.slots().release();
        }
    }
}
