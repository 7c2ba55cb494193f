package dev.caravan.cli.text;

import dev.caravan.problem.Place;
import dev.caravan.problem.Problem;
import java.io.PrintStream;
import java.util.List;

/** Problems as compilers print them: place and message, the line with a caret, what to do, the code. */
public final class ProblemText {

    private ProblemText() {}

    /** Prints all problems in the order given. */
    public static void print(PrintStream out, List<Problem> problems) {
        problems.forEach(problem -> print(out, problem));
    }

    private static void print(PrintStream out, Problem problem) {
        Place place = problem.place();
        out.println((place == null ? "" : place + "  ") + problem.message() + "  ["
                + problem.code().text() + "]");
        if (problem.excerpt() != null) {
            out.println("    " + problem.excerpt());
            if (place != null && place.column() > 0) {
                out.println("    " + " ".repeat(place.column() - 1) + "^");
            }
        }
        if (!problem.suggestion().isEmpty()) {
            out.println("  → " + problem.suggestion());
        }
    }
}
