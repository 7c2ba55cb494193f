package dev.caravan.pipeline;

import dev.caravan.mapping.TargetSchema;
import java.time.Duration;
import java.util.Optional;

/** Destination objects as last described, kept over restarts, so that a run without changes need not ask. */
public interface TargetSchemas {

    /** The last description of an object. */
    Optional<TargetSchema> cached(String connection, String object);

    /** How long ago that was, on the worker's clock; empty if there is none. */
    Optional<Duration> age(String connection, String object);

    /** Keeps a description. */
    void keep(String connection, TargetSchema schema);
}
