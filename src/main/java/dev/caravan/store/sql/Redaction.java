package dev.caravan.store.sql;

import dev.caravan.plan.PlanSummary;
import dev.caravan.row.Value;
import java.util.function.Predicate;

/** What is left of stored texts once values are erased. */
public final class Redaction {

    private Redaction() {}

    /** A plan row's body without any value: why it was planned, whether the record was ours, and why it was held. */
    public static String body(String stored) {
        RowBody body = Json.body(stored);
        return Json.body(new RowBody(
                body.cause(), Value.ofNull(), null, body.ours(), null, null, null, null, body.held(), body.repeats()));
    }

    /** The destination's key in a plan row's body, as text; empty if it is not known. */
    public static String targetKey(String stored) {
        Value key = Json.body(stored).targetKey();
        return key.isNull() ? "" : key.text();
    }

    /** A plan's summary without its samples of these keys. */
    public static String summary(String stored, Predicate<String> key) {
        PlanSummary summary = Json.summary(stored);
        return Json.summary(new PlanSummary(
                summary.rows(),
                summary.invalid(),
                summary.invalidByReason(),
                summary.add(),
                summary.change(),
                summary.remove(),
                summary.removal(),
                summary.same(),
                summary.left(),
                summary.standing(),
                summary.held(),
                summary.byField(),
                summary.samples().stream()
                        .filter(sample -> !key.test(sample.key()))
                        .toList(),
                summary.cost(),
                summary.comeBack()));
    }
}
