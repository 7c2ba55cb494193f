package dev.caravan.cli.ask;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.app.SyncReport;
import dev.caravan.app.json.Json;
import dev.caravan.app.json.RejectionJson;
import dev.caravan.app.json.ReportJson;
import dev.caravan.cli.Desk;
import dev.caravan.cli.Exit;
import dev.caravan.cli.text.RefusedText;
import dev.caravan.cli.text.ReportText;
import dev.caravan.ledger.Deliveries.Refused;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code caravan show RUN}: one run as its report. Exits 0 whatever became of the run. */
@Command(name = "show", description = "Show one run: its plan, its guards' verdicts and what became of it.")
public final class ShowCommand implements Callable<Integer> {

    private final Desk desk;

    @Parameters(paramLabel = "RUN", description = "The run's number.")
    private long run;

    @Option(names = "--rejected", description = "List the keys of the rows that the destination refused instead.")
    private boolean rejected;

    public ShowCommand(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        if (rejected) {
            List<Refused> rows = desk.ask(operations -> operations.refused(run));
            ObjectNode json = Json.object().put("run", run);
            json.set("rejected", Json.list(rows, RejectionJson::writeRow));
            desk.answer(json, out -> RefusedText.print(out, run, rows));
            return Exit.DONE;
        }
        SyncReport report = desk.ask(operations -> operations.show(run));
        desk.answer(ReportJson.write(report), out -> ReportText.print(out, report, desk.verbose()));
        return Exit.DONE;
    }
}
