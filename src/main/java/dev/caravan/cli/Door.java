package dev.caravan.cli;

import dev.caravan.app.Diagnosis;
import dev.caravan.app.Operations;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** The way into a workspace. Throws the {@code CaravanException} that says why it stays shut. */
public interface Door {

    /** Opens a workspace through the process that owns it or, if nobody does, in this process until the end of the command. */
    Opened open(Path workspace);

    /** Opens a workspace as its owner, with schedules; fails with {@code state.locked} if another process owns it. */
    Opened serve(Path workspace, Ports ports);

    /**
     * An open workspace.
     *
     * @param owner the API of the process that owns it; its own when it is this one, empty when none is served
     * @param management base of health and metrics, if this process serves them
     * @param release lets it go
     */
    record Opened(
            Operations operations, Diagnosis diagnosis, Optional<URI> owner, Optional<URI> management, Runnable release)
            implements AutoCloseable {
        @Override
        public void close() {
            release.run();
        }
    }

    /**
     * Where a worker listens.
     *
     * @param api port of the local API, always on the loopback address; 0 for any free one, empty for what caravan.yaml says
     * @param managementHost address of health and metrics
     * @param management port of health and metrics; 0 for any free one, empty for what caravan.yaml says
     */
    record Ports(Optional<Integer> api, String managementHost, Optional<Integer> management) {}
}
