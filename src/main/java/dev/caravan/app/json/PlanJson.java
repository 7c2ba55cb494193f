package dev.caravan.app.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.app.Operations.PlanView;
import dev.caravan.mapping.MappingId;
import dev.caravan.plan.Plan;
import dev.caravan.plan.PlanState;

/** A plan and what it stands on. The field definition its rows were mapped with stays in the ledger. */
public final class PlanJson {

    private PlanJson() {}

    /** The plan as one object. */
    public static ObjectNode write(Plan plan) {
        ObjectNode node = Json.object()
                .put("plan", plan.hash())
                .put("mapping", plan.mapping().value())
                .put("run", plan.run())
                .put("state", Words.of(plan.state()));
        node.set(
                "base",
                Json.object()
                        .put("mapping_version", plan.base().mappingVersion())
                        .put("target", plan.base().target())
                        .put("generation", plan.base().generation()));
        node.put("rows", plan.summary().rows()).put("invalid", plan.summary().invalid());
        node.set(
                "planned",
                ReportJson.planned(
                        plan.summary().add(),
                        plan.summary().change(),
                        plan.summary().remove()));
        SummaryJson.write(node, plan.summary());
        node.set("guards", Json.list(plan.verdicts(), VerdictJson::write));
        return node.put("created", plan.created().toString())
                .put("expires", plan.expires().toString());
    }

    /** The plan that {@link #write} wrote, its definition empty. */
    public static Plan read(JsonNode node) {
        JsonNode base = node.path("base");
        return new Plan(
                node.path("plan").asText(),
                new MappingId(node.path("mapping").asText()),
                node.path("run").asLong(),
                new Plan.Base(
                        base.path("mapping_version").asText(),
                        base.path("target").asText(),
                        base.path("generation").asLong()),
                "",
                Words.parse(PlanState.class, node.path("state").asText()),
                SummaryJson.read(node),
                Json.items(node, "guards", VerdictJson::read),
                Json.instant(node, "created").orElseThrow(),
                Json.instant(node, "expires").orElseThrow());
    }

    /** A plan with its first rows under {@code writes}. */
    public static ObjectNode writeView(PlanView view) {
        ObjectNode node = write(view.plan());
        node.set("writes", Json.list(view.rows(), WriteJson::write));
        return node;
    }

    /** The view that {@link #writeView} wrote. */
    public static PlanView readView(JsonNode node) {
        return new PlanView(read(node), Json.items(node, "writes", WriteJson::read));
    }
}
