package dev.caravan.cli.text;

import dev.caravan.app.json.Words;
import dev.caravan.run.Accounting;
import dev.caravan.run.Run;
import java.io.PrintStream;
import java.util.List;

/** Runs, one line each. */
public final class RunsText {

    private RunsText() {}

    /** The state, and of a held run what became of its plan. */
    static String state(Run run) {
        return run.decided() == null ? Words.of(run.state()) : Words.of(run.state()) + ", plan " + run.decided();
    }

    /** Prints runs in the order given. */
    public static void print(PrintStream out, List<Run> runs) {
        if (runs.isEmpty()) {
            out.println("no runs yet");
            return;
        }
        Table table = new Table(
                "RUN",
                "MAPPING",
                "STARTED",
                "BY",
                "STATE",
                "ROWS",
                "+",
                "~",
                "-",
                "ACCEPTED",
                "REJECTED",
                "HELD",
                "UNKNOWN",
                "SUPERSEDED");
        runs.forEach(run -> row(table, run));
        table.print(out);
        runs.stream()
                .filter(run -> run.error() != null)
                .forEach(run -> out.println("run " + run.id() + ": " + run.error()));
    }

    private static void row(Table table, Run run) {
        Accounting end = run.accounting();
        table.row(
                Long.toString(run.id()),
                run.mapping().value(),
                Figures.at(run.started()),
                Words.of(run.trigger()),
                state(run),
                Figures.count(run.rows()),
                Figures.count(run.added()),
                Figures.count(run.changed()),
                Figures.count(run.removed()),
                Figures.count(end.accepted()),
                Figures.count(end.rejected()),
                Figures.count(end.held()),
                Figures.count(end.unknown()),
                Figures.count(end.superseded()));
    }
}
