package dev.caravan.pipeline;

import dev.caravan.destination.Batch;
import java.util.concurrent.Phaser;

/**
 * One batch of a run: the body of the exchange that sends it.
 *
 * @param places of the connection's {@link Slots} that it holds until it ended
 * @param underWay where it is registered until it ended, however it did
 */
public record Parcel(SyncRun run, Batch batch, int places, Phaser underWay) {}
