package dev.caravan.app.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.plan.Cause;
import dev.caravan.plan.PlanSummary;
import dev.caravan.plan.PlanSummary.Cost;
import dev.caravan.plan.PlanSummary.FieldChange;
import dev.caravan.plan.PlanSummary.Sample;
import dev.caravan.plan.PlannedWrite;

/**
 * A plan's summary, spread into the object that carries it. {@code held_rows} are the plan's rows that a guard holds back;
 * {@code held}, beside it, is where the run's rows ended.
 */
final class SummaryJson {

    private SummaryJson() {}

    static void write(ObjectNode node, PlanSummary summary) {
        if (!summary.removal().isEmpty()) {
            node.put("removal", summary.removal());
        }
        node.put("same", summary.same())
                .put("left", summary.left())
                .put("standing", summary.standing())
                .put("held_rows", summary.held())
                .put("come_back", summary.comeBack());
        node.set("invalid_by_reason", Json.counts(summary.invalidByReason()));
        node.set("by_field", Json.counts(summary.byField()));
        node.set("samples", Json.list(summary.samples(), sample -> sample(summary, sample)));
        node.set("cost", cost(summary.cost()));
    }

    static PlanSummary read(JsonNode node) {
        JsonNode planned = node.path("planned");
        return new PlanSummary(
                node.path("rows").asLong(),
                node.path("invalid").asLong(),
                Json.counts(node.path("invalid_by_reason")),
                planned.path("add").asLong(),
                planned.path("change").asLong(),
                planned.path("remove").asLong(),
                node.path("removal").asText(),
                node.path("same").asLong(),
                node.path("left").asLong(),
                node.path("standing").asLong(),
                node.path("held_rows").asLong(),
                Json.counts(node.path("by_field")),
                Json.items(node, "samples", SummaryJson::sample),
                cost(node.path("cost")),
                node.path("come_back").asLong());
    }

    private static ObjectNode sample(PlanSummary summary, Sample sample) {
        ObjectNode node = Json.object()
                .put("key", sample.key())
                .put("kind", Words.of(sample.kind()))
                .put("cause", Words.of(sample.cause()));
        summary.action(sample).ifPresent(action -> node.put("action", action));
        node.set("fields", Json.list(sample.fields(), SummaryJson::change));
        if (sample.held() != null) {
            node.put("held", sample.held());
        }
        return node;
    }

    private static Sample sample(JsonNode node) {
        return new Sample(
                node.path("key").asText(),
                Words.parse(PlannedWrite.Kind.class, node.path("kind").asText()),
                Words.parse(Cause.class, node.path("cause").asText()),
                Json.items(node, "fields", SummaryJson::change),
                Json.text(node, "held"));
    }

    /** Without {@code before} where none is known; with null where there was a null. */
    private static ObjectNode change(FieldChange change) {
        ObjectNode node = Json.object().put("field", change.field());
        if (change.before() != null) {
            node.set("before", ValueJson.write(change.before()));
        }
        node.set("after", ValueJson.write(change.after()));
        return node;
    }

    private static FieldChange change(JsonNode node) {
        return new FieldChange(
                node.path("field").asText(),
                node.has("before") ? ValueJson.read(node.path("before")) : null,
                ValueJson.read(node.path("after")));
    }

    private static ObjectNode cost(Cost cost) {
        ObjectNode node = Json.object().put("requests", cost.requests()).put("strategy", cost.strategy());
        if (cost.quotaLimit() >= 0) {
            node.put("quota_used", cost.quotaUsed()).put("quota_limit", cost.quotaLimit());
        }
        return node;
    }

    private static Cost cost(JsonNode node) {
        return new Cost(
                node.path("requests").asLong(),
                node.path("strategy").asText(),
                node.path("quota_used").asLong(-1),
                node.path("quota_limit").asLong(-1));
    }
}
