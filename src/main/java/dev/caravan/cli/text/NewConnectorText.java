package dev.caravan.cli.text;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** What a person does with a connector that was begun. */
public final class NewConnectorText {

    private NewConnectorText() {}

    /** Says what was written and what comes next. */
    public static void print(PrintStream out, String name, List<String> files) {
        files.forEach(file -> out.println("written  " + file));
        out.print("""

            What comes next (docs/adding-a-connector.md leads through all of it):
              1. caravan connectors test %1$s
                   plays the example; it holds as it is, of an API that does not exist
              2. edit both YAML files until they say how your API is spoken to; docs/connectors.md explains every key
              3. a connection in caravan.yaml:
                   %1$s: {connector: %1$s, token: "{{env:%2$s_TOKEN}}"}
              4. a mapping below mappings/ that names the connection, then caravan plan MAPPING
              5. what people have to know goes into README.md; caravan connectors readme %1$s
                   writes its tables anew from connector.yaml
            """.formatted(name, name.toUpperCase(Locale.ROOT)));
    }
}
