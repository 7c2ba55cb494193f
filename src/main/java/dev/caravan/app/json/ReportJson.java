package dev.caravan.app.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.app.SyncReport;
import dev.caravan.contract.CheckResult.Quarantined;
import dev.caravan.mapping.MappingId;
import dev.caravan.plan.PlanSummary;
import dev.caravan.run.Accounting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A report with the names that {@link SyncReport} fixes; the summary's further figures stand beside them. */
public final class ReportJson {

    private ReportJson() {}

    /** The report as one object. */
    public static ObjectNode write(SyncReport report) {
        ObjectNode node = Json.object()
                .put("run", report.run())
                .put("mapping", report.mapping().value())
                .put("state", report.state())
                .put("rows", report.rows())
                .put("invalid", report.invalid());
        node.set("planned", planned(report.add(), report.change(), report.remove()));
        accounting(node, report.accounting());
        node.put("requests", report.requests())
                .put("seconds", Math.round(report.seconds() * 1000) / 1000.0)
                .put("plan", report.plan());
        node.set("guards", Json.list(report.guards(), VerdictJson::write));
        if (report.planRun() > 0) {
            node.put("plan_run", report.planRun());
        }
        node.set("rejections", Json.list(report.rejections(), RejectionJson::write));
        node.set("held_by", Json.counts(report.heldBy()));
        report.fate().ifPresent(fate -> node.set("decision", FateJson.write(fate)));
        report.summary().ifPresent(summary -> SummaryJson.write(node, summary));
        report.expires().ifPresent(expires -> node.put("expires", expires.toString()));
        if (report.error() != null) {
            node.put("error", report.error());
        }
        if (!report.quarantined().isEmpty()) {
            node.set("invalid_rows", Json.list(report.quarantined(), ReportJson::quarantined));
        }
        return node;
    }

    /** The report that {@link #write} wrote. */
    public static SyncReport read(JsonNode node) {
        JsonNode planned = node.path("planned");
        Optional<PlanSummary> summary = node.has("same") ? Optional.of(SummaryJson.read(node)) : Optional.empty();
        return new SyncReport(
                node.path("run").asLong(),
                new MappingId(node.path("mapping").asText()),
                node.path("state").asText(),
                node.path("rows").asLong(),
                node.path("invalid").asLong(),
                planned.path("add").asLong(),
                planned.path("change").asLong(),
                planned.path("remove").asLong(),
                accounting(node),
                node.path("requests").asLong(),
                node.path("seconds").asDouble(),
                node.path("plan").asText(),
                Json.items(node, "guards", VerdictJson::read),
                node.path("plan_run").asLong(),
                Json.items(node, "rejections", RejectionJson::read),
                Json.counts(node.path("held_by")),
                Optional.ofNullable(node.get("decision")).map(FateJson::read),
                summary,
                Json.instant(node, "expires"),
                Json.text(node, "error"),
                Json.items(node, "invalid_rows", ReportJson::quarantined));
    }

    private static ObjectNode quarantined(Quarantined row) {
        ObjectNode node = Json.object().put("key", row.key());
        row.reasons().forEach(node.putArray("reasons")::add);
        return node;
    }

    private static Quarantined quarantined(JsonNode node) {
        List<String> reasons = new ArrayList<>();
        node.path("reasons").forEach(reason -> reasons.add(reason.asText()));
        return new Quarantined(node.path("key").asText(), List.copyOf(reasons));
    }

    static ObjectNode planned(long add, long change, long remove) {
        return Json.object().put("add", add).put("change", change).put("remove", remove);
    }

    static void accounting(ObjectNode node, Accounting accounting) {
        node.put("accepted", accounting.accepted())
                .put("rejected", accounting.rejected())
                .put("held", accounting.held())
                .put("unknown", accounting.unknown())
                .put("superseded", accounting.superseded());
    }

    static Accounting accounting(JsonNode node) {
        JsonNode planned = node.path("planned");
        return new Accounting(
                planned.path("add").asLong()
                        + planned.path("change").asLong()
                        + planned.path("remove").asLong(),
                node.path("accepted").asLong(),
                node.path("rejected").asLong(),
                node.path("held").asLong(),
                node.path("unknown").asLong(),
                node.path("superseded").asLong());
    }
}
