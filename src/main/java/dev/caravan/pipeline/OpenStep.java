package dev.caravan.pipeline;

import dev.caravan.mapping.MappingId;
import dev.caravan.source.Engine;

/** Step 2: bind the destination and open the mapping's snapshot. Asks the destination only what was never asked before. */
public final class OpenStep implements Step {

    private final Engine engine;
    private final Destinations destinations;
    private final Shelf shelf;

    /** A step on this engine and these destinations. */
    public OpenStep(Engine engine, Destinations destinations) {
        this(engine, destinations, Shelf.NONE);
    }

    /** The same where other workers have snapshots too. */
    public OpenStep(Engine engine, Destinations destinations, Shelf shelf) {
        this.engine = engine;
        this.destinations = destinations;
        this.shelf = shelf;
    }

    @Override
    public void on(SyncRun run) {
        run.beat("open", 0, -1);
        TargetSession target = destinations.bind(run);
        MappingId mapping = run.mapping().id();
        long epoch = run.lease().epoch();
        shelf.fetch(mapping, epoch);
        run.opened(engine.open(run.mapping(), target.keyEquality()), target);
        run.afterClosing(() -> shelf.publish(mapping, epoch));
    }
}
