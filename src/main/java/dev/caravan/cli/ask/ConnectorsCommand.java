package dev.caravan.cli.ask;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.app.connect.ConnectorFolders;
import dev.caravan.app.connect.DeclaredConnectors;
import dev.caravan.app.connect.NewConnector;
import dev.caravan.app.connect.Writables;
import dev.caravan.app.connect.Writables.Kind;
import dev.caravan.app.connect.Writables.Writable;
import dev.caravan.app.json.ProblemJson;
import dev.caravan.cli.Desk;
import dev.caravan.cli.Exit;
import dev.caravan.cli.text.ConnectorsText;
import dev.caravan.cli.text.ExamplesText;
import dev.caravan.cli.text.NewConnectorText;
import dev.caravan.config.ProblemPrinter;
import dev.caravan.connector.declared.example.ExampleBook;
import dev.caravan.connector.declared.example.ExampleBook.Played;
import dev.caravan.problem.Problem;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
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
    @Command(name = "list", description = "What mappings can write to, with keys and operations.")
    public int list() {
        DeclaredConnectors connectors = DeclaredConnectors.of(desk.workspace());
        int exit = connectors.problems().isEmpty() ? Exit.DONE : Exit.INVALID;
        ObjectNode json = ProblemJson.write(connectors.problems(), exit);
        ArrayNode list = json.putArray("connectors");
        Writables.of(connectors).forEach(each -> list.add(json(each)));
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
        NewConnector made = NewConnector.make(desk.workspaceToChange(), name);
        ObjectNode json = ProblemJson.write(List.of(), Exit.DONE);
        ArrayNode files = json.putArray("files");
        made.files().forEach(files::add);
        desk.answer(json, out -> NewConnectorText.print(out, name, made.files()));
        return Exit.DONE;
    }

    /** {@code caravan connectors readme NAME}. Exits 2, and writes nothing, where the connector's file is not good. */
    @Command(name = "readme", description = "Write the part of a connector's README anew that its connector.yaml says.")
    public int readme(@Parameters(paramLabel = "NAME", description = "A folder below connectors/.") String name) {
        List<Problem> problems = new ConnectorFolders(desk.workspaceToChange(), Optional.empty()).describe(name);
        int exit = problems.isEmpty() ? Exit.DONE : Exit.INVALID;
        desk.answer(ProblemJson.write(problems, exit), out -> {
            problems(out, problems);
            out.println((problems.isEmpty() ? "written  " : "not written: ") + "connectors/" + name + "/README.md");
        });
        return exit;
    }

    private void text(PrintStream out, DeclaredConnectors connectors) {
        ConnectorsText.print(out, Writables.of(connectors));
        problems(out, connectors.problems());
    }

    private void problems(PrintStream out, List<Problem> problems) {
        if (!problems.isEmpty()) {
            out.println(new ProblemPrinter(desk.console().lively()).text(problems));
        }
    }

    private static ObjectNode json(Writable connector) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", connector.name()).put("title", connector.title()).put("summary", connector.summary());
        connector.unverified().ifPresent(claims -> json.put("unverified", claims));
        ArrayNode objects = json.putArray("objects");
        for (Kind kind : connector.objects()) {
            ObjectNode each = objects.addObject();
            kind.names().forEach(each.putArray("names")::add);
            kind.keys().forEach(each.putArray("keys")::add);
            words(each.putArray("actions"), kind.can().actions().keySet());
            words(each.putArray("operations"), kind.can().operations());
            words(each.putArray("on_removed"), kind.can().removals());
        }
        return json;
    }

    private static void words(ArrayNode list, Set<? extends Enum<?>> words) {
        words.stream()
                .map(word -> word.name().toLowerCase(Locale.ROOT))
                .sorted()
                .forEach(list::add);
    }
}
