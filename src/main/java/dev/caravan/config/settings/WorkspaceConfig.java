package dev.caravan.config.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What {@code caravan.yaml} says, every path absolute.
 *
 * @param root the workspace folder
 */
public record WorkspaceConfig(Path root, Connections connections, State state, Engine engine, Server server) {

    /**
     * Where state is kept.
     *
     * @param ledger the SQLite file of the ledger, which is not there if a server keeps it
     * @param snapshots the folder with one snapshot file a mapping; with a server, what all workers share
     * @param keep how long what is kept of the past is kept
     * @param server the server that keeps the ledger, if one does
     */
    public record State(Path ledger, Path snapshots, Keep keep, Optional<LedgerServer> server) {

        /** Where this worker's engine has its snapshot files. */
        public Path own() {
            return server.isPresent() ? folder().resolve("own-snapshots") : snapshots;
        }

        /** Where workers hand each other their snapshots, if there may be several. */
        public Optional<Path> shared() {
            return server.map(any -> snapshots);
        }

        /** The folder for everything else that is kept: locks, cached schemas. */
        public Path folder() {
            Path parent = ledger.getParent();
            return parent == null ? ledger.toAbsolutePath().getRoot() : parent;
        }
    }

    /**
     * How long the ledger keeps what nothing needs any more.
     *
     * @param journal plan rows, intents and outcomes of old runs
     * @param values what was sent
     */
    public record Keep(Duration journal, Duration values) {

        /** A month to look back, and a quarter to explain a value. */
        public static final Keep DEFAULT = new Keep(Duration.ofDays(30), Duration.ofDays(90));
    }

    /**
     * Limits of the embedded engine.
     *
     * @param memoryBytes the most memory it may use
     * @param temp where it spills to
     */
    public record Engine(long memoryBytes, int threads, Path temp) {}

    /**
     * Local ports, 0 for any free one.
     *
     * @param port the API
     * @param managementPort metrics and health
     */
    public record Server(int port, int managementPort) {}

    /** What holds where the file says nothing. */
    public static WorkspaceConfig defaults(Path root) {
        return new WorkspaceConfig(
                root,
                Connections.UNREADABLE,
                new State(
                        root.resolve("state/ledger.db"),
                        root.resolve("state/snapshots"),
                        Keep.DEFAULT,
                        Optional.empty()),
                new Engine(1_000_000_000L, 2, root.resolve("state/tmp")),
                new Server(0, 9876));
    }
}
