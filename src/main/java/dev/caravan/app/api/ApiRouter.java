package dev.caravan.app.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.app.Diagnosis;
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
import dev.caravan.ledger.Decisions.Decision;
import dev.caravan.ledger.Scope;
import dev.caravan.mapping.MappingId;
import dev.caravan.problem.CaravanException;
import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Which operation a request means. Every answer is one JSON object; what runs a mapping is answered 202 with an operation. */
public final class ApiRouter {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    private final ApiGate gate;
    private final Operations operations;
    private final Diagnosis diagnosis;
    private final Errands errands;
    private final InstantSource clock;

    public ApiRouter(ApiGate gate, Operations operations, Diagnosis diagnosis, Errands errands, InstantSource clock) {
        this.gate = gate;
        this.operations = operations;
        this.diagnosis = diagnosis;
        this.errands = errands;
        this.clock = clock;
    }

    /** Answers one request; blocks no longer than a query of the ledger takes. */
    public ApiResponse answer(ApiRequest request) {
        Optional<ApiResponse> refusal = gate.refusal(request);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        try {
            return switch (request.method()) {
                case "GET" -> look(request);
                case "POST" -> act(request);
                default -> ApiResponse.refused(405, "only GET and POST are known here", "");
            };
        } catch (CaravanException failure) {
            return ApiResponse.failed(failure);
        }
    }

    private ApiResponse look(ApiRequest request) {
        List<String> path = request.path();
        String first = path.isEmpty() ? "" : path.getFirst();
        if (path.size() == 1) {
            return switch (first) {
                case "status" -> list("mappings", operations.status(), StatusJson::write);
                case "runs" -> list("runs", operations.runs(maybeMapping(request), limit(request)), RunJson::write);
                case "records" -> record(request);
                case "rejected" ->
                    ApiResponse.ok(ReplayJson.writeStands(operations.rejected(maybeMapping(request), limit(request))));
                case "pauses" -> list("pauses", operations.pauses(), PauseJson::write);
                case "audit" -> list("entries", operations.audit(limit(request)), DecisionJson::writeEntry);
                case "doctor" -> list("findings", diagnosis.findings(), FindingJson::write);
                default -> unknown();
            };
        }
        if (path.size() == 2) {
            return switch (first) {
                case "doctor" -> path.get(1).equals("targets") ? targets() : unknown();
                case "runs" -> ApiResponse.ok(ReportJson.write(operations.show(number(path.get(1)))));
                case "plans" -> ApiResponse.ok(PlanJson.writeView(operations.planView(path.get(1), limit(request))));
                case "operations" -> errand(path.get(1), request);
                default -> unknown();
            };
        }
        return path.size() == 3 && first.equals("runs") && path.get(2).equals("rejected")
                ? list("rejected", operations.refused(number(path.get(1))), RejectionJson::writeRow)
                : unknown();
    }

    private ApiResponse targets() {
        return ApiResponse.ok(ProblemJson.write(diagnosis.targets(), 0));
    }

    private ApiResponse act(ApiRequest request) {
        List<String> path = request.path();
        if (path.size() == 2 && path.getFirst().equals("pauses")) {
            return pauses(path.get(1), request);
        }
        if (path.size() == 2 && path.getFirst().equals("mappings")) {
            return mapping(path.get(1), request);
        }
        if (path.equals(List.of("records", "forget"))) {
            return forget(request);
        }
        if (path.equals(List.of("doctor", "repair"))) {
            return list("findings", diagnosis.repair(), FindingJson::write);
        }
        if (path.size() == 3 && path.getFirst().equals("plans")) {
            String plan = path.get(1);
            Decision decision = decision(request);
            return switch (path.get(2)) {
                case "approve" -> started(progress -> operations.approve(plan, decision, progress));
                case "reject" -> ApiResponse.ok(PlanJson.write(operations.reject(plan, decision)));
                default -> unknown();
            };
        }
        return unknown();
    }

    /** The key comes in the body: addresses end up in logs. */
    private ApiResponse forget(ApiRequest request) {
        String key = body(request).path("key").asText("");
        if (key.isEmpty()) {
            throw bad("the key is missing");
        }
        return list("forgotten", operations.forget(maybeMapping(request), key, decision(request)), ForgotJson::write);
    }

    private ApiResponse mapping(String action, ApiRequest request) {
        MappingId mapping = maybeMapping(request).orElseThrow(() -> bad("the parameter mapping is missing"));
        return switch (action) {
            case "plan" -> started(progress -> operations.plan(mapping, progress));
            case "invalid" -> started(progress -> operations.invalid(mapping, progress));
            case "sync" -> started(progress -> operations.sync(mapping, progress));
            case "reset" -> done(mapping, () -> operations.reset(mapping, decision(request)));
            case "replay" -> replay(mapping, request);
            default -> unknown();
        };
    }

    private ApiResponse replay(MappingId mapping, ApiRequest request) {
        JsonNode asked = body(request);
        return ApiResponse.ok(ReplayJson.writeReplayed(operations.replay(
                mapping, ReplayJson.readKeys(asked), ReplayJson.readUnknown(asked), decision(request))));
    }

    private ApiResponse pauses(String action, ApiRequest request) {
        Scope scope = request.parameter("scope")
                .flatMap(Scope::parse)
                .orElseThrow(() -> bad("the parameter scope is missing or is none"));
        return switch (action) {
            case "pause" -> ApiResponse.ok(PauseJson.writeBefore(operations.pause(scope, decision(request))));
            case "resume" -> ApiResponse.ok(PauseJson.writeResumed(operations.resume(scope, decision(request))));
            default -> unknown();
        };
    }

    private ApiResponse record(ApiRequest request) {
        String key = request.parameter("key").orElseThrow(() -> bad("the parameter key is missing"));
        boolean unmasked = request.parameter("unmasked").map("true"::equals).orElse(false);
        return list("history", operations.record(maybeMapping(request), key, unmasked), SentJson::write);
    }

    private ApiResponse errand(String id, ApiRequest request) {
        Duration asked = Duration.ofMillis(number(request.parameter("wait").orElse("0")));
        Duration wait = asked.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : asked;
        return errands.view(id, wait)
                .map(ApiResponse::ok)
                .orElseGet(() -> ApiResponse.refused(404, "there is no operation " + number(id), ""));
    }

    private ApiResponse started(Function<Progress, SyncReport> work) {
        return new ApiResponse(202, Json.object().put("operation", errands.start(work)));
    }

    private static ApiResponse done(MappingId mapping, Runnable work) {
        work.run();
        return ApiResponse.ok(Json.object().put("mapping", mapping.value()));
    }

    private static <T> ApiResponse list(String name, List<T> items, Function<T, ObjectNode> codec) {
        ObjectNode body = Json.object();
        body.set(name, Json.list(items, codec));
        return ApiResponse.ok(body);
    }

    private static JsonNode body(ApiRequest request) {
        return request.body().isBlank() ? Json.object() : Json.parse(request.body());
    }

    private Decision decision(ApiRequest request) {
        JsonNode body = body(request);
        return new Decision(body.path("who").asText("unknown"), body.path("why").asText(""), clock.instant());
    }

    private static Optional<MappingId> maybeMapping(ApiRequest request) {
        return request.parameter("mapping").map(name -> {
            if (!MappingId.valid(name)) {
                throw bad("the parameter mapping is no mapping's name");
            }
            return new MappingId(name);
        });
    }

    private static int limit(ApiRequest request) {
        long asked = number(request.parameter("limit").orElse("20"));
        return (int) Math.min(Math.max(asked, 0), 10_000);
    }

    private static long number(String text) {
        if (!text.matches("\\d{1,18}")) {
            throw bad("a number is missing or is not one");
        }
        return Long.parseLong(text);
    }

    private static InvalidInput bad(String message) {
        return new InvalidInput(Problem.of(Code.USAGE, message, ""));
    }

    private static ApiResponse unknown() {
        return ApiResponse.refused(404, "the API has no such path", "");
    }
}
