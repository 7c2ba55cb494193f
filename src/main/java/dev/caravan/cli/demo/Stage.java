package dev.caravan.cli.demo;

import dev.caravan.app.Operations;
import dev.caravan.app.api.Servers;
import dev.caravan.config.settings.Environment;
import java.net.URI;
import java.nio.file.Path;

/** Where the story is told: a worker that owns the workspace, serves its API and metrics, and runs what it is asked alone. */
@FunctionalInterface
public interface Stage {

    /**
     * Opens a workspace as its owner.
     *
     * @param values what the placeholders of {@code caravan.yaml} stand for
     */
    Play open(Path workspace, Servers servers, Environment values);

    /**
     * An open worker.
     *
     * @param api base of its local API
     * @param management base of health and metrics
     * @param follow from now on the workspace's files are watched and its schedules fire
     * @param end stops it
     */
    record Play(Operations operations, URI api, URI management, Runnable follow, Runnable end) {}
}
