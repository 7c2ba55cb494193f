package dev.caravan.cli.demo;

import dev.caravan.app.api.Servers;
import dev.caravan.app.lock.Ownership.Owned;
import dev.caravan.app.lock.Ownership.OwnedByOther;
import dev.caravan.app.lock.WorkspaceLock;
import dev.caravan.app.owner.OwnedWorkspace;
import dev.caravan.config.Workspace;
import dev.caravan.config.settings.Environment;
import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import java.nio.file.Path;

/** The stage in this process, which owns the workspace until the end. */
public final class OwnStage implements Stage {

    private final String version;

    /** A stage whose metrics name this version. */
    public OwnStage(String version) {
        this.version = version;
    }

    @Override
    public Play open(Path workspace, Servers servers, Environment values) {
        Path state = Workspace.settings(workspace).state().folder();
        return switch (WorkspaceLock.acquire(state)) {
            case Owned owned -> play(OwnedWorkspace.open(workspace, owned.lock(), servers, false, values, version));
            case OwnedByOther other -> throw locked(state);
        };
    }

    static EnvironmentFailure locked(Path state) {
        return new EnvironmentFailure(Problem.of(
                Code.STATE_LOCKED,
                "another process owns " + state + ", perhaps a demo that is still up",
                "end it with Ctrl-C first"));
    }

    private static Play play(OwnedWorkspace owned) {
        return new Play(
                owned.operations(), owned.servers().api(), owned.servers().management(), owned::follow, owned::close);
    }
}
