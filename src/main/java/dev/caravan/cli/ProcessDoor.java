package dev.caravan.cli;

import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import java.nio.file.Path;

/** The real door. */
final class ProcessDoor implements Door {

    @Override
    public Opened open(Path workspace) {
        throw shut();
    }

    @Override
    public Opened serve(Path workspace, Ports ports) {
        throw shut();
    }

    private static EnvironmentFailure shut() {
        return new EnvironmentFailure(Problem.of(Code.STATE_IO, "this build cannot open a workspace yet", ""));
    }
}
