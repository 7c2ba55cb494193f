package dev.caravan.cli.act;

import dev.caravan.app.json.Json;
import dev.caravan.cli.Desk;
import dev.caravan.cli.Exit;
import dev.caravan.mapping.MappingId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code caravan resume NAME}: its schedule counts again. */
@Command(name = "resume", description = "Lift a pause.")
public final class ResumeCommand implements Callable<Integer> {

    private final Desk desk;

    @Mixin
    private final Signature signature = new Signature();

    @Parameters(paramLabel = "NAME", description = "The mapping.")
    private String name = "";

    public ResumeCommand(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        MappingId mapping = Desk.mapping(name);
        desk.tell(operations -> operations.resume(mapping, signature.now(desk)));
        desk.answer(
                Json.object().put("mapping", mapping.value()).put("state", "resumed"),
                out -> out.println(mapping + " may run again"));
        return Exit.DONE;
    }
}
