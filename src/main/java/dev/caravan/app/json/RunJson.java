package dev.caravan.app.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.mapping.MappingId;
import dev.caravan.run.Run;
import dev.caravan.run.RunState;
import dev.caravan.run.Trigger;

/** A run of a list: the figures of its report with when and why it started. */
public final class RunJson {

    private RunJson() {}

    /** The run as one object; {@code finished}, {@code plan} and {@code error} only where there is one. */
    public static ObjectNode write(Run run) {
        ObjectNode node = Json.object()
                .put("run", run.id())
                .put("mapping", run.mapping().value())
                .put("epoch", run.epoch())
                .put("trigger", Words.of(run.trigger()))
                .put("state", Words.of(run.state()))
                .put("started", run.started().toString());
        if (run.finished() != null) {
            node.put("finished", run.finished().toString());
        }
        node.put("rows", run.rows()).put("invalid", run.invalid());
        node.set("planned", ReportJson.planned(run.added(), run.changed(), run.removed()));
        ReportJson.accounting(node, run.accounting());
        node.put("requests", run.requests());
        if (run.plan() != null) {
            node.put("plan", run.plan());
        }
        node.set("guards", Json.list(run.verdicts(), VerdictJson::write));
        if (run.error() != null) {
            node.put("error", run.error());
        }
        if (run.decided() != null) {
            node.put("decided", run.decided());
        }
        return node;
    }

    /** The run that {@link #write} wrote. */
    public static Run read(JsonNode node) {
        JsonNode planned = node.path("planned");
        return new Run(
                node.path("run").asLong(),
                new MappingId(node.path("mapping").asText()),
                node.path("epoch").asLong(),
                Words.parse(Trigger.class, node.path("trigger").asText()),
                Words.parse(RunState.class, node.path("state").asText()),
                Json.instant(node, "started").orElseThrow(),
                Json.instant(node, "finished").orElse(null),
                node.path("rows").asLong(),
                node.path("invalid").asLong(),
                planned.path("add").asLong(),
                planned.path("change").asLong(),
                planned.path("remove").asLong(),
                ReportJson.accounting(node),
                node.path("requests").asLong(),
                Json.text(node, "plan"),
                Json.items(node, "guards", VerdictJson::read),
                Json.text(node, "error"),
                Json.text(node, "decided"));
    }
}
