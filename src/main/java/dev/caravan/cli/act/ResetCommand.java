package dev.caravan.cli.act;

import dev.caravan.app.json.Json;
import dev.caravan.cli.Desk;
import dev.caravan.cli.Exit;
import dev.caravan.mapping.MappingId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code caravan reset NAME}: the snapshot is forgotten, history stays. Asks on a terminal, else wants {@code --yes}. */
@Command(name = "reset", description = "Forget what was synced, so that the next run is a first sync. History stays.")
public final class ResetCommand implements Callable<Integer> {

    private final Desk desk;

    @Mixin
    private final Signature signature = new Signature();

    @Mixin
    private final Confirmation confirmation = new Confirmation();

    @Parameters(paramLabel = "NAME", description = "The mapping.")
    private String name = "";

    public ResetCommand(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        MappingId mapping = Desk.mapping(name);
        confirmation.require(
                desk, "reset", "Forget what " + mapping + " has synced? The next run sends every row again.");
        desk.tell(operations -> operations.reset(mapping, signature.now(desk)));
        desk.answer(
                Json.object().put("mapping", mapping.value()).put("state", "reset"),
                out -> out.println(mapping + " is reset; its next run is a first sync"));
        return Exit.DONE;
    }
}
