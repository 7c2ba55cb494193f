package dev.caravan.cli.demo;

import dev.caravan.app.lock.WorkspaceLock;
import dev.caravan.config.settings.WorkspaceConfig;
import dev.caravan.ledger.Ledger;
import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import dev.caravan.store.sqlite.SqliteLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The demo begins with nothing. It removes the state that an earlier demo made, which left a mark, and no other. */
final class DemoState {

    private static final String MARK = "made-by-caravan-demo";

    private final WorkspaceConfig config;
    private final Path mark;
    private final Path exports;

    private DemoState(DemoWorkspace workspace) {
        this.config = workspace.config();
        this.mark = workspace.warehouse().resolveSibling(MARK);
        this.exports = workspace.exports();
    }

    /**
     * Makes room.
     *
     * @throws InvalidInput ({@code demo.workspace}) if there are runs that no demo made
     * @throws EnvironmentFailure if another process owns the workspace, or the folder cannot be written
     */
    static void startAfresh(DemoWorkspace workspace) {
        DemoState state = new DemoState(workspace);
        try {
            state.requireOurs();
            state.clear();
        } catch (IOException e) {
            throw new EnvironmentFailure(Problem.of(
                    Code.STATE_IO,
                    "the state folder cannot be used: "
                            + workspace.config().state().folder(),
                    "check that it has room and is writable by this user"));
        }
    }

    private void requireOurs() throws IOException {
        Path folder = config.state().folder();
        if (config.state().server().isPresent()) {
            throw new InvalidInput(Problem.of(
                    Code.DEMO_WORKSPACE,
                    "the ledger of this workspace is on a server, which others may use",
                    "run the demo in a fresh clone"));
        }
        if (WorkspaceLock.owner(folder).isPresent()) {
            throw OwnStage.locked(folder);
        }
        if (!Files.exists(mark) && used()) {
            throw new InvalidInput(Problem.of(
                    Code.DEMO_WORKSPACE,
                    folder + " holds runs that the demo did not make",
                    "run the demo in a fresh clone, or move that folder away if nobody needs it"));
        }
    }

    /** A ledger that a command made only to look into it holds no run. */
    private boolean used() {
        Path ledger = config.state().ledger();
        if (!Files.exists(ledger)) {
            return false;
        }
        try (Ledger open = SqliteLedger.open(ledger, InstantSource.system())) {
            return !open.runs(Optional.empty(), 1).isEmpty();
        }
    }

    private void clear() throws IOException {
        Path folder = config.state().folder();
        Path ledger = config.state().ledger();
        for (Path path : List.of(
                ledger,
                ledger.resolveSibling(ledger.getFileName() + "-wal"),
                ledger.resolveSibling(ledger.getFileName() + "-shm"),
                config.state().snapshots(),
                folder.resolve("schemas"),
                folder.resolve("targets"),
                exports,
                mark.resolveSibling("warehouse.duckdb"),
                mark.resolveSibling("warehouse.duckdb.wal"))) {
            delete(path);
        }
        Files.createDirectories(exports);
        Files.writeString(mark, "caravan demo made the state beside this file and removes it when it begins again.\n");
    }

    private static void delete(Path path) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> all = Files.walk(path)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
