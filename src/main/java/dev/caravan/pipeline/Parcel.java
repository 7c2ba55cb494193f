package dev.caravan.pipeline;

import dev.caravan.destination.Batch;
import java.util.Optional;

/**
 * One batch of a run: the body of the exchange that sends it.
 *
 * @param batch holds a place of the connection's {@link Slots} until it ended; empty where one was promised and the run ended instead
 */
public record Parcel(SyncRun run, Optional<Batch> batch) {}
