package dev.caravan.cli.act;

import dev.caravan.app.SyncReport;
import dev.caravan.app.json.ReportJson;
import dev.caravan.cli.Desk;
import dev.caravan.cli.Exit;
import dev.caravan.cli.text.ReportText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code caravan approve PLAN}: delivers exactly the rows of a held plan. */
@Command(name = "approve", description = "Approve a held plan and deliver exactly its rows.")
public final class ApproveCommand implements Callable<Integer> {

    private final Desk desk;

    @Mixin
    private final Signature signature = new Signature();

    @Parameters(paramLabel = "PLAN", description = "The plan's hash, or as much of it as is unique.")
    private String plan = "";

    public ApproveCommand(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        SyncReport report = desk.run((operations, progress) -> operations.approve(plan, signature.now(desk), progress));
        desk.answer(ReportJson.write(report), out -> ReportText.print(out, report, desk.verbose()));
        return Exit.of(report);
    }
}
