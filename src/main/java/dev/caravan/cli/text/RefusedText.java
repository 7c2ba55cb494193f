package dev.caravan.cli.text;

import dev.caravan.ledger.Deliveries.Refused;
import java.io.PrintStream;
import java.util.List;

/** The rows of a run that the destination refused, one line each. */
public final class RefusedText {

    private RefusedText() {}

    /** Prints rows in the order given. */
    public static void print(PrintStream out, long run, List<Refused> rows) {
        if (rows.isEmpty()) {
            out.println("the destination refused nothing of run " + run);
            return;
        }
        Table table = new Table("KEY", "CODE", "FIELD");
        rows.forEach(row -> table.row(
                Figures.printable(row.key()),
                Figures.printable(row.code()),
                row.field() == null ? "-" : Figures.printable(row.field())));
        table.print(out);
    }
}
