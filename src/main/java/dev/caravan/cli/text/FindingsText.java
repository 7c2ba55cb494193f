package dev.caravan.cli.text;

import dev.caravan.app.Diagnosis.Finding;
import dev.caravan.app.Diagnosis.Level;
import java.io.PrintStream;
import java.util.List;

/** What a doctor found, one line each. */
public final class FindingsText {

    private FindingsText() {}

    /** Prints findings in the order given. */
    public static void print(PrintStream out, List<Finding> findings) {
        Table table = new Table("WHAT", "", "FOUND");
        findings.forEach(finding -> table.row(finding.what(), word(finding.level()), finding.detail()));
        table.print(out);
    }

    private static String word(Level level) {
        return switch (level) {
            case OK -> "ok";
            case WARNING -> "WARNING";
            case REPAIRED -> "repaired";
            case BROKEN -> "BROKEN";
            case WRONG -> "WRONG";
        };
    }
}
