package dev.caravan.config.draft;

import static dev.caravan.config.draft.ContractShapes.DURATION;
import static dev.caravan.config.draft.ContractShapes.SHARE;
import static dev.caravan.config.draft.ModelShapes.TEXT;
import static dev.caravan.yaml.shape.Key.may;
import static dev.caravan.yaml.shape.Key.must;
import static dev.caravan.yaml.shape.Shape.all;
import static dev.caravan.yaml.shape.Shape.block;
import static dev.caravan.yaml.shape.Shape.either;

import dev.caravan.mapping.MappingId;
import dev.caravan.mapping.Target.OnRekeyed;
import dev.caravan.mapping.Target.OnRemoved;
import dev.caravan.mapping.Target.OnUnknown;
import dev.caravan.mapping.Target.Operation;
import dev.caravan.mapping.Target.Strategy;
import dev.caravan.problem.Code;
import dev.caravan.yaml.shape.BlockShape;
import dev.caravan.yaml.shape.Shape;

/** What a mapping's file may say. */
public final class MappingShapes {

    private static final Shape ID = all(
            TEXT,
            new Shape.Worded(
                    new Shape.Written("an id", MappingId.FORM),
                    Code.YAML_BAD_VALUE,
                    "'{text}' cannot be a mapping's id",
                    "use lower-case letters, digits, _ and -, joined by /"));

    private static final BlockShape SCHEDULE = BlockShape.of(
                    "schedule",
                    "'schedule'",
                    may("every", DURATION, "how long from run to run, 1s or more"),
                    may("cron", TEXT, "a cron expression as Quartz writes it, seconds first"),
                    may("zone", TEXT, "the time zone of the cron expression"))
            .oneOf("every", "cron")
            .needing("cron", "zone")
            .later("after", "trigger");

    /** An increment is refused for what it is: whether a lost one arrived could never be told (class F). */
    private static final Shape OPERATION = all(
            TEXT,
            new Shape.Worded(
                    new Shape.Written("an operation", "(?![iI]ncrement$|INCREMENT$|[aA]dd_to$|[cC]ount$)[\\s\\S]*"),
                    Code.TARGET_INCREMENT,
                    "an increment cannot be sent safely: when an answer is lost, nobody can tell whether it was added",
                    "let the model compute the total, and upsert that"),
            Shape.words(Operation.class));

    private static final BlockShape DESTINATION = BlockShape.of(
                    "destination",
                    "'destination'",
                    must("connection", TEXT, "a connection to write to"),
                    must("object", FieldShapes.OBJECT, "the object, such as Lead"),
                    may("operation", OPERATION, "what is done with rows; upsert"),
                    must("key", FieldShapes.KEY, "the field that identifies a record, and what fills it"),
                    may("on_removed", Shape.words(OnRemoved.class), "what is done when a key leaves the model"),
                    may("on_unknown", Shape.words(OnUnknown.class), "of inserts in doubt; hold"),
                    may(
                            "on_rekeyed",
                            Shape.words(OnRekeyed.class),
                            "of rows whose records cannot follow them to another key; hold"),
                    may(
                            "resend_every",
                            DURATION,
                            "how long after its last acceptance an unchanged row is sent again, since what it made there"
                                    + " expires; never"),
                    may("adopted", new Shape.Flag(), "whether delete may touch records that were there before; false"),
                    may("strategy", Shape.words(Strategy.class), "batches or jobs; auto"))
            .later("external_id", "dedupe", "batch_size");

    private static final BlockShape SLO = BlockShape.of(
            "slo",
            "'slo'",
            may("fresh_within", DURATION, "the most time from a row's change to its acceptance"),
            may("accepted", SHARE, "the least share of planned rows that are accepted"),
            may("defect_free", SHARE, "the least share of rows without a defect"));

    /** The whole file. */
    public static final BlockShape MAPPING = BlockShape.of(
                    "mapping",
                    "a mapping",
                    may("id", ID, "what state is kept under; the file's path"),
                    may("was", ID, "the former id, after a rename"),
                    may("description", TEXT, "for people"),
                    may("owner", TEXT, "for people"),
                    must("model", either(TEXT, block(ModelShapes.MODEL)), "a model, or the name of one"),
                    may("schedule", block(SCHEDULE), "when it runs; only by command"),
                    may("contract", block(ContractShapes.CONTRACT), "what must hold of the model's rows"),
                    must("destination", block(DESTINATION), "where rows go"),
                    may("fields", FieldShapes.FIELDS, "what is written; needed unless a member is its key alone"),
                    may("guardrails", block(ContractShapes.GUARDRAILS), "what holds a plan"),
                    may("slo", block(SLO), "what it promises, for reports"))
            .later("snapshot", "after", "trigger", "diff", "enabled", "tags");

    private MappingShapes() {}
}
