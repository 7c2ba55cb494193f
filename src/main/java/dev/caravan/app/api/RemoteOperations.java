package dev.caravan.app.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.app.Diagnosis;
import dev.caravan.app.Forgot;
import dev.caravan.app.MappingStatus;
import dev.caravan.app.Operations;
import dev.caravan.app.Progress;
import dev.caravan.app.SyncReport;
import dev.caravan.app.json.DecisionJson;
import dev.caravan.app.json.FindingJson;
import dev.caravan.app.json.ForgotJson;
import dev.caravan.app.json.Json;
import dev.caravan.app.json.PauseJson;
import dev.caravan.app.json.PlanJson;
import dev.caravan.app.json.ProblemJson;
import dev.caravan.app.json.RejectionJson;
import dev.caravan.app.json.ReplayJson;
import dev.caravan.app.json.ReportJson;
import dev.caravan.app.json.RunJson;
import dev.caravan.app.json.SentJson;
import dev.caravan.app.json.StatusJson;
import dev.caravan.app.lock.OwnerNote;
import dev.caravan.ledger.Decisions.AuditEntry;
import dev.caravan.ledger.Decisions.Decision;
import dev.caravan.ledger.Deliveries.Refused;
import dev.caravan.ledger.Deliveries.Sent;
import dev.caravan.ledger.Pause;
import dev.caravan.ledger.Scope;
import dev.caravan.mapping.MappingId;
import dev.caravan.mapping.Target.OnUnknown;
import dev.caravan.plan.Plan;
import dev.caravan.problem.Problem;
import dev.caravan.run.Run;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The operations of another process, through its local API. What it started there goes on if this process ends. The time of a
 * decision is that of the owner's clock. Safe for use by many threads.
 */
public final class RemoteOperations implements Operations, Diagnosis {

    private static final String WAIT_MILLIS = "250";

    private final ApiClient client;

    public RemoteOperations(OwnerNote owner) {
        this.client = new ApiClient(owner);
    }

    @Override
    public SyncReport plan(MappingId mapping, Progress progress) {
        return await(client.post("mappings/plan", of(mapping), Json.object()), progress);
    }

    @Override
    public SyncReport invalid(MappingId mapping, Progress progress) {
        return await(client.post("mappings/invalid", of(mapping), Json.object()), progress);
    }

    @Override
    public SyncReport sync(MappingId mapping, Progress progress) {
        return await(client.post("mappings/sync", of(mapping), Json.object()), progress);
    }

    @Override
    public SyncReport approve(String plan, Decision decision, Progress progress) {
        return await(client.post(onPlan(plan, "approve"), Map.of(), body(decision)), progress);
    }

    @Override
    public Plan reject(String plan, Decision decision) {
        return PlanJson.read(client.post(onPlan(plan, "reject"), Map.of(), body(decision)));
    }

    @Override
    public List<MappingStatus> status() {
        return Json.items(client.get("status", Map.of()), "mappings", StatusJson::read);
    }

    @Override
    public List<Run> runs(Optional<MappingId> mapping, int limit) {
        Map<String, String> query = of(mapping);
        query.put("limit", Integer.toString(limit));
        return Json.items(client.get("runs", query), "runs", RunJson::read);
    }

    @Override
    public SyncReport show(long run) {
        return ReportJson.read(client.get("runs/" + run, Map.of()));
    }

    @Override
    public List<Refused> refused(long run) {
        return Json.items(client.get("runs/" + run + "/rejected", Map.of()), "rejected", RejectionJson::readRow);
    }

    @Override
    public Stands rejected(Optional<MappingId> mapping, int limit) {
        Map<String, String> query = of(mapping);
        query.put("limit", Integer.toString(limit));
        return ReplayJson.readStands(client.get("rejected", query));
    }

    @Override
    public PlanView planView(String plan, int rows) {
        return PlanJson.readView(
                client.get("plans/" + ApiClient.encode(plan), Map.of("limit", Integer.toString(rows))));
    }

    @Override
    public List<Sent> record(Optional<MappingId> mapping, String key, boolean unmasked) {
        Map<String, String> query = of(mapping);
        query.put("key", key);
        query.put("unmasked", Boolean.toString(unmasked));
        return Json.items(client.get("records", query), "history", SentJson::read);
    }

    @Override
    public Optional<Pause> pause(Scope scope, Decision decision) {
        return PauseJson.readBefore(client.post("pauses/pause", Map.of("scope", scope.text()), body(decision)));
    }

    @Override
    public Resumed resume(Scope scope, Decision decision) {
        return PauseJson.readResumed(client.post("pauses/resume", Map.of("scope", scope.text()), body(decision)));
    }

    @Override
    public List<Pause> pauses() {
        return Json.items(client.get("pauses", Map.of()), "pauses", PauseJson::read);
    }

    @Override
    public void reset(MappingId mapping, Decision decision) {
        client.post("mappings/reset", of(mapping), body(decision));
    }

    @Override
    public List<Forgot> forget(Optional<MappingId> mapping, String key, Decision decision) {
        return Json.items(
                client.post("records/forget", of(mapping), body(decision).put("key", key)),
                "forgotten",
                ForgotJson::read);
    }

    @Override
    public Replayed replay(MappingId mapping, Set<String> keys, Optional<OnUnknown> unknown, Decision decision) {
        ObjectNode body = ReplayJson.ask(body(decision), keys, unknown);
        return ReplayJson.readReplayed(client.post("mappings/replay", of(mapping), body));
    }

    @Override
    public List<AuditEntry> audit(int limit) {
        return Json.items(
                client.get("audit", Map.of("limit", Integer.toString(limit))), "entries", DecisionJson::readEntry);
    }

    @Override
    public List<Finding> findings() {
        return Json.items(client.get("doctor", Map.of()), "findings", FindingJson::read);
    }

    @Override
    public List<Problem> targets() {
        return ProblemJson.readAll(client.get("doctor/targets", Map.of()));
    }

    @Override
    public List<Finding> repair() {
        return Json.items(client.post("doctor/repair", Map.of(), Json.object()), "findings", FindingJson::read);
    }

    private SyncReport await(JsonNode started, Progress progress) {
        String path = "operations/" + started.path("operation").asText();
        while (true) {
            JsonNode view = client.get(path, Map.of("wait", WAIT_MILLIS));
            switch (view.path("state").asText()) {
                case "done" -> {
                    return ReportJson.read(view.path("report"));
                }
                case "failed" -> throw ProblemJson.read(view);
                default ->
                    progress.at(
                            view.path("phase").asText(),
                            view.path("done").asLong(),
                            view.path("total").asLong());
            }
        }
    }

    private static String onPlan(String plan, String action) {
        return "plans/" + ApiClient.encode(plan) + "/" + action;
    }

    private static ObjectNode body(Decision decision) {
        return Json.object().put("who", decision.who()).put("why", decision.why());
    }

    private static Map<String, String> of(MappingId mapping) {
        return of(Optional.of(mapping));
    }

    private static Map<String, String> of(Optional<MappingId> mapping) {
        Map<String, String> query = new LinkedHashMap<>();
        mapping.ifPresent(id -> query.put("mapping", id.value()));
        return query;
    }
}
