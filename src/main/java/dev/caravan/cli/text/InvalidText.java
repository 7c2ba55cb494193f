package dev.caravan.cli.text;

import dev.caravan.app.SyncReport;
import java.io.PrintStream;

/** The rows that are invalid, each with its reasons. */
public final class InvalidText {

    private InvalidText() {}

    /** Prints those that the report names, and how many there are. */
    public static void print(PrintStream out, SyncReport report) {
        if (report.error() != null) {
            out.println(report.error());
        }
        out.println(report.mapping() + "  " + Figures.count(report.invalid()) + " of "
                + Figures.count(report.rows(), "row") + " invalid");
        if (report.quarantined().isEmpty()) {
            return;
        }
        Table table = new Table("KEY", "WHY");
        report.quarantined()
                .forEach(row -> table.row(
                        row.key().isEmpty() ? "∅" : Figures.printable(row.key()), String.join(", ", row.reasons())));
        table.print(out);
        long more = report.invalid() - report.quarantined().size();
        if (more > 0) {
            out.println("… and " + Figures.count(more) + " more");
        }
    }
}
