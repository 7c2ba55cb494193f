package dev.caravan.cli.text;

import dev.caravan.app.MappingStatus;
import dev.caravan.app.json.Words;
import dev.caravan.ledger.Pause;
import dev.caravan.run.Run;
import dev.caravan.run.RunState;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** What is paused, one line a mapping, and below them what asks for a person. */
public final class StatusText {

    private StatusText() {}

    /** Prints how the mappings stand. */
    public static void print(PrintStream out, List<MappingStatus> mappings, List<Pause> pauses) {
        pauses.forEach(
                pause -> out.println(pause.oneLine() + "; " + pause.scope().lifting()));
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
                            .map(run -> run.id() + " " + RunsText.state(run) + " " + Figures.at(run.started()))
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
        if (!mapping.paused().isEmpty()) {
            return "paused";
        }
        if (mapping.held().isPresent()) {
            return "held";
        }
        if (mapping.unscheduled().isPresent()) {
            return "unscheduled";
        }
        RunState last = mapping.last().map(Run::state).orElse(RunState.DONE);
        return switch (last) {
            case RUNNING, FAILED, INTERRUPTED -> Words.of(last);
            case DONE, HELD -> mapping.standing() > 0 ? Figures.count(mapping.standing()) + " rejected" : "ok";
        };
    }

    private static void last(Run run, String name, List<String> notes) {
        if (run.error() != null) {
            notes.add(name + "run " + run.id() + " " + Words.of(run.state()) + ": " + run.error());
        }
        if (run.state() != RunState.HELD && run.accounting().held() > 0) {
            notes.add(name + Figures.count(run.accounting().held()) + " rows of run " + run.id()
                    + " are held; the next run takes them up");
        }
    }

    private static List<String> notes(MappingStatus mapping) {
        List<String> notes = new ArrayList<>();
        String name = mapping.mapping() + ": ";
        mapping.broken().ifPresent(why -> notes.add(name + "the last good version is in use; " + why));
        mapping.unscheduled().ifPresent(why -> notes.add(name + "it does not run by itself; " + why));
        mapping.held()
                .ifPresent(plan -> notes.add(name + "a plan of "
                        + Figures.count(plan.summary().planned()) + " rows waits; caravan approve "
                        + Figures.hash(plan.hash()) + " before " + Figures.at(plan.expires())));
        mapping.last().ifPresent(run -> last(run, name, notes));
        if (mapping.standing() > 0) {
            notes.add(name + Figures.count(mapping.standing())
                    + " rows were refused by the destination and wait for a change; caravan show RUN says why");
        }
        if (mapping.unresolved() > 0) {
            notes.add(name + Figures.count(mapping.unresolved())
                    + " keys have a request that nobody answered; docs/operations.md says what to do");
        }
        return notes;
    }
}
