package dev.caravan.cli.act;

import dev.caravan.cli.Console;
import dev.caravan.cli.Desk;
import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import java.io.IOException;
import picocli.CommandLine.Option;

/** A person's yes to what cannot be taken back: asked on a terminal, else given by {@code --yes}. */
final class Confirmation {

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    /** Refuses to go on without one ({@code usage}). */
    void require(Desk desk, String command, String question) {
        if (!yes && !confirmed(desk.console(), question)) {
            throw new InvalidInput(Problem.of(
                    Code.USAGE,
                    command + " was not confirmed, nothing is changed",
                    "say --yes, or answer yes on a terminal"));
        }
    }

    private static boolean confirmed(Console console, String question) {
        if (!console.terminal()) {
            return false;
        }
        console.err().print(question + " [yes/no] ");
        console.err().flush();
        try {
            String answer = console.in().readLine();
            return answer != null && answer.strip().equalsIgnoreCase("yes");
        } catch (IOException e) {
            throw new EnvironmentFailure(Problem.of(Code.STATE_IO, "the terminal cannot be read", "say --yes"));
        }
    }
}
