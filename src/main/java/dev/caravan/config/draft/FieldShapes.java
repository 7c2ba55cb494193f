package dev.caravan.config.draft;

import static dev.caravan.config.draft.ModelShapes.COLUMN;
import static dev.caravan.config.draft.ModelShapes.TEXT;
import static dev.caravan.yaml.shape.Key.may;
import static dev.caravan.yaml.shape.Key.must;
import static dev.caravan.yaml.shape.Shape.all;
import static dev.caravan.yaml.shape.Shape.block;
import static dev.caravan.yaml.shape.Shape.either;

import dev.caravan.mapping.FieldRule.WhenEmpty;
import dev.caravan.problem.Code;
import dev.caravan.yaml.shape.BlockShape;
import dev.caravan.yaml.shape.Key;
import dev.caravan.yaml.shape.Shape;
import java.util.Optional;

/** What fills fields and keys. */
final class FieldShapes {

    private static final Shape FLAG = new Shape.Flag();

    /** An object of a destination. */
    static final Shape OBJECT = all(
            TEXT,
            new Shape.Worded(
                    new Shape.Written("a name", "[A-Za-z0-9_][A-Za-z0-9_.:-]*(/[A-Za-z0-9_][A-Za-z0-9_.:-]*)*"),
                    Code.YAML_BAD_VALUE,
                    "'{text}' cannot name an object",
                    "use its API name, such as Lead or Account_Score__c"));

    private static final Shape.NameForm NAME =
            new Shape.NameForm("[A-Za-z][A-Za-z0-9_.]*(:[A-Za-z][A-Za-z0-9_.]*)?", "name a field", "use its API name");

    private static final BlockShape LOOKUP = BlockShape.of(
            "lookup",
            "'lookup'",
            must("object", OBJECT, "the object whose record is meant"),
            must("key", TEXT, "its field that holds the key"));

    private static final Key BY_COLUMN = may("column", TEXT, "the column that fills it");
    private static final Key BY_CEL = may("cel", TEXT, "the expression that fills it; columns are row.name");
    private static final Key[] FORMS = {
        may("normalise", new Shape.OneOrMore(new Shape.Text("a normaliser")), "the form that a platform compares"),
        may("hashed", FLAG, "whether the column holds SHA-256 hashes already; false"),
        may("country", TEXT, "the column that says where a row belongs"),
        may("lookup", block(LOOKUP), "another record of the destination, whose id is sent")
    };

    private static final Key PII = may("pii", FLAG, "whether it is masked in plans and in the API; false");

    private static final BlockShape FIELD = BlockShape.of(
                    "field",
                    "a field",
                    BY_COLUMN,
                    may("constant", new Shape.Value("a value"), "one value for all rows"),
                    BY_CEL)
            .with("field", "a field", FORMS)
            .with(
                    "field",
                    "a field",
                    may("round", new Shape.Whole(0, 15), "digits after the point"),
                    may("triggers", FLAG, "whether its change alone causes a write; true"),
                    may("when_empty", Shape.words(WhenEmpty.class, "default"), "what a null does; clear"),
                    PII)
            .oneOf("column", "constant", "cel")
            .later("only_if_blank", "max_length");

    /** A key that is the same for every row would be no key. */
    private static final BlockShape KEY_FIELD = BlockShape.of("key_field", "a key", BY_COLUMN, BY_CEL)
            .with("key_field", "a key", FORMS)
            .with("key_field", "a key", PII)
            .oneOf("column", "cel");

    /** All fields of a mapping. */
    static final Shape FIELDS = new Shape.Names("Field: column", either(COLUMN, block(FIELD)), NAME);

    /** The fields that identify a record. */
    static final Shape KEY = new Shape.Names("Field: column", either(COLUMN, block(KEY_FIELD)), Optional.of(NAME), 1);

    private FieldShapes() {}
}
