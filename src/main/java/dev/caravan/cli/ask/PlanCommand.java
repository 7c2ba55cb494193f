package dev.caravan.cli.ask;

import dev.caravan.app.MappingStatus;
import dev.caravan.app.SyncReport;
import dev.caravan.app.json.ReportJson;
import dev.caravan.cli.Desk;
import dev.caravan.cli.Exit;
import dev.caravan.cli.Several;
import dev.caravan.cli.text.InvalidText;
import dev.caravan.cli.text.ReportText;
import dev.caravan.mapping.MappingId;
import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code caravan plan NAME…}: what runs would write, and nothing written. Of one mapping it prints the report; of several, or with {@code
 * --all}, one object of {@code reports} and {@code problems}.
 */
@Command(name = "plan", description = "Show what runs would write, and write nothing.")
public final class PlanCommand implements Callable<Integer> {

    private final Desk desk;

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "The mappings.")
    private List<String> names = List.of();

    @Option(names = "--all", description = "Every mapping, paused or not.")
    private boolean all;

    @Option(
            names = "--invalid",
            description = "List the rows of one mapping that are invalid, and why, instead of the plan.")
    private boolean invalid;

    public PlanCommand(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        if (names.isEmpty() != all) {
            throw usage(
                    all ? "--all and names do not go together" : "nothing to plan was named",
                    "name mappings, or say --all");
        }
        boolean one = names.size() == 1;
        if (invalid && !one) {
            throw usage("--invalid lists the rows of one mapping", "name that one");
        }
        if (!one) {
            return several();
        }
        return invalid ? invalid(Desk.mapping(names.getFirst())) : plan(Desk.mapping(names.getFirst()));
    }

    private static InvalidInput usage(String what, String help) {
        return new InvalidInput(Problem.of(Code.USAGE, what, help));
    }

    private int invalid(MappingId mapping) {
        SyncReport report = desk.run((operations, progress) -> operations.invalid(mapping, progress));
        desk.answer(ReportJson.write(report), out -> InvalidText.print(out, report));
        return meaning(report);
    }

    private int plan(MappingId mapping) {
        SyncReport report = desk.run((operations, progress) -> operations.plan(mapping, progress));
        desk.answer(ReportJson.write(report), out -> ReportText.print(out, report, desk.verbose()));
        return meaning(report);
    }

    private int several() {
        List<MappingId> named = names.stream().map(Desk::mapping).toList();
        Several ended = desk.run((operations, progress) -> Several.each(
                all ? operations.status().stream().map(MappingStatus::mapping).toList() : named,
                mapping -> operations.plan(mapping, progress),
                PlanCommand::meaning));
        desk.answer(ended.json(), out -> {
            if (ended.isEmpty()) {
                out.println("nothing to plan: there is no mapping");
            }
            ended.print(out, desk.verbose());
        });
        return ended.exit();
    }

    /** A plan that would be held is an answer, and nothing waits. */
    private static int meaning(SyncReport report) {
        return report.state().equals("failed") ? Exit.FAILED : Exit.DONE;
    }
}
