package dev.caravan.cli;

import dev.caravan.app.api.RemoteOperations;
import dev.caravan.app.api.Servers;
import dev.caravan.app.lock.OwnerNote;
import dev.caravan.app.lock.Ownership;
import dev.caravan.app.lock.Ownership.Owned;
import dev.caravan.app.lock.Ownership.OwnedByOther;
import dev.caravan.app.lock.WorkspaceLock;
import dev.caravan.app.owner.OwnedWorkspace;
import dev.caravan.config.Workspace;
import dev.caravan.config.settings.WorkspaceConfig;
import dev.caravan.problem.CaravanException;
import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The real door. Nothing of Camel or the engine is loaded on the way to another process that owns the workspace. An owner that does
 * not say where it listens is starting, ending or a quick command: it is waited for.
 */
final class ProcessDoor implements Door {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final InstantSource clock = InstantSource.system();
    private final GoodOrder order;

    ProcessDoor(GoodOrder order) {
        this.order = order;
    }

    @Override
    public Opened open(Path workspace) {
        Path state = Workspace.settings(workspace).state().folder();
        return switch (settled(state)) {
            case Owned owned -> {
                OwnedWorkspace ours =
                        OwnedWorkspace.open(workspace, owned.lock(), Servers.quiet(), false, Version.text());
                yield here(ours, order.of(ours));
            }
            case OwnedByOther other -> there(other.owner().orElseThrow(() -> locked(state)));
        };
    }

    @Override
    public Opened serve(Path workspace, Ports ports) {
        WorkspaceConfig settings = Workspace.settings(workspace);
        return switch (settled(settings.state().folder())) {
            case Owned owned -> {
                Servers servers = servers(settings, ports, owned.lock());
                OwnedWorkspace ours = OwnedWorkspace.open(workspace, owned.lock(), servers, true, Version.text());
                yield here(ours, ours::close);
            }
            case OwnedByOther other -> throw locked(settings.state().folder());
        };
    }

    /** Only who owns the workspace asks for its ports: another worker of it has them already, and is what is to be told. */
    private static Servers servers(WorkspaceConfig settings, Ports ports, WorkspaceLock lock) {
        try {
            return new Servers(
                    ports.api().orElse(settings.server().port()),
                    ports.managementHost(),
                    ports.management().orElse(settings.server().managementPort()));
        } catch (CaravanException failure) {
            lock.close();
            throw failure;
        }
    }

    /** Ours, or the other's address, or still none after some patience; an interrupt ends that. */
    private Ownership settled(Path state) {
        Instant until = clock.instant().plus(PATIENCE);
        Ownership ownership = WorkspaceLock.acquire(state);
        while (ownership.equals(new OwnedByOther(Optional.empty()))
                && clock.instant().isBefore(until)
                && paused()) {
            ownership = WorkspaceLock.acquire(state);
        }
        return ownership;
    }

    private static boolean paused() {
        try {
            Thread.sleep(PAUSE);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Opened here(OwnedWorkspace owned, Runnable release) {
        return new Opened(
                owned.operations(),
                owned.diagnosis(),
                Optional.of(owned.servers().api()),
                Optional.of(owned.servers().management()),
                release);
    }

    private static Opened there(OwnerNote owner) {
        RemoteOperations remote = new RemoteOperations(owner);
        return new Opened(remote, remote, Optional.of(owner.api()), Optional.empty(), () -> {});
    }

    private static EnvironmentFailure locked(Path state) {
        String owner = WorkspaceLock.owner(state)
                .flatMap(OwnedByOther::owner)
                .map(OwnerNote::toString)
                .orElse("another process");
        return new EnvironmentFailure(Problem.of(
                Code.STATE_LOCKED, owner + " owns this workspace and " + state, "stop it, or wait until it has ended"));
    }
}
