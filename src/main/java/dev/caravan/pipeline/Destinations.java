package dev.caravan.pipeline;

/** Every destination of the workspace, by connection name. */
@FunctionalInterface
public interface Destinations {

    /** The run's own view of its mapping's destination; {@code InvalidInput} if its connection does not exist. */
    TargetSession bind(SyncRun run);
}
