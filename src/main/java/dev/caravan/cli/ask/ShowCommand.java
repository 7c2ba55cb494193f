package dev.caravan.cli.ask;

import dev.caravan.app.SyncReport;
import dev.caravan.app.json.ReportJson;
import dev.caravan.cli.Desk;
import dev.caravan.cli.Exit;
import dev.caravan.cli.text.ReportText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code caravan show RUN}: one run as its report. Exits 0 whatever became of the run. */
@Command(name = "show", description = "Show one run: its plan, its guards' verdicts and what became of it.")
public final class ShowCommand implements Callable<Integer> {

    private final Desk desk;

    @Parameters(paramLabel = "RUN", description = "The run's number.")
    private long run;

    public ShowCommand(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        SyncReport report = desk.ask(operations -> operations.show(run));
        desk.answer(ReportJson.write(report), out -> ReportText.print(out, report, desk.verbose()));
        return Exit.DONE;
    }
}
