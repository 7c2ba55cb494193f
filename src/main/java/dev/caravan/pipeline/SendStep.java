package dev.caravan.pipeline;

import dev.caravan.destination.Batch;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Sends one batch: intent, requests, outcomes. As many at once as the connection has places. */
public final class SendStep implements Processor {

    @Override
    public void process(Exchange exchange) {
        on(exchange.getMessage().getBody(Parcel.class));
    }

    /** Sends it, if there is a batch in it. Whatever goes wrong is noted on its run. */
    public void on(Parcel parcel) {
        parcel.batch().ifPresent(batch -> {
            SyncRun run = parcel.run();
            try {
                run.underWay().during(() -> send(run, batch));
            } finally {
                run.target().slots().give(run, batch.job());
                run.underWay().arrived();
            }
        });
    }

    private static void send(SyncRun run, Batch batch) {
        TargetSession target = run.target();
        if (!run.isCutShort()) {
            Noted.on(run, () -> target.deliver(batch)).ifPresent(run::sent);
        }
    }
}
