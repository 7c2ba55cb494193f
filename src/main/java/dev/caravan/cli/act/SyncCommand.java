package dev.caravan.cli.act;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.caravan.app.MappingStatus;
import dev.caravan.app.SyncReport;
import dev.caravan.app.json.Json;
import dev.caravan.app.json.ReportJson;
import dev.caravan.cli.Desk;
import dev.caravan.cli.Exit;
import dev.caravan.cli.Several;
import dev.caravan.cli.text.ReportText;
import dev.caravan.ledger.Pause;
import dev.caravan.mapping.MappingId;
import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code caravan sync NAME…}: runs mappings, one after the other. Of one mapping it prints the report; of several, or with {@code
 * --all}, one object of {@code reports} and {@code failures}, since one mapping that fails does not stop the next.
 */
@Command(name = "sync", description = "Run mappings now: read, check, diff, judge, deliver.")
public final class SyncCommand implements Callable<Integer> {

    private final Desk desk;

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "The mappings.")
    private List<String> names = List.of();

    @Option(names = "--all", description = "Every mapping that is not paused.")
    private boolean all;

    public SyncCommand(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        if (names.isEmpty() != all) {
            throw new InvalidInput(Problem.of(
                    Code.USAGE,
                    all ? "--all and names do not go together" : "nothing to sync was named",
                    "name mappings, or say --all"));
        }
        return !all && names.size() == 1 ? one(Desk.mapping(names.getFirst())) : several();
    }

    private int one(MappingId mapping) {
        SyncReport report = desk.run((operations, progress) -> operations.sync(mapping, progress));
        desk.answer(ReportJson.write(report), out -> ReportText.print(out, report, desk.verbose()));
        return Exit.of(report);
    }

    private int several() {
        List<MappingId> named = names.stream().map(Desk::mapping).toList();
        List<MappingStatus> asleep = new ArrayList<>();
        Several ended = desk.run((operations, progress) -> {
            List<MappingStatus> there = all ? operations.status() : List.of();
            asleep.addAll(paused(there));
            if (!asleep.isEmpty() && asleep.size() == there.size()) {
                throw allPaused(there);
            }
            return Several.each(all ? awake(there) : named, mapping -> operations.sync(mapping, progress), Exit::of);
        });
        ObjectNode json = ended.json();
        json.set(
                "paused",
                Json.list(asleep, status -> TextNode.valueOf(status.mapping().value())));
        desk.answer(json, out -> {
            if (ended.isEmpty()) {
                out.println("nothing to sync: there is no mapping");
            }
            asleep.forEach(status -> out.println(status.mapping() + " was left out: "
                    + status.paused().getFirst().oneLine()));
            ended.print(out, desk.verbose());
        });
        return ended.exit();
    }

    private static List<MappingId> awake(List<MappingStatus> all) {
        return all.stream()
                .filter(status -> status.paused().isEmpty())
                .map(MappingStatus::mapping)
                .toList();
    }

    private static List<MappingStatus> paused(List<MappingStatus> all) {
        return all.stream().filter(status -> !status.paused().isEmpty()).toList();
    }

    /** Nothing runs while an incident lasts, and whoever asked is told as if for one. */
    private static InvalidInput allPaused(List<MappingStatus> all) {
        List<Pause> pauses = all.stream()
                .flatMap(status -> status.paused().stream())
                .distinct()
                .toList();
        return new InvalidInput(Problem.of(
                Code.RUN_PAUSED,
                pauses.stream().map(Pause::oneLine).collect(Collectors.joining("; ")),
                pauses.stream().map(pause -> pause.scope().lifting()).collect(Collectors.joining(" and "))));
    }
}
