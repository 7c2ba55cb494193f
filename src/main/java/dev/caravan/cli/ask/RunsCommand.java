package dev.caravan.cli.ask;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.app.json.Json;
import dev.caravan.app.json.RunJson;
import dev.caravan.cli.Desk;
import dev.caravan.cli.Exit;
import dev.caravan.cli.text.RunsText;
import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import dev.caravan.run.Run;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code caravan runs [NAME]}: the newest runs first. */
@Command(name = "runs", description = "List runs, newest first.")
public final class RunsCommand implements Callable<Integer> {

    private final Desk desk;

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "Only this mapping's.")
    private @Nullable String name;

    @Option(names = "--limit", paramLabel = "N", description = "How many at most. Default: ${DEFAULT-VALUE}.")
    private int limit = 20;

    public RunsCommand(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        if (limit < 1) {
            throw new InvalidInput(Problem.of(Code.USAGE, "--limit is " + limit, "ask for one run or more"));
        }
        List<Run> runs =
                desk.ask(operations -> operations.runs(Optional.ofNullable(name).map(Desk::mapping), limit));
        ObjectNode json = Json.object();
        json.set("runs", Json.list(runs, RunJson::write));
        desk.answer(json, out -> RunsText.print(out, runs));
        return Exit.DONE;
    }
}
