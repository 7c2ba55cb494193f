package dev.caravan.cli.ask;

import dev.caravan.app.Operations.Stands;
import dev.caravan.app.json.ReplayJson;
import dev.caravan.cli.Desk;
import dev.caravan.cli.Exit;
import dev.caravan.cli.text.StandsText;
import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code caravan rejected [NAME]}: what the destination refused and is not planned again by itself, and keys in doubt. */
@Command(
        name = "rejected",
        description =
                "List what waits for a person, with the keys: what the destination refused, and requests without an answer.")
public final class RejectedCommand implements Callable<Integer> {

    private final Desk desk;

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "Only this mapping's.")
    private @Nullable String name;

    @Option(names = "--limit", paramLabel = "N", description = "How many rows at most. Default: ${DEFAULT-VALUE}.")
    private int limit = 20;

    public RejectedCommand(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        if (limit < 1) {
            throw new InvalidInput(Problem.of(Code.USAGE, "--limit is " + limit, "ask for one row or more"));
        }
        Stands stands = desk.ask(
                operations -> operations.rejected(Optional.ofNullable(name).map(Desk::mapping), limit));
        desk.answer(ReplayJson.writeStands(stands), out -> StandsText.print(out, stands));
        return Exit.DONE;
    }
}
