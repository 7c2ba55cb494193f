package dev.caravan.cli.demo;

import dev.caravan.app.SyncReport;
import dev.caravan.cli.demo.Stage.Play;
import java.io.PrintStream;
import java.net.URI;
import java.util.List;

/** What a person can do after the third day: while the demo stays up, in a second terminal; after {@code --once}, what is left. */
final class NextSteps {

    private static final int HASH = 12;

    private NextSteps() {}

    static void print(PrintStream out, URI sandbox, Play play, List<SyncReport> reports, boolean stays) {
        String plan = reports.stream()
                .filter(report -> report.mapping().equals(DemoWorkspace.MAPPING))
                .reduce((before, after) -> after)
                .orElseThrow()
                .plan();
        SyncReport held = reports.stream()
                .filter(report -> report.plan().equals(plan))
                .findFirst()
                .orElseThrow();
        String hash = held.plan().substring(0, Math.min(HASH, held.plan().length()));
        new Narrator(out).heading(stays ? "Your turn, in a second terminal" : "Your turn");
        line(out, "./caravan status", "every mapping and what waits for a person");
        line(out, "./caravan runs", "what ran");
        line(out, "./caravan show " + held.run(), "the held plan once more");
        line(out, "./caravan record L000007", "why a record has the values it has");
        line(out, "./caravan reject " + hash + " --why \"bad model\"", "refuse the plan; the next run plans afresh");
        if (stays) {
            line(out, "./caravan approve " + hash, "or send it after all");
            out.println("  edit mappings/growth/lead-scores.yaml, then ./caravan plan growth/lead-scores");
            out.println();
            line(out, "curl " + play.management() + "/observe/metrics", "Prometheus metrics");
            line(out, "curl " + play.management() + "/observe/health", "health");
            line(out, "curl " + sandbox + "/__sandbox/records/Lead", "the leads as the sandbox holds them");
            line(out, "head state/demo/exports/" + DemoWorkspace.CALL_LIST, "the file beside it");
            line(out, "curl " + sandbox + "/__sandbox/state", "its counts, requests and jobs");
            out.println(
                    "  curl -H \"Authorization: Bearer $(sed 's/.*\"token\":\"\\([^\"]*\\)\".*/\\1/' state/worker.lock)\" \\");
            out.println("       " + play.api() + "/api/status");
            out.println();
            out.println("Ctrl-C ends the demo. It begins afresh the next time.");
        } else {
            out.println();
            out.println(
                    "The sandbox has ended with it, so that sync, plan, approve and doctor find no Salesforce now.");
            out.println("./caravan demo without --once stays up, with the sandbox, the API and metrics.");
        }
        out.flush();
    }

    private static void line(PrintStream out, String command, String what) {
        out.println("  " + command + " ".repeat(Math.max(2, 52 - command.length())) + what);
    }
}
