package dev.caravan.cli.act;

import dev.caravan.app.json.PlanJson;
import dev.caravan.cli.Desk;
import dev.caravan.cli.Exit;
import dev.caravan.plan.Plan;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code caravan reject PLAN}: a held plan is refused, the next run plans afresh. */
@Command(name = "reject", description = "Refuse a held plan; the next run plans afresh.")
public final class RejectCommand implements Callable<Integer> {

    private final Desk desk;

    @Mixin
    private final Signature signature = new Signature();

    @Parameters(paramLabel = "PLAN", description = "The plan's hash, or as much of it as is unique.")
    private String plan = "";

    public RejectCommand(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        Plan rejected = desk.change(operations -> operations.reject(plan, signature.now(desk)));
        desk.answer(
                PlanJson.write(rejected),
                out -> out.println(
                        rejected.mapping() + ": plan " + rejected.hash() + " is rejected; the next run plans afresh"));
        return Exit.DONE;
    }
}
