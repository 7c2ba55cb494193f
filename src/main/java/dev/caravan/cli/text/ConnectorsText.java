package dev.caravan.cli.text;

import dev.caravan.connector.declared.spec.ConnectorSpec;
import dev.caravan.connector.declared.spec.ObjectSpec;
import dev.caravan.destination.Action;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The connectors as a table: one line for each kind of object. */
public final class ConnectorsText {

    private ConnectorsText() {}

    /** Prints them. */
    public static void print(PrintStream out, List<ConnectorSpec> connectors) {
        Table table = new Table("CONNECTOR", "OBJECTS", "CAN", "UNVERIFIED");
        for (ConnectorSpec connector : connectors) {
            String name = connector.name();
            for (ObjectSpec object : connector.objects()) {
                String unverified = name.isEmpty() || connector.unverified().isEmpty()
                        ? ""
                        : Integer.toString(connector.unverified().size());
                table.row(name, names(object), actions(object), unverified);
                name = "";
            }
        }
        table.print(out);
    }

    private static String names(ObjectSpec object) {
        return object.names().stream().map(Object::toString).collect(Collectors.joining(", "));
    }

    private static String actions(ObjectSpec object) {
        return object.operations().keySet().stream()
                .sorted()
                .map((Action action) -> action.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(" "));
    }
}
