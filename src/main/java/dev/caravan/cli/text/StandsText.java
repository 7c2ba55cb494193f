package dev.caravan.cli.text;

import dev.caravan.app.Operations.Stands;
import dev.caravan.ledger.Replays.Standing;
import dev.caravan.run.Rejection;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** Rejections that stand: how many by reason, then one line each. */
public final class StandsText {

    private StandsText() {}

    /** Prints them in the order given, and how to have them planned again. */
    public static void print(PrintStream out, Stands stands) {
        if (stands.reasons().isEmpty()) {
            out.println("no rejection stands");
            return;
        }
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
        if (more > 0) {
            out.println("… and " + Figures.count(more) + " more; --limit N shows more");
        }
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
