package dev.caravan.pipeline;

import dev.caravan.destination.Batch;

/**
 * One batch of a run: the body of the exchange that sends it.
 *
 * @param places of the connection's {@link Slots} that it holds until it is through
 */
public record Parcel(SyncRun run, Batch batch, int places) {}
