package dev.caravan.cli.demo;

import dev.caravan.app.SyncReport;
import dev.caravan.cli.text.RecordText;
import dev.caravan.cli.text.ReportText;
import dev.caravan.ledger.Deliveries.Sent;
import java.io.PrintStream;
import java.util.List;

/** How the story looks: headings, what is told between them, commands as they would be typed, and their own answers. */
final class Narrator {

    private static final int WIDTH = 100;

    private final PrintStream out;

    Narrator(PrintStream out) {
        this.out = out;
    }

    void heading(String text) {
        String line = "── " + text + " ";
        out.println(line + "─".repeat(Math.max(3, WIDTH - line.length())));
    }

    void say(String text) {
        text.lines().forEach(out::println);
        out.println();
    }

    void command(String text) {
        out.println("$ ./caravan " + text);
    }

    void report(SyncReport report) {
        ReportText.print(out, report, false);
        out.println();
    }

    void result(SyncReport report) {
        ReportText.printResult(out, report);
        out.println();
    }

    void record(String key, List<Sent> history) {
        RecordText.print(out, key, history, List.of());
        out.println();
    }
}
