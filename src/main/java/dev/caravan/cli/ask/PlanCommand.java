package dev.caravan.cli.ask;

import dev.caravan.app.SyncReport;
import dev.caravan.app.json.ReportJson;
import dev.caravan.cli.Desk;
import dev.caravan.cli.Exit;
import dev.caravan.cli.text.InvalidText;
import dev.caravan.cli.text.ReportText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code caravan plan NAME}: what a run would write, and nothing written. */
@Command(name = "plan", description = "Show what a run would write, and write nothing.")
public final class PlanCommand implements Callable<Integer> {

    private final Desk desk;

    @Parameters(paramLabel = "NAME", description = "The mapping.")
    private String name = "";

    public PlanCommand(Desk desk) {
        this.desk = desk;
    }

    @Option(names = "--invalid", description = "List the rows that are invalid, and why, instead of the plan.")
    private boolean invalid;

    @Override
    public Integer call() {
        return invalid ? invalid() : plan();
    }

    private int invalid() {
        SyncReport report = desk.run((operations, progress) -> operations.invalid(Desk.mapping(name), progress));
        desk.answer(ReportJson.write(report), out -> InvalidText.print(out, report));
        return report.state().equals("failed") ? Exit.FAILED : Exit.DONE;
    }

    private int plan() {
        SyncReport report = desk.run((operations, progress) -> operations.plan(Desk.mapping(name), progress));
        desk.answer(ReportJson.write(report), out -> ReportText.print(out, report, desk.verbose()));
        return report.state().equals("failed") ? Exit.FAILED : Exit.DONE;
    }
}
