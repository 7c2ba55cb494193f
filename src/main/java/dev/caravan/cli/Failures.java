package dev.caravan.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.app.json.ProblemJson;
import dev.caravan.config.ProblemPrinter;
import dev.caravan.problem.CaravanException;
import dev.caravan.problem.Code;
import dev.caravan.problem.Defect;
import dev.caravan.problem.Problem;
import dev.caravan.problem.Spelling;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** What a person sees when a command does not end well, and the exit code it ends with. */
final class Failures {

    private final Console console;
    private final Globals globals;

    Failures(Console console, Globals globals) {
        this.console = console;
        this.globals = globals;
    }

    /** Arguments that cannot be read. */
    int usage(ParameterException failure, String[] args) {
        Problem problem = Problem.of(Code.USAGE, firstLine(failure), suggestion(failure));
        show(List.of(problem), Exit.INVALID, Arrays.asList(args).contains("--json"));
        return Exit.INVALID;
    }

    /** An exception out of a command. One that is not ours is a defect: where it arose goes to stderr, without the messages (I17). */
    int thrown(Exception failure, CommandLine command, ParseResult parsed) {
        if (failure instanceof CaravanException known) {
            int exit = ProblemJson.exitOf(known);
            show(known.problems(), exit, globals.json);
            return exit;
        }
        console.err().println(Defect.oneLine(failure));
        console.err().println("This is a defect in Caravan; please report it with the lines above.");
        if (globals.json) {
            ObjectNode json = ProblemJson.write(List.of(), Exit.FAILED);
            console.out().println(json.put("defect", failure.getClass().getName()));
        }
        return Exit.FAILED;
    }

    private void show(List<Problem> problems, int exit, boolean json) {
        if (json) {
            console.out().println(ProblemJson.write(problems, exit));
        } else {
            console.err().print(new ProblemPrinter(console.lively()).text(problems));
        }
    }

    private static String suggestion(ParameterException failure) {
        String help = failure.getCommandLine().getCommandSpec().qualifiedName() + " --help";
        if (failure instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            // Whatever is a little alike is suggested there; only what may have been mistyped helps.
            return Spelling.nearest(unmatched.getUnmatched().getFirst(), unmatched.getSuggestions())
                    .map(near -> "did you mean " + near + "? See " + help)
                    .orElse("see " + help);
        }
        return "see " + help;
    }

    private static String firstLine(ParameterException failure) {
        return String.valueOf(failure.getMessage())
                .lines()
                .findFirst()
                .orElse("the arguments cannot be read")
                .replaceFirst("is not an? (int|long)$", "is not a number");
    }
}
