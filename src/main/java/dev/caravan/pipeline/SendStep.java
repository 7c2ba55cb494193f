package dev.caravan.pipeline;

import dev.caravan.delivery.DeliveryReport;
import dev.caravan.destination.Batch;
import dev.caravan.problem.CaravanException;
import dev.caravan.problem.CaravanException.RunFailure;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;

/** Sends one batch: intent, requests, outcomes. As many at once as the connection has places. */
public final class SendStep implements Processor {

    @Override
    public void process(Exchange exchange) throws InterruptedException {
        Parcel parcel = exchange.getMessage().getBody(Parcel.class);
        try {
            send(parcel);
        } finally {
            parcel.underWay().arriveAndDeregister();
        }
    }

    private static void send(Parcel parcel) throws InterruptedException {
        SyncRun run = parcel.run();
        TargetSession target = run.target();
        try {
            if (!run.isCutShort()) {
                send(run, target, parcel.batch());
            }
        } finally {
            target.slots().give(parcel.places());
        }
    }

    /** Whatever goes wrong is noted on the run and thrown in settle: the split must not end while batches are on their way. */
    private static void send(SyncRun run, TargetSession target, Batch batch) throws InterruptedException {
        FutureTask<DeliveryReport> delivery = new FutureTask<>(
                () -> target.delivery().deliver(run.lease(), run.id(), batch, target.sender(), target.stop()));
        delivery.run();
        try {
            run.sent(delivery.get());
        } catch (ExecutionException e) {
            run.broke(e.getCause() instanceof CaravanException known ? known : defect(e.getCause()));
        }
    }

    private static RunFailure defect(@Nullable Throwable cause) {
        String name = cause == null ? "nothing" : cause.getClass().getSimpleName();
        return new RunFailure(Problem.of(
                Code.RUN_DEFECT,
                "a batch failed in a way nobody foresaw: " + name,
                "this is a defect of Caravan; the rows of the batch are recovered by the next run"));
    }
}
