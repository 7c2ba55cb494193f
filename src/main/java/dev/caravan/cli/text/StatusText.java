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
            case DONE, HELD -> waiting(mapping);
        };
    }

    /** How many rows no run takes up by itself, most often. */
    private static String waiting(MappingStatus mapping) {
        List<String> words = new ArrayList<>();
        if (mapping.unresolved() > 0) {
            words.add(Figures.count(mapping.unresolved(), "key") + " in doubt");
        }
        if (mapping.standing() > 0) {
            words.add(Figures.count(mapping.standing(), "row") + " rejected");
        }
        long invalid = mapping.last().map(Run::invalid).orElse(0L);
        if (invalid > 0) {
            words.add(Figures.count(invalid, "row") + " invalid");
        }
        return words.isEmpty() ? "ok" : String.join(", ", words);
    }

    private static void last(Run run, String name, List<String> notes) {
        if (run.error() != null) {
            notes.add(name + "run " + run.id() + " " + Words.of(run.state()) + ": " + run.error());
        }
    }

    private static String invalid(Run run, String name) {
        return name + Figures.count(run.invalid()) + " of " + Figures.count(run.rows(), "row")
                + " invalid in run " + run.id() + ", and not sent; caravan plan " + run.mapping()
                + " --invalid lists them";
    }

    private static List<String> notes(MappingStatus mapping) {
        List<String> notes = new ArrayList<>();
        String name = mapping.mapping() + ": ";
        mapping.broken().ifPresent(why -> notes.add(name + "the last good version is in use; " + why));
        mapping.unscheduled().ifPresent(why -> notes.add(name + "it does not run by itself; " + why));
        mapping.held()
                .ifPresent(plan -> notes.add(name + "a plan of "
                        + Figures.count(plan.summary().planned(), "row") + " waits; caravan approve "
                        + Figures.hash(plan.hash()) + " before " + Figures.at(plan.expires())));
        mapping.last().ifPresent(run -> last(run, name, notes));
        mapping.last().filter(run -> run.invalid() > 0).ifPresent(run -> notes.add(invalid(run, name)));
        if (mapping.unsettled().unanswered() > 0) {
            notes.add(name + Figures.count(mapping.unsettled().unanswered(), "row")
                    + " had been sent when it was cut off, and nobody answered; caravan sync " + mapping.mapping()
                    + ", or a worker that starts, settles them");
        }
        if (mapping.standing() > 0) {
            notes.add(name + Figures.count(mapping.standing(), "row")
                    + " refused by the destination, waiting for a change; caravan rejected " + mapping.mapping()
                    + " says why");
        }
        if (mapping.unresolved() > 0) {
            notes.add(name + Figures.count(mapping.unresolved(), "key") + " in doubt"
                    + mapping.unsettled()
                            .since()
                            .map(at -> " since " + Figures.at(at))
                            .orElse("")
                    + ": a request left and nobody answered; caravan rejected " + mapping.mapping() + " lists them");
        }
        if (mapping.unsettled().comeBack() > 0) {
            notes.add(name
                    + HeldText.comeBack(mapping.mapping(), mapping.unsettled().comeBack()));
        }
        HeldText.lines(mapping.mapping(), mapping.unsettled().heldBy()).forEach(line -> notes.add(name + line));
        return notes;
    }
}
