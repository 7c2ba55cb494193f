package dev.caravan.connector.declared.load;

import static dev.caravan.connector.declared.load.RequestShapes.CONDITION;
import static dev.caravan.connector.declared.load.RequestShapes.PATTERN;
import static dev.caravan.connector.declared.load.RequestShapes.READING;
import static dev.caravan.connector.declared.load.RequestShapes.REQUEST;
import static dev.caravan.connector.declared.load.RequestShapes.SELECTOR;
import static dev.caravan.connector.declared.load.RequestShapes.TEMPLATE;
import static dev.caravan.connector.declared.load.RequestShapes.TEMPLATES;
import static dev.caravan.connector.declared.load.RequestShapes.TEXT;
import static dev.caravan.connector.declared.load.RequestShapes.WORDING;
import static dev.caravan.yaml.shape.Key.may;
import static dev.caravan.yaml.shape.Key.must;
import static dev.caravan.yaml.shape.Shape.block;
import static dev.caravan.yaml.shape.Shape.either;
import static dev.caravan.yaml.shape.Shape.words;

import dev.caravan.connector.declared.spec.ErrorClass;
import dev.caravan.connector.declared.spec.LimitsSpec;
import dev.caravan.connector.declared.spec.SettingSpec;
import dev.caravan.destination.Action;
import dev.caravan.mapping.TargetField;
import dev.caravan.yaml.Amounts;
import dev.caravan.yaml.shape.BlockShape;
import dev.caravan.yaml.shape.Key;
import dev.caravan.yaml.shape.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What connector.yaml may say. */
final class ConnectorShapes {

    private static final Shape DURATION = new Shape.Amount(Shape.Unit.DURATION);
    private static final Shape SIZE = new Shape.Amount(Shape.Unit.SIZE);
    private static final Shape FLAG = new Shape.Flag();
    private static final Shape TEXTS = new Shape.OneOrMore(TEXT);
    private static final Shape WHEN = AuthShapes.WHEN;
    private static final Shape KIND = words(TargetField.Kind.class);
    private static final Shape CLASS = new Shape.Words(List.of("A", "B", "C", "D", "E"));

    static final BlockShape SETTING = BlockShape.of(
            "setting",
            "a setting",
            may("kind", words(SettingSpec.Kind.class), "what it holds; text"),
            may("secret", FLAG, "whether it must come from {{env:…}} or {{file:…}} and is shown nowhere"),
            may("optional", FLAG, "whether a connection may leave it out; one with a default always may"),
            may("when", WHEN, "other settings with the values with which it is needed; with others it may be left out"),
            may("default", new Shape.Scalar("a value"), "what it is where a connection does not say"),
            may("one_of", TEXTS, "the only values it may have"),
            may("pattern", PATTERN, "what its whole text matches"),
            may("about", TEXT, "what it is, for people"));

    static final BlockShape START = BlockShape.of(
            "start",
            "a beginning of paths",
            must("path", TEMPLATE, "what stands there"),
            may("when", WHEN, "settings with the values that they must have"));

    static final BlockShape DAY = BlockShape.of(
            "day",
            "a day",
            must("zone", TEXT, "whose clocks tell"),
            may("at", new Shape.Like("a time such as 06:00", Amounts.TIME), "when it begins; 00:00"));

    static final BlockShape RATE = BlockShape.of(
                    "rate",
                    "a rate",
                    may("name", TEXT, "of several with one name and path the first whose settings hold counts"),
                    may("max", new Shape.Whole(1, 1_000_000_000), "so many"),
                    may("max_of", TEXT, "the setting that says how many"),
                    must("per", DURATION, "in so long a time: an hour at most, or a day"),
                    may("count", words(LimitsSpec.Count.class), "of a day: requests, or the rows in them; requests"),
                    may("day", block(DAY), "when a day begins; without it any 24 hours count"),
                    may("when", WHEN, "settings with the values that they must have"),
                    may("path", PATTERN, "what the whole path matches of those that it limits, beside the others; any"))
            .oneOf("max", "max_of");

    static final BlockShape OBSERVED = BlockShape.of(
            "observed",
            "what answers tell of a limit",
            may("kind", words(LimitsSpec.Kind.class), "of minutes (window) or of a day and longer (quota); window"),
            may("limit", block(READING), "how many in all"),
            may("remaining", block(READING), "how many are left"),
            may("used", block(READING), "how many are used"),
            may("resets", block(READING), "when the count starts anew"));

    static final BlockShape LIMITS = BlockShape.of(
            "limits",
            "limits",
            may("concurrency", new Shape.Whole(1, 1000), "requests at a time"),
            may("requests", new Shape.Items(block(RATE), 1), "rates"),
            may("observe", new Shape.Items(block(OBSERVED), 1), "what answers tell"));

    static final BlockShape ERROR = BlockShape.of(
            "error",
            "an error",
            must("when", CONDITION, "of the whole answer"),
            must("class", words(ErrorClass.class), "what it means"),
            may("wait", AnswerShapes.waits(), "when it may be asked again: the first that the answer tells"),
            may(
                    "together",
                    FLAG,
                    "for data, conflict and policy: whether nothing was applied for some row's sake; true"),
            may(
                    "alone",
                    FLAG,
                    "for transient: whether it ails these rows alone, so that others need not wait with them; false"),
            may("code", WORDING, "the destination's code"),
            may("message", WORDING, "its words"),
            may("field", WORDING, "the field it names"));

    static final BlockShape CODES = new BlockShape(
            "codes",
            "the codes of rows",
            Stream.concat(
                            Arrays.stream(ErrorClass.values())
                                    .map(word ->
                                            may(word.name().toLowerCase(Locale.ROOT), TEXTS, "codes, or /patterns/")),
                            Stream.of(may("otherwise", words(ErrorClass.class), "what any other code means; policy")))
                    .toList(),
            List.of());

    static final BlockShape ACCOUNT = new BlockShape(
            "account",
            "an account",
            REQUEST.with(
                            "account",
                            "an account",
                            may("at", SELECTOR, "where the answer names it"),
                            may("of", TEMPLATE, "its name, where the API does not tell"))
                    .keys(),
            List.of(new BlockShape.Choice(List.of("get", "post", "of"), true)));

    static final BlockShape FIELD = BlockShape.of(
            "field",
            "a field",
            must("name", TEXT, "as the API calls it"),
            may("type", KIND, "what it holds; text"),
            may("length", new Shape.Whole(1, 1_000_000_000), "the most characters"),
            may("key", FLAG, "whether it can identify records"),
            may("required", FLAG, "whether a new record must have it"),
            may("writable", FLAG, "whether it can be written; true"),
            may("ignore_case", FLAG, "whether it is compared without regard to case"),
            may("values", TEXTS, "the only values it may have"),
            may(
                    "normalise",
                    TEXT,
                    "the form that the platform wants; where it ends in a hash, the mapping must make it"),
            may("max_age", DURATION, "how old a time in it may be; an older one makes its row invalid"));

    static final BlockShape TYPE = new BlockShape(
            "type",
            "a type",
            Stream.concat(
                            Stream.of(must("at", SELECTOR, "where a field's type stands")),
                            Arrays.stream(TargetField.Kind.values())
                                    .map(kind -> may(
                                            kind.name().toLowerCase(Locale.ROOT), TEXTS, "the types that are this")))
                    .toList(),
            List.of());

    static final BlockShape DESCRIBE = REQUEST.with(
            "describe",
            "a description",
            must("fields", SELECTOR, "the nodes of the fields"),
            must("name", SELECTOR, "a field's name"),
            must("type", block(TYPE), "a field's type"),
            may("writable", CONDITION, "whether it can be written"),
            may("key", CONDITION, "whether it can identify records"),
            may(
                    "keys",
                    SELECTOR,
                    "lists of the names of fields that identify a record: of one alone, or of several together"),
            may("required", CONDITION, "whether a new record must have it"),
            may("ignore_case", CONDITION, "whether it is compared without regard to case"),
            may("values", SELECTOR, "the only values it may have"),
            may("length", SELECTOR, "the most characters"),
            may("also", new Shape.Items(block(FIELD), 1), "fields that the answer does not tell"),
            may("pages", block(AnswerShapes.PAGES), "where the answer goes on"));

    static final BlockShape BATCH = BlockShape.of(
            "batch",
            "a batch",
            may("rows", new Shape.Whole(1, 10_000_000), "the most rows of a request; 1"),
            may("bytes", SIZE, "the longest body"),
            may("row_bytes", SIZE, "the most that one row may add to it"),
            may("group_by", TEMPLATE, "a text that all its rows have in common: batch.group"),
            may("distinct", TEMPLATE, "a text that no two of its rows have in common"));

    private static final BlockShape TOKEN = BlockShape.of(
            "null_token", "a token for null", must("token", new Shape.Scalar("a text"), "what null is written as"));

    static final Shape NULLS =
            either(new Shape.Words(List.of("omit", "json_null", "empty_string", "refuse")), block(TOKEN));

    static final BlockShape STEP = BlockShape.of(
            "step",
            "a step",
            may("batch", block(BATCH), "how many rows go together"),
            may("nulls", NULLS, "as what a null goes; json_null"),
            must("request", block(REQUEST), "what is sent"),
            may("answers", new Shape.OneOrMore(block(AnswerShapes.ANSWER)), "what an answer says of rows"),
            may("remedy", block(AnswerShapes.REMEDY), "what helps a single row that was refused"));

    private static final BlockShape UNIQUE = BlockShape.of(
            "class_by_key",
            "a class by key",
            must("unique_key", CLASS, "where the key field is unique"),
            must("otherwise", CLASS, "where it is not"));

    static final BlockShape OPERATION = BlockShape.of(
                    "operation",
                    "an operation",
                    may("same_as", words(Action.class), "another one of this object; what is said here counts instead"),
                    may("class", either(CLASS, block(UNIQUE)), "what a lost answer means"),
                    may(
                            "dedupe_window",
                            DURATION,
                            "how long a repeated row is still known for one; needed for an append of class B"),
                    may(
                            "whole",
                            new Shape.Flag(),
                            "whether a changed row goes with all its fields, and a removal with those last accepted"),
                    may(
                            "identifiers",
                            TEXTS,
                            "of add: the fields, beside the key, by which members are known; who gets others is taken"
                                    + " out first"),
                    may("batch", block(BATCH), "how many rows go together"),
                    may("nulls", NULLS, "as what a null goes; json_null"),
                    may("request", block(REQUEST), "what is sent"),
                    may("answers", new Shape.OneOrMore(block(AnswerShapes.ANSWER)), "what an answer says of rows"),
                    may("remedy", block(AnswerShapes.REMEDY), "what helps a single row that was refused"),
                    may(
                            "confirm",
                            block(AnswerShapes.confirm(block(BATCH))),
                            "what asks about rows of which an answer says nothing"),
                    may("find", block(AnswerShapes.FIND), "a search, where the API knows no upsert"),
                    may("found", TEXT, "then, of a record that is there: a step or operation, unchanged or reject"),
                    may("absent", TEXT, "then, of one that is not: a step or operation, unchanged or reject"),
                    may(
                            "by_id",
                            TEXT,
                            "a step that names by its id a record whose key changes, or that no search finds"),
                    may("fixed", TEXTS, "with by_id: key fields that stay as they are, whatever is sent"),
                    may(
                            "gone",
                            new Shape.OneOrMore(TEXT),
                            "with by_id: the codes that say that there is no such record"),
                    may(
                            "still",
                            block(REQUEST),
                            "with by_id and find: asks whether a record is still there, where the search finds another"
                                    + " one"),
                    may("job", block(AnswerShapes.job(block(BATCH), NULLS)), "a staged job"),
                    may(
                            "read_back",
                            block(AnswerShapes.readBack(block(BATCH))),
                            "what became of rows whose answer was lost"),
                    may("job_from", new Shape.Whole(1, 1_000_000_000), "from how many rows on the job is taken"))
            .atMostOneOf("request", "find");

    static final BlockShape OBJECT = BlockShape.of(
                    "object",
                    "an object",
                    must("names", TEXTS, "what mappings call it; {braces} capture a part"),
                    may("about", TEXT, "what it is, for people"),
                    may("describe", block(DESCRIBE), "the request that tells its fields"),
                    may("fields", new Shape.Items(block(FIELD), 0), "its fields, where no request tells them"),
                    may("open", KIND, "with fields: any other name is a field of this type"),
                    may(
                            "personal",
                            PATTERN,
                            "with open: other names that match it as a whole are no fields, nor is what is pii"),
                    may("keys", TEXTS, "fields that identify a record together: a + b"),
                    may(
                            "lookups",
                            new Shape.Items(block(AnswerShapes.lookup(block(BATCH))), 0),
                            "how the ids of its records are found by their fields, the first that takes the field"),
                    must("operations", block(operations()), "what can be done with it"),
                    may("steps", new Shape.Names("steps", block(STEP)), "requests that found and absent name"))
            .oneOf("describe", "fields");

    /** A connector's name. */
    static final Shape.Like NAME = new Shape.Like("a lower-case word", "[a-z][a-z0-9_]{0,39}");

    /** The whole file. */
    static final BlockShape FILE = BlockShape.of(
            "connector_file",
            "a connector",
            must("connector", NAME, "its name, the folder's"),
            must("title", TEXT, "its name for people"),
            may("docs", TEXT, "where the vendor describes the API; shown, never called"),
            may("summary", TEXT, "what it does, in a sentence"),
            may("settings", new Shape.Names("settings", block(SETTING)), "the keys of a connection on it"),
            must("base_url", TEMPLATE, "the address that all paths are below"),
            must(
                    "auth",
                    new Shape.OneOrMore(AuthShapes.AUTH),
                    "how requests are let in; of several the first whose settings hold"),
            may(
                    "paths",
                    new Shape.Names("paths", new Shape.Items(block(START), 1)),
                    "beginnings of paths, for paths.NAME; of each the first whose settings hold"),
            may("sign", block(AuthShapes.SIGN), "a signature over each request"),
            must("account", block(ACCOUNT), "which account answers: part of the target's identity"),
            may("headers", TEMPLATES, "headers of every request"),
            may("timeout", DURATION, "how long a request may take; 30s"),
            may("zombie_window", DURATION, "how long a lost request may still take effect; 10m"),
            may("limits", block(LIMITS), "how much it takes"),
            may("errors", new Shape.Items(block(ERROR), 0), "what whole answers mean, the first that matches"),
            may("codes", block(CODES), "what the codes of rows mean"),
            must("objects", new Shape.Items(block(OBJECT), 1), "what can be written"),
            may("unverified", TEXTS, "what rests on documentation alone"));

    private ConnectorShapes() {}

    private static BlockShape operations() {
        List<Key> keys = Arrays.stream(Action.values())
                .map(action -> may(
                        action.name().toLowerCase(Locale.ROOT),
                        new Shape.Inside(() -> ConnectorShapes.OPERATION),
                        "how it is done"))
                .toList();
        return new BlockShape("operations", "operations", keys, List.of());
    }
}
