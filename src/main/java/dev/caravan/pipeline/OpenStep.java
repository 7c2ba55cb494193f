package dev.caravan.pipeline;

import dev.caravan.source.Engine;

/** Step 2: bind the destination and open the mapping's snapshot. Asks the destination only what was never asked before. */
public final class OpenStep implements Step {

    private final Engine engine;
    private final Destinations destinations;

    /** A step on this engine and these destinations. */
    public OpenStep(Engine engine, Destinations destinations) {
        this.engine = engine;
        this.destinations = destinations;
    }

    @Override
    public void on(SyncRun run) {
        run.beat("open", 0, -1);
        TargetSession target = destinations.bind(run);
        run.opened(engine.open(run.mapping(), target.keyEquality()), target);
    }
}
