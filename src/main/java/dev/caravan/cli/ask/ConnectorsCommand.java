package dev.caravan.cli.ask;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.app.connect.ConnectorFolders;
import dev.caravan.app.connect.DeclaredConnectors;
import dev.caravan.app.connect.NewConnector;
import dev.caravan.app.json.ProblemJson;
import dev.caravan.cli.Desk;
import dev.caravan.cli.Exit;
import dev.caravan.cli.text.ConnectorsText;
import dev.caravan.cli.text.ExamplesText;
import dev.caravan.cli.text.NewConnectorText;
import dev.caravan.config.ProblemPrinter;
import dev.caravan.connector.declared.example.ExampleBook;
import dev.caravan.connector.declared.example.ExampleBook.Played;
import dev.caravan.connector.declared.spec.ConnectorSpec;
import dev.caravan.connector.declared.spec.ObjectSpec;
import dev.caravan.problem.Problem;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

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

    /** {@code caravan connectors test NAME}. Exits 1 where an example does not hold, 2 where something cannot be read. */
    @Command(
            name = "test",
            description = "Play a connector's examples, without a network: what is sent, and what answers mean.")
    public int test(@Parameters(paramLabel = "NAME", description = "A folder below connectors/.") String name) {
        ExampleBook book = new ConnectorFolders(desk.workspace(), Desk.installed()).play(name);
        int exit = book.problems().isEmpty() ? book.good() ? Exit.DONE : Exit.FAILED : Exit.INVALID;
        ObjectNode json = ProblemJson.write(book.problems(), exit);
        ArrayNode list = json.putArray("examples");
        for (Played played : book.played()) {
            ObjectNode each = list.addObject().put("file", played.file()).put("about", played.about());
            ArrayNode differences = each.put("ok", played.good()).putArray("differences");
            played.differences().forEach(differences::add);
        }
        desk.answer(json, out -> {
            problems(out, book.problems());
            ExamplesText.print(out, book);
        });
        return exit;
    }

    /** {@code caravan connectors new NAME}. Never writes over anything. */
    @Command(name = "new", description = "Begin a connector: a small one that works, with an example, to be changed.")
    public int begin(
            @Parameters(paramLabel = "NAME", description = "Lower-case letters, digits and underscores.") String name) {
        NewConnector made = NewConnector.make(desk.workspace(), name);
        ObjectNode json = ProblemJson.write(List.of(), Exit.DONE);
        ArrayNode files = json.putArray("files");
        made.files().forEach(files::add);
        desk.answer(json, out -> NewConnectorText.print(out, name, made.files()));
        return Exit.DONE;
    }

    private void text(PrintStream out, DeclaredConnectors connectors) {
        ConnectorsText.print(out, connectors.sorted());
        problems(out, connectors.problems());
    }

    private void problems(PrintStream out, List<Problem> problems) {
        if (!problems.isEmpty()) {
            out.println(new ProblemPrinter(desk.console().lively()).text(problems));
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
