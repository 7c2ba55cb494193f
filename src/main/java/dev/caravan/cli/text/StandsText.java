package dev.caravan.cli.text;

import dev.caravan.app.Operations.Stands;
import dev.caravan.app.json.Words;
import dev.caravan.ledger.Replays.Standing;
import dev.caravan.run.Rejection;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** Rejections that stand: how many by reason, then one line each. */
public final class StandsText {

    private StandsText() {}

    /** Prints them in the order given, and what a person does about them. */
    public static void print(PrintStream out, Stands stands) {
        if (stands.reasons().isEmpty()) {
            out.println("no rejection stands");
        } else {
            rejections(out, stands);
        }
        if (stands.inDoubt() > 0) {
            out.println();
            doubts(out, stands);
        }
    }

    private static void doubts(PrintStream out, Stands stands) {
        out.println(Figures.count(stands.inDoubt(), "key") + " in doubt: a request left and nobody answered");
        Table rows = new Table("MAPPING", "KEY", "SENT", "RUN", "SINCE", "SAID");
        stands.doubtful()
                .forEach(row -> rows.row(
                        row.mapping().value(),
                        Figures.printable(row.shown()),
                        Words.of(row.kind()),
                        Long.toString(row.run()),
                        Figures.at(row.since()),
                        row.word().map(Words::of).orElse("-")));
        rows.print(out);
        more(out, stands.inDoubt() - stands.doubtful().size());
        out.println(
                "What was sent: caravan record KEY. What the next run does about them: caravan plan NAME. Inserts that it"
                        + " holds, after looking: caravan replay NAME --unknown resend|drop|hold [--key KEY]");
    }

    private static void more(PrintStream out, long rows) {
        if (rows > 0) {
            out.println("… and " + Figures.count(rows) + " more; --limit N shows more");
        }
    }

    private static void rejections(PrintStream out, Stands stands) {
        Table reasons = new Table("ROWS", "CODE", "FIELD");
        stands.reasons()
                .forEach(reason -> reasons.row(
                        Figures.count(reason.rows()), Figures.printable(reason.code()), field(reason.field())));
        reasons.print(out);
        out.println();
        Table rows = new Table("MAPPING", "KEY", "CODE", "FIELD", "RUN", "SINCE");
        stands.rows().forEach(row -> row(rows, row));
        rows.print(out);
        long more = stands.reasons().stream().mapToLong(Rejection::rows).sum()
                - stands.rows().size();
        more(out, more);
        out.println(
                "The words of a refusal: caravan record KEY. Once it is put right: caravan replay NAME [--key KEY]");
    }

    private static void row(Table table, Standing row) {
        table.row(
                row.mapping().value(),
                Figures.printable(row.shown()),
                Figures.printable(row.code()),
                field(row.field()),
                Long.toString(row.run()),
                Figures.at(row.since()));
    }

    private static String field(@Nullable String field) {
        return field == null ? "-" : Figures.printable(field);
    }
}
