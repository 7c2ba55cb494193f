package dev.caravan.app;

import dev.caravan.ledger.Ledger;
import dev.caravan.mapping.FieldSets;
import dev.caravan.pipeline.ApproveStep;
import dev.caravan.pipeline.BaseStep;
import dev.caravan.pipeline.CheckStep;
import dev.caravan.pipeline.ClaimStep;
import dev.caravan.pipeline.CutStep;
import dev.caravan.pipeline.Destinations;
import dev.caravan.pipeline.DiffStep;
import dev.caravan.pipeline.FailStep;
import dev.caravan.pipeline.GuardStep;
import dev.caravan.pipeline.LiveRuns;
import dev.caravan.pipeline.MapStep;
import dev.caravan.pipeline.OpenStep;
import dev.caravan.pipeline.ReadStep;
import dev.caravan.pipeline.RecoverStep;
import dev.caravan.pipeline.RunListener;
import dev.caravan.pipeline.SendStep;
import dev.caravan.pipeline.SettleStep;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The steps of a run under the names that {@code routes/} uses. */
final class Steps implements AutoCloseable {

    /** Without a bound of its own: the connections' places are one, and a run that waits for a place must not take another's thread. */
    private final ExecutorService deliverers = Executors.newCachedThreadPool(
            Thread.ofPlatform().name("caravan-deliver-", 1).daemon().factory());

    /** Binds every step. */
    void bind(
            Spine spine,
            Stores stores,
            Destinations destinations,
            FieldSets definitions,
            InstantSource clock,
            LiveRuns live,
            RunListener listener) {
        Ledger ledger = stores.ledger();
        spine.bind("claim", new ClaimStep(ledger, live, clock));
        spine.bind("open", new OpenStep(stores.engine(), destinations, stores.shelf()));
        spine.bind("recover", new RecoverStep(ledger, clock, listener));
        spine.bind("read", new ReadStep());
        spine.bind("check", new CheckStep());
        spine.bind("diff", new DiffStep());
        spine.bind("map", new MapStep(ledger, definitions, clock));
        spine.bind("guard", new GuardStep(ledger, clock));
        spine.bind("base", new BaseStep(ledger));
        spine.bind("approve", new ApproveStep(ledger));
        spine.bind("cut", new CutStep(ledger));
        spine.bind("send", new SendStep());
        spine.bind("settle", new SettleStep(ledger, clock, listener));
        spine.bind("fail", new FailStep(ledger, clock, listener));
        spine.bind("deliverers", deliverers);
    }

    @Override
    public void close() {
        deliverers.shutdownNow();
    }
}
