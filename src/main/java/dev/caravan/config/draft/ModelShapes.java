package dev.caravan.config.draft;

import static dev.caravan.yaml.shape.Key.may;
import static dev.caravan.yaml.shape.Key.must;
import static dev.caravan.yaml.shape.Shape.all;
import static dev.caravan.yaml.shape.Shape.block;
import static dev.caravan.yaml.shape.Shape.either;

import dev.caravan.model.FileFormat;
import dev.caravan.problem.Code;
import dev.caravan.row.ValueType;
import dev.caravan.yaml.shape.BlockShape;
import dev.caravan.yaml.shape.Shape;
import java.util.Map;

/** What a model may say, in a mapping or in a file of its own. */
public final class ModelShapes {

    static final Shape TEXT = new Shape.Text("");
    static final Shape COLUMN = new Shape.Text("a column");

    /** What other systems call our types. */
    private static final Map<String, String> ELSEWHERE = Map.ofEntries(
            Map.entry("string", "text"),
            Map.entry("varchar", "text"),
            Map.entry("int", "integer"),
            Map.entry("bigint", "integer"),
            Map.entry("number", "decimal"),
            Map.entry("numeric", "decimal"),
            Map.entry("float", "double"),
            Map.entry("bool", "boolean"),
            Map.entry("datetime", "timestamp"),
            Map.entry("instant", "timestamptz"),
            Map.entry("jsonb", "json"),
            Map.entry("struct", "json"),
            Map.entry("blob", "binary"),
            Map.entry("bytea", "binary"),
            Map.entry("bytes", "binary"));

    private static final Shape.Words OURS = Shape.words(ValueType.class);
    private static final Shape TYPE = new Shape.Words(OURS.words(), OURS.later(), ELSEWHERE);

    private static final BlockShape DECLARED = BlockShape.of(
                    "column",
                    "a column",
                    must("type", TYPE, "its type"),
                    may("zone", TEXT, "of a timestamp: where its clock hangs"))
            .later("format", "pii");

    private static final Shape TABLE = all(
            TEXT,
            new Shape.Worded(
                    new Shape.Written("a name", "[A-Za-z_][A-Za-z0-9_$]*(\\.[A-Za-z_][A-Za-z0-9_$]*){0,2}"),
                    Code.YAML_BAD_VALUE,
                    "'{text}' is not a table's name",
                    "write name or schema.name, or use sql"));

    /** The whole block, or the whole file. */
    public static final BlockShape MODEL = BlockShape.of(
                    "model",
                    "a model",
                    must("connection", TEXT, "a connection to read from"),
                    may("sql", TEXT, "exactly one SELECT"),
                    may("table", TABLE, "a table or view"),
                    may("path", TEXT, "one file of a files connection"),
                    may("format", Shape.words(FileFormat.class, "excel", "xlsx"), "of the file; by its name"),
                    must("key", new Shape.OneOrMore(COLUMN), "the column that identifies a row, or several"),
                    may(
                            "columns",
                            new Shape.Names("column: type", either(TYPE, block(DECLARED))),
                            "declared types of columns"),
                    may("watermark", COLUMN, "the column that says how old a row is"))
            .oneOf("sql", "table", "path")
            .later("dbt", "topic", "incremental", "snapshot");

    private ModelShapes() {}
}
