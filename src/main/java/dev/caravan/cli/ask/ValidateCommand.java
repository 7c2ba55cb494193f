package dev.caravan.cli.ask;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.app.WorkspaceLoader;
import dev.caravan.app.json.ProblemJson;
import dev.caravan.cli.Desk;
import dev.caravan.cli.Door.Opened;
import dev.caravan.cli.Exit;
import dev.caravan.config.LoadResult;
import dev.caravan.config.ProblemPrinter;
import dev.caravan.config.settings.Environment;
import dev.caravan.problem.CaravanException;
import dev.caravan.problem.Problem;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code caravan validate}: every problem of every file, each at its place. Exits 2 if there is one. */
@Command(name = "validate", description = "Check every file of the workspace and print every problem.")
public final class ValidateCommand implements Callable<Integer> {

    /** Beginnings of codes that no file is to blame for. */
    private static final List<String> SURROUNDINGS = List.of(
            "destination.",
            "run.",
            "state.",
            "ledger.",
            "owner.",
            "environment.",
            "secret.missing",
            "model.unreadable");

    private final Desk desk;

    @Option(
            names = "--connect",
            description =
                    "Ask the warehouse what every model looks like now, and every destination whether its mappings fit.")
    private boolean connect;

    public ValidateCommand(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        LoadResult result = new WorkspaceLoader(
                        desk.workspace(), Environment.PROCESS, desk.console().clock())
                .checked(connect);
        List<Problem> unfit = connect ? unfit(result.problems()) : List.of();
        int exit = exit(result.problems(), unfit);
        List<Problem> all =
                Stream.concat(result.problems().stream(), unfit.stream()).toList();
        ObjectNode json = ProblemJson.write(all, exit);
        json.put("mappings", result.loaded().size());
        json.set(
                "notes",
                result.notes().stream()
                        .collect(
                                JsonNodeFactory.instance::arrayNode,
                                (list, note) -> list.add(note),
                                (list, more) -> list.addAll(more)));
        desk.answer(json, out -> text(out, result, all));
        return exit;
    }

    /** What the destinations say, but for what the files say already. */
    private List<Problem> unfit(List<Problem> known) {
        List<Problem> found;
        try (Opened opened = desk.door().open(desk.workspace())) {
            found = opened.diagnosis().targets();
        } catch (CaravanException failure) {
            found = failure.problems();
        }
        return found.stream()
                .filter(problem -> known.stream()
                        .noneMatch(same ->
                                same.code() == problem.code() && same.message().equals(problem.message())))
                .toList();
    }

    /** A destination that does not answer is no fault of the files. */
    private static int exit(List<Problem> files, List<Problem> unfit) {
        boolean invalid = Stream.concat(files.stream(), unfit.stream())
                .anyMatch(problem -> SURROUNDINGS.stream()
                        .noneMatch(kind -> problem.code().text().startsWith(kind)));
        return invalid ? Exit.INVALID : unfit.isEmpty() ? Exit.DONE : Exit.ENVIRONMENT;
    }

    private void text(PrintStream out, LoadResult result, List<Problem> all) {
        if (!all.isEmpty()) {
            out.println(new ProblemPrinter(desk.console().lively()).text(all));
        }
        result.notes().forEach(note -> out.println("note: " + note));
        int problems = all.size();
        out.println(
                problems == 0
                        ? "good: " + mappings(result.loaded().size())
                                + (connect ? "; what is mapped fits the destinations" : "")
                        : problems + (problems == 1 ? " problem" : " problems") + "; "
                                + mappings(result.loaded().size()) + " can be used");
    }

    private static String mappings(int count) {
        return count + (count == 1 ? " mapping" : " mappings");
    }
}
