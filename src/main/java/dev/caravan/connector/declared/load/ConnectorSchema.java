package dev.caravan.connector.declared.load;

import dev.caravan.yaml.shape.BlockShape;
import dev.caravan.yaml.shape.JsonSchema;

/** The JSON Schema of connector.yaml, made from the declarations that check it. */
public final class ConnectorSchema {

    private ConnectorSchema() {}

    /** The schema, indented, with a line end. */
    public static String json() {
        return JsonSchema.of("A connector of Caravan", shape()).toPrettyString() + "\n";
    }

    /** What the file may say: for the docs, which list every key. */
    public static BlockShape shape() {
        return ConnectorShapes.FILE;
    }
}
