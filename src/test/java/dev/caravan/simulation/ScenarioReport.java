package dev.caravan.simulation;

import dev.caravan.run.Accounting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What befell the lives of some seeds, a line each, for a person and for a diff. */
final class ScenarioReport {

    private ScenarioReport() {}

    /** The report. Its totals come first. */
    static String of(List<Life> lives, String command) {
        List<String> lines = new ArrayList<>();
        lines.add(head(command));
        lines.add(heading());
        Map<String, List<Life>> byClass = lives.stream()
                .collect(Collectors.groupingBy(
                        life -> life.classes().size() > 1 ? "two" : life.letters(), TreeMap::new, Collectors.toList()));
        byClass.forEach((letters, some) -> lines.add(total(letters, some)));
        lines.add(total("all", lives));
        lines.add("");
        lines.add(heading());
        lives.forEach(life -> lines.add(line(life)));
        return String.join("\n", lines) + "\n";
    }

    private static String head(String command) {
        return """
            # What befell the first lives of the simulation, so that a change of behaviour is a diff: ScenarioReportTest compares it.
            # Written anew by: %s
            #
            # class: idempotency class; two where two mappings run. w: workers on the ledger.
            # Faults of requests: refused; lost on the way there; reset, served and its answer lost; late, given up and served minutes
            # later; slow; twice, served twice; a status instead of an answer (with 500 served all the same); garbled. Then: a read that
            # breaks off, a process that dies, a lease taken over, a worker that stands still, a clock that jumps, a pause of everything.
            # Rows of all runs: planned = accepted + rejected + held + unknown + superseded.
            # trace: the hash of all that happened, in its order. Last, the points where processes died.
            """.formatted(command);
    }

    private static String heading() {
        StringBuilder line = new StringBuilder("seed   class w rounds  runs  reqs |");
        for (Fault fault : Fault.values()) {
            line.append(' ').append(fault.label());
        }
        return line.append(
                        " | planned accepted rejected  held unknown superseded |  steps trace            where it died")
                .toString();
    }

    private static String total(String letters, List<Life> lives) {
        StringBuilder line = new StringBuilder("%-6s %-5s %1s %6d %5d %5d |"
                .formatted(
                        "total",
                        letters,
                        "",
                        lives.stream().mapToInt(Life::rounds).sum(),
                        lives.stream().mapToInt(Life::runs).sum(),
                        lives.stream().mapToLong(Life::requests).sum()));
        for (Fault fault : Fault.values()) {
            faults(
                    line,
                    fault,
                    lives.stream().mapToInt(life -> life.faults(fault)).sum());
        }
        rows(line, lives.stream().map(Life::accounting).reduce(Accounting.NONE, Life::sum));
        return line.append(" %6d %d lives"
                        .formatted(lives.stream().mapToInt(Life::steps).sum(), lives.size()))
                .toString();
    }

    private static String line(Life life) {
        StringBuilder line = new StringBuilder("%-6d %-5s %1d %6d %5d %5d |"
                .formatted(
                        life.seed(),
                        life.letters(),
                        life.shared() ? 2 : 1,
                        life.rounds(),
                        life.runs(),
                        life.requests()));
        for (Fault fault : Fault.values()) {
            faults(line, fault, life.faults(fault));
        }
        rows(line, life.accounting());
        line.append(" %6d %016x".formatted(life.steps(), life.hash()));
        life.crashes()
                .forEach((place, times) ->
                        line.append(times > 1 ? " %s %d times,".formatted(place, times) : " " + place + ","));
        life.violations().forEach(violation -> line.append(" VIOLATED ").append(violation));
        return line.toString().replaceAll(",$", "");
    }

    private static void faults(StringBuilder line, Fault fault, int times) {
        int width = fault.label().length();
        line.append(' ').append(("%" + width + "s").formatted(times == 0 ? "." : Integer.toString(times)));
    }

    private static void rows(StringBuilder line, Accounting rows) {
        line.append(" | %7d %8d %8d %5d %7d %10d |"
                .formatted(
                        rows.planned(),
                        rows.accepted(),
                        rows.rejected(),
                        rows.held(),
                        rows.unknown(),
                        rows.superseded()));
    }
}
