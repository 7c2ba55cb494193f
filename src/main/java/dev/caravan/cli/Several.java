package dev.caravan.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.app.SyncReport;
import dev.caravan.app.json.Json;
import dev.caravan.app.json.ProblemJson;
import dev.caravan.app.json.ReportJson;
import dev.caravan.cli.text.ReportText;
import dev.caravan.config.ProblemPrinter;
import dev.caravan.mapping.MappingId;
import dev.caravan.problem.CaravanException;
import dev.caravan.problem.Problem;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/** What became of several mappings, one after the other: one that fails does not stop the next. */
public final class Several {

    private final List<Ended> ended;
    private final ToIntFunction<SyncReport> meaning;

    private Several(List<Ended> ended, ToIntFunction<SyncReport> meaning) {
        this.ended = List.copyOf(ended);
        this.meaning = meaning;
    }

    /**
     * Does the same for each mapping, in this order.
     *
     * @param meaning the exit code of a report
     */
    public static Several each(
            List<MappingId> mappings, Function<MappingId, SyncReport> run, ToIntFunction<SyncReport> meaning) {
        List<Ended> ended = new ArrayList<>();
        for (MappingId mapping : mappings) {
            try {
                ended.add(new Reported(run.apply(mapping)));
            } catch (CaravanException failure) {
                ended.add(new Failed(failure));
            }
        }
        return new Several(ended, meaning);
    }

    /** Whether there was none. */
    public boolean isEmpty() {
        return ended.isEmpty();
    }

    /** What all mean together. */
    public int exit() {
        return Exit.worst(ended.stream().mapToInt(each -> switch (each) {
            case Reported reported -> meaning.applyAsInt(reported.report());
            case Failed failed -> ProblemJson.exitOf(failed.failure());
        }));
    }

    /** One object of {@code reports}, {@code problems} and {@code exit}. */
    public ObjectNode json() {
        List<SyncReport> reports = ended.stream().flatMap(Ended::reports).toList();
        List<Problem> problems = ended.stream().flatMap(Ended::problems).toList();
        ObjectNode json = Json.object();
        json.set("reports", Json.list(reports, ReportJson::write));
        json.setAll(ProblemJson.write(problems, exit()));
        return json;
    }

    /** Each in its turn. */
    public void print(PrintStream out, boolean verbose) {
        ended.forEach(each -> {
            switch (each) {
                case Reported reported -> ReportText.print(out, reported.report(), verbose);
                case Failed failed ->
                    out.print(new ProblemPrinter(false).text(failed.failure().problems()));
            }
        });
    }

    /** How one of them ended. */
    private sealed interface Ended {

        default Stream<SyncReport> reports() {
            return this instanceof Reported reported ? Stream.of(reported.report()) : Stream.empty();
        }

        default Stream<Problem> problems() {
            return this instanceof Failed failed ? failed.failure().problems().stream() : Stream.empty();
        }
    }

    private record Reported(SyncReport report) implements Ended {}

    private record Failed(CaravanException failure) implements Ended {}
}
