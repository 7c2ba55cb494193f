package dev.caravan.cli.ask;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.app.MappingStatus;
import dev.caravan.app.json.Json;
import dev.caravan.app.json.SentJson;
import dev.caravan.cli.Desk;
import dev.caravan.cli.Exit;
import dev.caravan.cli.text.RecordText;
import dev.caravan.ledger.Deliveries.Sent;
import dev.caravan.mapping.MappingId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code caravan record KEY}: why a record has the values it has. */
@Command(name = "record", description = "Show everything ever sent for a key, and what the destination answered.")
public final class RecordCommand implements Callable<Integer> {

    private final Desk desk;

    @Parameters(paramLabel = "KEY", description = "The row's key in the model; parts of a composite one joined by |.")
    private String key = "";

    @Option(names = "--mapping", paramLabel = "NAME", description = "Only what this mapping sent.")
    private @Nullable String mapping;

    @Option(names = "--unmasked", description = "Show the values of private fields (pii: true) too.")
    private boolean unmasked;

    public RecordCommand(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        Optional<MappingId> only = Optional.ofNullable(mapping).map(Desk::mapping);
        List<MappingStatus> asked = new ArrayList<>();
        List<Sent> history = desk.ask(operations -> {
            List<Sent> found = operations.record(only, key, unmasked);
            if (found.isEmpty()) {
                operations.status().stream()
                        .filter(each -> only.isEmpty() || only.get().equals(each.mapping()))
                        .forEach(asked::add);
            }
            return found;
        });
        ObjectNode json = Json.object().put("key", key);
        json.set("history", Json.list(history, SentJson::write));
        desk.answer(json, out -> RecordText.print(out, key, history, asked));
        return Exit.DONE;
    }
}
