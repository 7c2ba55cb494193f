package dev.caravan.cli.ask;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.app.connect.DeclaredConnectors;
import dev.caravan.app.json.ProblemJson;
import dev.caravan.cli.Desk;
import dev.caravan.cli.Exit;
import dev.caravan.cli.text.ConnectorsText;
import dev.caravan.config.ProblemPrinter;
import dev.caravan.connector.declared.load.ConnectorSchema;
import dev.caravan.connector.declared.spec.ConnectorSpec;
import dev.caravan.connector.declared.spec.ObjectSpec;
import java.io.PrintStream;
import java.util.Locale;
import picocli.CommandLine.Command;

/** {@code caravan connectors}: what can be written to, and how. Needs no worker. */
@Command(
        name = "connectors",
        synopsisSubcommandLabel = "COMMAND",
        description = "Show what can be written to, and describe an API of your own.")
public final class ConnectorsCommand {

    private final Desk desk;

    public ConnectorsCommand(Desk desk) {
        this.desk = desk;
    }

    /** {@code caravan connectors list}. Exits 2 where a connector of the workspace is broken. */
    @Command(name = "list", description = "The connectors that are files, with what they can do.")
    public int list() {
        DeclaredConnectors connectors = DeclaredConnectors.of(desk.workspace());
        int exit = connectors.problems().isEmpty() ? Exit.DONE : Exit.INVALID;
        ObjectNode json = ProblemJson.write(connectors.problems(), exit);
        ArrayNode list = json.putArray("connectors");
        connectors.sorted().forEach(spec -> list.add(json(spec)));
        desk.answer(json, out -> text(out, connectors));
        return exit;
    }

    /** {@code caravan connectors schema}: for editors. */
    @Command(name = "schema", description = "Print the JSON Schema of connector.yaml, for editors.")
    public int schema() {
        desk.console().out().println(ConnectorSchema.json());
        return Exit.DONE;
    }

    private void text(PrintStream out, DeclaredConnectors connectors) {
        ConnectorsText.print(out, connectors.sorted());
        if (!connectors.problems().isEmpty()) {
            out.println(new ProblemPrinter(desk.console().lively()).text(connectors.problems()));
        }
    }

    private static ObjectNode json(ConnectorSpec spec) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", spec.name()).put("title", spec.title()).put("summary", spec.summary());
        ArrayNode objects = json.putArray("objects");
        for (ObjectSpec object : spec.objects()) {
            ObjectNode each = objects.addObject();
            ArrayNode names = each.putArray("names");
            object.names().forEach(name -> names.add(name.toString()));
            ArrayNode actions = each.putArray("actions");
            object.operations().keySet().stream()
                    .map(action -> action.name().toLowerCase(Locale.ROOT))
                    .sorted()
                    .forEach(actions::add);
        }
        return json;
    }
}
