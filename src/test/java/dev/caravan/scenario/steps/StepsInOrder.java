package dev.caravan.scenario.steps;

import dev.caravan.delivery.link.Time;
import dev.caravan.ledger.Ledger;
import dev.caravan.mapping.Mapping;
import dev.caravan.pipeline.CheckStep;
import dev.caravan.pipeline.ClaimStep;
import dev.caravan.pipeline.CutStep;
import dev.caravan.pipeline.Destinations;
import dev.caravan.pipeline.DiffStep;
import dev.caravan.pipeline.GuardStep;
import dev.caravan.pipeline.LeaseWatch;
import dev.caravan.pipeline.LiveRuns;
import dev.caravan.pipeline.MapStep;
import dev.caravan.pipeline.Mode;
import dev.caravan.pipeline.OpenStep;
import dev.caravan.pipeline.Order;
import dev.caravan.pipeline.Parcel;
import dev.caravan.pipeline.ReadStep;
import dev.caravan.pipeline.RecoverStep;
import dev.caravan.pipeline.RunListener;
import dev.caravan.pipeline.SendStep;
import dev.caravan.pipeline.SettleStep;
import dev.caravan.pipeline.Step;
import dev.caravan.pipeline.SyncRun;
import dev.caravan.run.Trigger;
import dev.caravan.source.Engine;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The product's steps in the order of the route {@code sync}, for one mapping. What a step throws reaches the caller; who plays a run
 * closes its session.
 *
 * @param atOnce how many batches are sent at once
 */
public record StepsInOrder(
        Mapping mapping,
        Ledger ledger,
        Engine engine,
        Destinations destinations,
        LeaseWatch leases,
        Time time,
        int atOnce) {

    /** A run that no step has seen. */
    public SyncRun begun() {
        Order order = new Order(
                mapping, Mode.SYNC, Trigger.COMMAND, Optional.empty(), Optional.empty(), (step, done, total) -> {});
        return new SyncRun(order, time.monitors().get());
    }

    /** The steps up to a sealed plan, by name and in order. */
    public Map<String, Step> planning() {
        Map<String, Step> steps = new LinkedHashMap<>();
        LiveRuns live = new LiveRuns(time.monitors().get(), leases);
        steps.put("claim", new ClaimStep(ledger, live, time.clock()));
        steps.put("open", new OpenStep(engine, destinations));
        steps.put("recover", new RecoverStep(ledger, time.clock(), RunListener.NONE));
        steps.put("read", new ReadStep());
        steps.put("check", new CheckStep());
        steps.put("diff", new DiffStep());
        steps.put("map", new MapStep(ledger, definition -> mapping.fields(), time.clock()));
        steps.put("guard", new GuardStep(ledger, time.clock()));
        return steps;
    }

    /** Plays a run from claim to settle. */
    public void play(SyncRun run) {
        planning().values().forEach(step -> step.on(run));
        if (run.isDeliverable()) {
            new CutStep(ledger).on(run);
            deliver(run);
        }
        new SettleStep(ledger, time.clock(), RunListener.NONE).on(run);
    }

    private void deliver(SyncRun run) {
        SendStep send = new SendStep();
        try (ExecutorService deliverers = Executors.newFixedThreadPool(atOnce)) {
            for (Iterator<Parcel> parcels = run.parcels(); parcels.hasNext(); ) {
                Parcel parcel = parcels.next();
                deliverers.execute(() -> send.on(parcel));
            }
        }
    }
}
