package dev.caravan.connector.declared.example;

import static dev.caravan.yaml.shape.Key.may;
import static dev.caravan.yaml.shape.Key.must;

import dev.caravan.destination.Action;
import dev.caravan.yaml.shape.BlockShape;
import dev.caravan.yaml.shape.JsonSchema;
import dev.caravan.yaml.shape.Shape;
import java.util.stream.Stream;

/** What an example may say. */
public final class ExampleShapes {

    /** The operation of an example that only asks for records' ids. */
    static final String LOOK_UP = "look_up";

    /** The operation of an example that only asks for an object's fields. */
    static final String DESCRIBE = "describe";

    private static final Shape TEXT = new Shape.Text("a text");
    private static final Shape PATH = new Shape.Text("a path");
    private static final Shape ANY = new Shape.Anything("any value");
    private static final Shape TEXTS = new Shape.Names("names", new Shape.Scalar("a text"));

    private static final BlockShape ROW = BlockShape.of(
            "example_row",
            "a row",
            may("key", ANY, "its key"),
            may("id", new Shape.Scalar("an id"), "its record's id, where that is known"),
            may("fields", new Shape.Names("fields", ANY), "its other fields"));

    private static final BlockShape REQUEST = BlockShape.of(
                    "example_request",
                    "a request",
                    may("get", PATH, "the path and query of a GET"),
                    may("post", PATH, "the path and query of a POST"),
                    may("put", PATH, "the path and query of a PUT"),
                    may("patch", PATH, "the path and query of a PATCH"),
                    may("delete", PATH, "the path and query of a DELETE"),
                    may("headers", TEXTS, "headers that it has among others"),
                    may("body", ANY, "JSON, or a text for any other form"))
            .oneOf("get", "post", "put", "patch", "delete");

    private static final BlockShape RESPONSE = BlockShape.of(
            "example_response",
            "a response",
            may("status", new Shape.Whole(100, 599), "the status; 200"),
            may("headers", TEXTS, "its headers"),
            may("body", ANY, "JSON, or a text for any other form"));

    private static final BlockShape EXCHANGE = BlockShape.of(
            "example_exchange",
            "an exchange",
            must("request", Shape.block(REQUEST), "what is sent"),
            must("response", Shape.block(RESPONSE), "what is answered"));

    /** The whole file. */
    static final BlockShape FILE = BlockShape.of(
            "example_file",
            "an example",
            may("about", TEXT, "what it shows"),
            must("object", TEXT, "as a mapping names it"),
            must(
                    "operation",
                    operations(),
                    "what is done with the rows; look_up: their records are looked up by their keys; describe: nothing,"
                            + " the object is described"),
            may("key", new Shape.OneOrMore(TEXT), "the field or fields that identify a record; needed but of describe"),
            may("job", new Shape.Flag(), "whether the rows are sent as a job"),
            may("settings", TEXTS, "the connection's settings"),
            may("rows", new Shape.Items(Shape.block(ROW), 1), "what is sent; needed but of describe"),
            must("exchanges", new Shape.Items(Shape.block(EXCHANGE), 0), "requests and answers, in order"),
            must("outcomes", new Shape.Items(TEXT, 1), "what becomes of each row; of describe the fields"));

    private ExampleShapes() {}

    /** What the file may say, for whoever checks it beside us. */
    public static BlockShape shape() {
        return FILE;
    }

    /** The JSON Schema of an example, made from the declarations that check it: indented, with a line end. */
    public static String schema() {
        return JsonSchema.of("An example of a connector of Caravan", FILE).toPrettyString() + "\n";
    }

    private static Shape operations() {
        return new Shape.Words(Stream.concat(Shape.words(Action.class).words().stream(), Stream.of(LOOK_UP, DESCRIBE))
                .toList());
    }
}
