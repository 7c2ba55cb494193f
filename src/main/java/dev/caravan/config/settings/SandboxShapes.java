package dev.caravan.config.settings;

import static dev.caravan.config.settings.SettingShapes.DURATION;
import static dev.caravan.config.settings.SettingShapes.TEXT;
import static dev.caravan.yaml.shape.Key.may;
import static dev.caravan.yaml.shape.Key.must;
import static dev.caravan.yaml.shape.Shape.all;
import static dev.caravan.yaml.shape.Shape.block;

import dev.caravan.config.settings.SandboxFile.FieldKind;
import dev.caravan.problem.Code;
import dev.caravan.yaml.shape.BlockShape;
import dev.caravan.yaml.shape.Shape;

/** What {@code sandbox.yaml} may say. */
public final class SandboxShapes {

    private static final int LONGEST = 131_072;
    private static final int DIGITS = 18;
    private static final Shape FLAG = new Shape.Flag();

    private static final Shape ORGANISATION = all(
            TEXT,
            new Shape.Worded(
                    new Shape.Written("an id", "00D[A-Za-z0-9]{12}([A-Z0-5]{3})?"),
                    Code.YAML_BAD_VALUE,
                    "not an organisation's id",
                    "write 00D and 12 letters or digits, such as 00DSb0000000001"));

    private static final BlockShape FIELD = BlockShape.of(
                    "field",
                    "a field",
                    must("type", Shape.words(FieldKind.class, "multipicklist", "formula", "geolocation"), "its type"),
                    may("label", TEXT, "what people see"),
                    may("length", new Shape.Whole(1, LONGEST), "of text: the most characters"),
                    may("precision", new Shape.Whole(1, DIGITS), "of numbers: digits in all"),
                    may("scale", new Shape.Whole(0, DIGITS - 1), "of numbers: digits behind the point"),
                    may("required", FLAG, "whether a record must have it; false"),
                    may("external_id", FLAG, "whether it can identify records; false"),
                    may("unique", FLAG, "whether no two records may have one value; false"),
                    may("case_sensitive", FLAG, "whether that goes by case; false"),
                    may("values", new Shape.OneOrMore(TEXT), "of a picklist"),
                    may("restricted", FLAG, "whether a picklist takes its own values alone; false"),
                    may("default", TEXT, "what new records get that lack it"),
                    may("references", TEXT, "of a lookup: the object it points to"))
            .later("formula", "controls");

    private static final BlockShape OBJECT = BlockShape.of(
                    "object",
                    "an object",
                    may(
                            "fields",
                            new Shape.Names(
                                    "Field__c: {type: …}",
                                    block(FIELD),
                                    new Shape.NameForm(
                                            "[A-Za-z][A-Za-z0-9_]*__c",
                                            "name a custom field",
                                            "end it in __c; standard fields are there already")),
                            "its custom fields"),
                    may(
                            "record_types",
                            new Shape.OneOrMore(all(
                                    TEXT,
                                    new Shape.Worded(
                                            new Shape.Written("a developer name", "[A-Za-z][A-Za-z0-9_]*"),
                                            Code.YAML_BAD_VALUE,
                                            "this cannot name a record type",
                                            "use its developer name"))),
                            "the developer names of its record types"))
            .later("label", "records");

    private static final BlockShape QUIRKS = BlockShape.of(
            "quirks",
            "'quirks'",
            may("bad_record_fails_request", FLAG, "whether an unknown field refuses the whole request; true"),
            may("limit_info", FLAG, "whether answers say how much of the day's allowance is used; true"),
            may("bulk_batch_time", DURATION, "how long a job takes over each batch; 20ms"),
            may("bulk_batch_rows", new Shape.Whole(1, 10_000), "how many rows a batch of a job has; 10000"));

    /** The whole file. */
    public static final BlockShape FILE = BlockShape.of(
                    "sandbox",
                    "sandbox.yaml",
                    may("organisation", ORGANISATION, "the organisation's id; 00DSb0000000001"),
                    may("client_id", TEXT, "what it lets in; caravan-demo"),
                    may("client_secret", TEXT, "opens nothing but this stand-in; caravan-demo-secret"),
                    may("username", TEXT, "who logs in by a signed assertion; integration@sandbox.invalid"),
                    may("certificate", TEXT, "a certificate or public key in PEM: signed assertions are taken"),
                    may("token_lifetime", DURATION, "how long tokens are good; 2h"),
                    may("new_login_ends_older", FLAG, "whether a log-in ends older tokens; false"),
                    may("latency", DURATION, "added to every answer"),
                    may("daily_limit", new Shape.Whole(1, Integer.MAX_VALUE), "API requests in 24 hours; 15000"),
                    may("seed", new Shape.Whole(Long.MIN_VALUE, Long.MAX_VALUE), "of the order of a job's results"),
                    may("quirks", block(QUIRKS), "where organisations differ"),
                    may(
                            "objects",
                            new Shape.Names(
                                    "Object: {fields: …}",
                                    block(OBJECT),
                                    new Shape.NameForm("[A-Za-z][A-Za-z0-9_]*", "name an object", "use its API name")),
                            "custom fields of standard objects, or objects of your own"))
            .later("records", "port");

    private SandboxShapes() {}
}
