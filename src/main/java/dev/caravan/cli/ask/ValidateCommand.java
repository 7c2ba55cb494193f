package dev.caravan.cli.ask;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.app.WorkspaceLoader;
import dev.caravan.app.json.ProblemJson;
import dev.caravan.cli.Desk;
import dev.caravan.cli.Exit;
import dev.caravan.config.LoadResult;
import dev.caravan.config.ProblemPrinter;
import dev.caravan.config.settings.Environment;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code caravan validate}: every problem of every file, each at its place. Exits 2 if there is one. */
@Command(name = "validate", description = "Check every file of the workspace and print every problem.")
public final class ValidateCommand implements Callable<Integer> {

    private final Desk desk;

    @Option(names = "--connect", description = "Ask the warehouse what every model looks like now.")
    private boolean connect;

    public ValidateCommand(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        LoadResult result = new WorkspaceLoader(
                        desk.workspace(), Environment.PROCESS, desk.console().clock())
                .checked(connect);
        int exit = result.problems().isEmpty() ? Exit.DONE : Exit.INVALID;
        ObjectNode json = ProblemJson.write(result.problems(), exit);
        json.put("mappings", result.loaded().size());
        json.set(
                "notes",
                result.notes().stream()
                        .collect(
                                JsonNodeFactory.instance::arrayNode,
                                (all, note) -> all.add(note),
                                (all, more) -> all.addAll(more)));
        desk.answer(json, out -> text(out, result));
        return exit;
    }

    private void text(PrintStream out, LoadResult result) {
        if (!result.problems().isEmpty()) {
            out.println(new ProblemPrinter(desk.console().lively()).text(result.problems()));
        }
        result.notes().forEach(note -> out.println("note: " + note));
        int problems = result.problems().size();
        out.println(
                problems == 0
                        ? "good: " + mappings(result.loaded().size())
                        : problems + (problems == 1 ? " problem" : " problems") + "; "
                                + mappings(result.loaded().size()) + " can be used");
    }

    private static String mappings(int count) {
        return count + (count == 1 ? " mapping" : " mappings");
    }
}
