package dev.caravan.cli.ask;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.app.MappingStatus;
import dev.caravan.app.json.Json;
import dev.caravan.app.json.PauseJson;
import dev.caravan.app.json.StatusJson;
import dev.caravan.cli.Desk;
import dev.caravan.cli.Exit;
import dev.caravan.cli.text.StatusText;
import dev.caravan.ledger.Pause;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code caravan status}: every mapping and how it stands. */
@Command(name = "status", description = "Show every mapping and how it stands.")
public final class StatusCommand implements Callable<Integer> {

    private final Desk desk;

    public StatusCommand(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        Standing standing = desk.ask(operations -> new Standing(operations.status(), operations.pauses()));
        ObjectNode json = Json.object();
        json.set("mappings", Json.list(standing.mappings(), StatusJson::write));
        json.set("pauses", Json.list(standing.pauses(), PauseJson::write));
        json.put("workspace", desk.workspace().toString());
        desk.answer(json, out -> {
            out.println("workspace " + desk.workspace());
            StatusText.print(out, standing.mappings(), standing.pauses());
        });
        return Exit.DONE;
    }

    private record Standing(List<MappingStatus> mappings, List<Pause> pauses) {}
}
