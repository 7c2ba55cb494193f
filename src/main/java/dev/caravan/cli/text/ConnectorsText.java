package dev.caravan.cli.text;

import dev.caravan.app.connect.Writables.Kind;
import dev.caravan.app.connect.Writables.Writable;
import java.io.PrintStream;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The connectors as a table: one line for each kind of object. */
public final class ConnectorsText {

    private ConnectorsText() {}

    /** Prints them. */
    public static void print(PrintStream out, List<Writable> connectors) {
        Table table = new Table("CONNECTOR", "OBJECT", "KEY", "OPERATION", "ON_REMOVED", "UNVERIFIED CLAIMS");
        for (Writable connector : connectors) {
            String name = connector.name();
            for (Kind kind : connector.objects()) {
                String unverified = name.isEmpty()
                        ? ""
                        : connector.unverified().map(Object::toString).orElse("see README");
                table.row(
                        name,
                        String.join(", ", kind.names()),
                        String.join(", ", kind.keys()),
                        words(kind.can().operations()),
                        words(kind.can().removals()),
                        unverified);
                name = "";
            }
        }
        table.print(out);
        out.println(
                "Unverified claims: what a connector says of its API by documentation alone; connectors/NAME/README.md lists"
                        + " them. What else a connection needs stands there too.");
    }

    /** Enumerated words as a mapping writes them. */
    public static String words(Collection<? extends Enum<?>> words) {
        return words.stream().map(word -> word.name().toLowerCase(Locale.ROOT)).collect(Collectors.joining(" "));
    }
}
