package dev.caravan.cli.text;

import dev.caravan.app.MappingStatus;
import dev.caravan.app.json.Words;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** One line a mapping, and below it what asks for a person. */
public final class StatusText {

    private StatusText() {}

    /** Prints how the mappings stand. */
    public static void print(PrintStream out, List<MappingStatus> mappings) {
        if (mappings.isEmpty()) {
            out.println("no mappings: put one under mappings/");
            return;
        }
        Table table = new Table("MAPPING", "TARGET", "SCHEDULE", "STATE", "LAST RUN", "NEXT");
        for (MappingStatus mapping : mappings) {
            table.row(
                    mapping.mapping().value(),
                    mapping.target(),
                    mapping.schedule().isEmpty() ? "-" : mapping.schedule(),
                    state(mapping),
                    mapping.last()
                            .map(run -> run.id() + " " + Words.of(run.state()) + " " + Figures.at(run.started()))
                            .orElse("never"),
                    mapping.next().map(Figures::at).orElse("-"));
        }
        table.print(out);
        mappings.stream().flatMap(mapping -> notes(mapping).stream()).forEach(out::println);
    }

    private static String state(MappingStatus mapping) {
        if (mapping.broken().isPresent()) {
            return "broken";
        }
        if (mapping.paused().isPresent()) {
            return "paused";
        }
        if (mapping.held().isPresent()) {
            return "held";
        }
        return mapping.unscheduled().isPresent() ? "unscheduled" : "ok";
    }

    private static List<String> notes(MappingStatus mapping) {
        List<String> notes = new ArrayList<>();
        String name = mapping.mapping() + ": ";
        mapping.broken().ifPresent(why -> notes.add(name + "the last good version is in use; " + why));
        mapping.unscheduled().ifPresent(why -> notes.add(name + "it does not run by itself; " + why));
        mapping.paused()
                .ifPresent(pause -> notes.add(name + "paused by " + pause.who() + " at " + Figures.at(pause.at())
                        + (pause.why().isEmpty() ? "" : ", " + pause.why()) + "; caravan resume " + mapping.mapping()));
        mapping.held()
                .ifPresent(plan -> notes.add(name + "a plan of "
                        + Figures.count(plan.summary().planned()) + " rows waits; caravan approve "
                        + Figures.hash(plan.hash()) + " before " + Figures.at(plan.expires())));
        if (mapping.standing() > 0) {
            notes.add(name + Figures.count(mapping.standing())
                    + " rows were refused by the destination and wait for a change");
        }
        if (mapping.unresolved() > 0) {
            notes.add(name + Figures.count(mapping.unresolved())
                    + " keys have a request that nobody answered; docs/operations.md says what to do");
        }
        return notes;
    }
}
