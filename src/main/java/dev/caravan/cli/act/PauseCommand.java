package dev.caravan.cli.act;

import dev.caravan.app.json.Json;
import dev.caravan.cli.Desk;
import dev.caravan.cli.Exit;
import dev.caravan.mapping.MappingId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code caravan pause NAME}: it starts no run and sends nothing until it is resumed. */
@Command(name = "pause", description = "Stop a mapping from running and sending.")
public final class PauseCommand implements Callable<Integer> {

    private final Desk desk;

    @Mixin
    private final Signature signature = new Signature();

    @Parameters(paramLabel = "NAME", description = "The mapping.")
    private String name = "";

    public PauseCommand(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        MappingId mapping = Desk.mapping(name);
        desk.tell(operations -> operations.pause(mapping, signature.now(desk)));
        desk.answer(
                Json.object().put("mapping", mapping.value()).put("state", "paused"),
                out -> out.println(mapping + " is paused; caravan resume " + mapping + " lets it run again"));
        return Exit.DONE;
    }
}
