package dev.caravan.config.draft;

import static dev.caravan.config.draft.ModelShapes.COLUMN;
import static dev.caravan.config.draft.ModelShapes.TEXT;
import static dev.caravan.yaml.shape.Key.may;
import static dev.caravan.yaml.shape.Shape.all;
import static dev.caravan.yaml.shape.Shape.block;
import static dev.caravan.yaml.shape.Shape.either;

import dev.caravan.problem.Code;
import dev.caravan.yaml.shape.BlockShape;
import dev.caravan.yaml.shape.Shape;

/** What contracts and guardrails may say. */
final class ContractShapes {

    static final Shape DURATION = new Shape.Amount(Shape.Unit.DURATION);
    static final Shape SHARE = new Shape.Share();

    private static final int MOST_VALUES = 100_000;
    private static final Shape COUNT = new Shape.Whole(0, Long.MAX_VALUE);
    private static final Shape BOUND = either(new Shape.Nothing(), new Shape.Decimal(false));

    private static final Shape RANGE = all(
            worded(
                    new Shape.Items(new Shape.Anything("a bound"), 2, 2),
                    "a range is two bounds",
                    "write [0, 100], or [0, null] for an open end"),
            new Shape.Items(BOUND, 2, 2));

    private static final Shape ACCEPTED = all(
            worded(
                    new Shape.Items(new Shape.Anything("a value"), 1, MOST_VALUES),
                    "accepted values are a list",
                    "write [A, B]"),
            new Shape.Items(
                    worded(
                            new Shape.Value("a value"),
                            "an accepted value is text, a number, true or false",
                            "null passes every check"),
                    1,
                    MOST_VALUES));

    static final BlockShape CHECK = BlockShape.of(
            "check",
            "a check",
            may("not_null", new Shape.OneOrMore(COLUMN), "these columns are never null"),
            may("unique", new Shape.OneOrMore(COLUMN), "no two rows have the same in these columns"),
            may("range", new Shape.Names("column: [low, high]", RANGE), "numbers between two bounds"),
            may("accepted", new Shape.Names("column: [A, B]", ACCEPTED), "one of these values"),
            may("pattern", new Shape.Names("column: RE2", TEXT), "all of the text matches (RE2)"),
            may("sql", TEXT, "a condition that holds of each row"));

    private static final BlockShape ROWS = BlockShape.of(
            "rows", "'rows'", may("min", COUNT, "fewer hold the plan"), may("max", COUNT, "more hold the plan"));

    /** {@code contract:}. */
    static final BlockShape CONTRACT = BlockShape.of(
                    "contract",
                    "'contract'",
                    may(
                            "checks",
                            new Shape.Items(
                                    block(CHECK.oneOf(Code.CONTRACT_CHECK, CHECK.names())
                                            .later("max_length", "references")),
                                    0),
                            "a row that breaks one is not sent"),
                    may("fresh_within", DURATION, "how old the newest watermark may be"),
                    may("rows", block(ROWS), "how many rows there may be"),
                    may("valid_share", SHARE, "with fewer valid rows the plan is held; 50%"))
            .later("odcs", "schema");

    private static final BlockShape FIELD_GUARD = BlockShape.of(
                    "field_guard",
                    "a field's guardrails",
                    may("dead_band", new Shape.Decimal(true), "a smaller step against the value last sent is not sent"))
            .later("max_writes_per_day", "max_step", "min_interval");

    /** {@code guardrails:}; every other key is a field. */
    static final BlockShape GUARDRAILS = BlockShape.of(
                    "guardrails",
                    "'guardrails'",
                    may("max_changed", SHARE, "more changes hold the plan; 30% above 20"),
                    may("max_removed", SHARE, "more removals hold the plan; 10% above 20"),
                    may("max_cleared", SHARE, "more clears of a field are left out; 1% above 10"),
                    may("min_rows", SHARE, "fewer rows than in the last good read hold the plan; 50%"),
                    may("max_first_sync", new Shape.Whole(0, Integer.MAX_VALUE), "a larger first sync is held; 1000"),
                    may("max_resent", SHARE, "more rows are not sent again in one run: resend_every; 10%, and 20 rows"))
            .later("holdout", "score_drift", "max_age", "quota_share")
            .others(block(FIELD_GUARD));

    private ContractShapes() {}

    private static Shape worded(Shape shape, String message, String hint) {
        return new Shape.Worded(shape, Code.CONTRACT_CHECK, message, hint);
    }
}
