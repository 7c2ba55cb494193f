package dev.caravan.pipeline;

import dev.caravan.destination.Batch;

/** One batch of a run: the body of the exchange that sends it. */
public record Parcel(SyncRun run, Batch batch) {}
