package dev.caravan.connector.declared.load;

import static dev.caravan.yaml.shape.Key.may;
import static dev.caravan.yaml.shape.Key.must;
import static dev.caravan.yaml.shape.Shape.block;
import static dev.caravan.yaml.shape.Shape.either;
import static dev.caravan.yaml.shape.Shape.words;

import dev.caravan.connector.declared.spec.Reading;
import dev.caravan.yaml.shape.BlockShape;
import dev.caravan.yaml.shape.Shape;
import java.util.List;

/** What requests, conditions and readings of answers may say. */
final class RequestShapes {

    static final Shape TEMPLATE = new Shape.Text("a text with {{ holes }}");
    static final Shape SELECTOR = new Shape.Text("a selector such as $.id");
    static final Shape PATTERN = new Shape.Text("a regular expression (RE2)");
    static final Shape WORDING = new Shape.Text("a selector, or a text that is always the same");
    static final Shape TEXT = new Shape.Text("a text");
    static final Shape HOSTS = new Shape.OneOrMore(
            new Shape.Like("a domain such as example.com", "([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z][a-z0-9-]+"));
    static final Shape TEMPLATES = new Shape.Names("names with texts", new Shape.Scalar("a text with {{ holes }}"));
    static final Shape SELECTORS = new Shape.Names("names with selectors", SELECTOR);

    private static final Shape STATUS =
            new Shape.Like("a status such as 404, or 5xx", "[1-5]([0-9][0-9]|xx)", 100, 599);
    private static final Shape SCALARS = new Shape.OneOrMore(new Shape.Scalar("a value"));

    private static final BlockShape HEADER = BlockShape.of(
                    "header_condition",
                    "what a header must be",
                    may("is", SCALARS, "one of these"),
                    may("matches", PATTERN, "this pattern is found in it"),
                    may("absent", new Shape.Flag(), "it is not there"))
            .oneOf("is", "matches", "absent");

    /** What must hold of an answer or of a node; several keys must all hold. */
    static final Shape CONDITION = new Shape.Inside(RequestShapes::condition);

    /** A number or time that an answer gives. */
    static final BlockShape READING = BlockShape.of(
                    "reading",
                    "where a number or time stands",
                    may("header", TEXT, "the header that holds it"),
                    may("body", SELECTOR, "where in the body it stands"),
                    may("at", SELECTOR, "where in the header's JSON it stands"),
                    may("matches", PATTERN, "a pattern whose first group it is"),
                    may("as", words(Reading.As.class), "what it means"))
            .oneOf("header", "body");

    private static final BlockShape COLUMN = BlockShape.of(
            "csv_column",
            "a column",
            must("name", TEMPLATE, "its name in the header"),
            must("value", TEMPLATE, "its cells"));

    private static final BlockShape CSV = BlockShape.of(
            "csv",
            "a CSV body",
            may("columns", new Shape.Items(block(COLUMN), 0), "columns before those of the fields"),
            may("fields", new Shape.Flag(), "whether a column follows for each field of the batch; true if not said"),
            may("delimiter", new Shape.Words(List.of("comma", "semicolon", "tab", "pipe")), "between cells"),
            may("line_end", new Shape.Words(List.of("lf", "crlf")), "after each row"),
            may(
                    "part",
                    new Shape.Like("a form field's name", "[A-Za-z0-9_.-]{1,80}"),
                    "the name under which it goes as the one file of a multipart form"));

    /** A request. */
    static final BlockShape REQUEST = BlockShape.of(
                    "request",
                    "a request",
                    may("get", TEMPLATE, "the path of a GET"),
                    may("post", TEMPLATE, "the path of a POST"),
                    may("put", TEMPLATE, "the path of a PUT"),
                    may("patch", TEMPLATE, "the path of a PATCH"),
                    may("delete", TEMPLATE, "the path of a DELETE"),
                    may("query", TEMPLATES, "query parameters; one whose optional hole finds nothing is left out"),
                    may("query_rows", TEMPLATES, "query parameters that come once for each row"),
                    may("headers", TEMPLATES, "headers beside the connector's"),
                    may("body", new Shape.Anything("JSON with {{ holes }}"), "a JSON body"),
                    may(
                            "json_lines",
                            new Shape.Anything("JSON with {{ holes }}"),
                            "one JSON value a row, each on a line"),
                    may(
                            "form",
                            new Shape.Names("fields", new Shape.Anything("a value with {{ holes }}")),
                            "a form's fields"),
                    may("csv", block(CSV), "one CSV line a row"),
                    may("text", TEMPLATE, "plain text"),
                    may("content_type", TEXT, "the body's media type, where it is not the usual one"))
            .oneOf("get", "post", "put", "patch", "delete")
            .atMostOneOf("body", "json_lines", "form", "csv", "text");

    private RequestShapes() {}

    private static BlockShape condition() {
        return BlockShape.of(
                        "condition",
                        "a condition",
                        may("status", new Shape.OneOrMore(STATUS), "the status is one of these"),
                        may(
                                "header",
                                new Shape.Names("headers", either(SCALARS, block(HEADER))),
                                "headers with what each must be"),
                        may("content_type", new Shape.OneOrMore(TEXT), "the media type is one of these"),
                        may("at", SELECTOR, "where 'is', 'matches', 'absent' and 'each' look"),
                        may("is", SCALARS, "one of these stands there"),
                        may("matches", PATTERN, "this pattern is found there"),
                        may("absent", new Shape.Flag(), "nothing or null stands there"),
                        may("each", CONDITION, "this holds of each node there, and the list is there"),
                        may("not", CONDITION, "this does not hold"),
                        may("any", new Shape.Items(CONDITION, 1), "one of these holds"),
                        may("all", new Shape.Items(CONDITION, 1), "all of these hold"))
                .atMostOneOf("is", "matches", "absent", "each");
    }
}
