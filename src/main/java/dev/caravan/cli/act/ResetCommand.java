package dev.caravan.cli.act;

import dev.caravan.app.json.Json;
import dev.caravan.cli.Console;
import dev.caravan.cli.Desk;
import dev.caravan.cli.Exit;
import dev.caravan.mapping.MappingId;
import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code caravan reset NAME}: the snapshot is forgotten, history stays. Asks on a terminal, else wants {@code --yes}. */
@Command(name = "reset", description = "Forget what was synced, so that the next run is a first sync. History stays.")
public final class ResetCommand implements Callable<Integer> {

    private final Desk desk;

    @Mixin
    private final Signature signature = new Signature();

    @Parameters(paramLabel = "NAME", description = "The mapping.")
    private String name = "";

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    public ResetCommand(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        MappingId mapping = Desk.mapping(name);
        if (!yes && !confirmed(mapping)) {
            throw new InvalidInput(Problem.of(
                    Code.USAGE,
                    "reset was not confirmed, nothing is changed",
                    "say --yes, or answer yes on a terminal"));
        }
        desk.tell(operations -> operations.reset(mapping, signature.now(desk)));
        desk.answer(
                Json.object().put("mapping", mapping.value()).put("state", "reset"),
                out -> out.println(mapping + " is reset; its next run is a first sync"));
        return Exit.DONE;
    }

    private boolean confirmed(MappingId mapping) {
        Console console = desk.console();
        if (!console.terminal()) {
            return false;
        }
        console.err().print("Forget what " + mapping + " has synced? The next run sends every row again. [yes/no] ");
        console.err().flush();
        try {
            String answer = console.in().readLine();
            return answer != null && answer.strip().equalsIgnoreCase("yes");
        } catch (IOException e) {
            throw new EnvironmentFailure(Problem.of(Code.STATE_IO, "the terminal cannot be read", "say --yes"));
        }
    }
}
