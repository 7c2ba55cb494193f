package dev.caravan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.fault.Probe.Kind;
import dev.caravan.sandbox.http.Api;
import dev.caravan.sandbox.http.Json;
import dev.caravan.sandbox.http.LocalServer;
import dev.caravan.sandbox.http.Operation;
import dev.caravan.sandbox.http.Reply;
import dev.caravan.sandbox.http.Request;
import dev.caravan.sandbox.http.Router;
import dev.caravan.sandbox.ledger.WriteEntry;
import dev.caravan.sandbox.page.Pages;
import dev.caravan.sandbox.salesforce.Edit;
import dev.caravan.sandbox.salesforce.Records;
import dev.caravan.sandbox.salesforce.dml.RowResult;
import dev.caravan.sandbox.spec.SandboxSpec;
import dev.caravan.sandbox.vendor.Vendor;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The control API under {@code /__sandbox}: faults, state, records, writes, edits. It asks for no credentials, so it answers
 * loopback host names only and refuses browsers that come from elsewhere.
 */
final class ControlApi implements Api {

    private final Sandbox sandbox;
    private final Router router;
    private final FaultReader faults;

    ControlApi(Sandbox sandbox) {
        this.sandbox = sandbox;
        Map<String, Kind> operations = new LinkedHashMap<>(sandbox.salesforce().operations());
        operations.putAll(sandbox.vendors().operations());
        this.faults = new FaultReader(
                operations,
                object -> sandbox.salesforce().schemas().find(object).isPresent()
                        || sandbox.vendors().hasObject(object));
        String root = LocalServer.CONTROL_PREFIX;
        this.router = new Router()
                .add("GET", root + "/state", "state", Kind.READ, this::state)
                .add("GET", root + "/records/{object}", "records", Kind.READ, this::records)
                .add("GET", root + "/writes", "writes", Kind.READ, this::writes)
                .add("GET", root + "/requests", "requests", Kind.READ, this::requests)
                .add("GET", root + "/faults", "faults", Kind.READ, this::faults)
                .add("POST", root + "/faults", "faults.add", Kind.WRITE, this::addFaults)
                .add("DELETE", root + "/faults", "faults.clear", Kind.WRITE, this::clearFaults)
                .add("POST", root + "/reset", "reset", Kind.WRITE, this::reset)
                .add("POST", root + "/edit", "edit", Kind.WRITE, this::edit)
                .add("POST", root + "/organisation", "organisation", Kind.WRITE, this::organisation)
                .add("POST", root + "/tokens/expire", "tokens.expire", Kind.WRITE, this::expireTokens)
                .add("POST", root + "/clock", "clock", Kind.WRITE, this::clock)
                .add("POST", root + "/latency", "latency", Kind.WRITE, this::latency)
                .add("POST", root + "/schema", "schema", Kind.WRITE, this::schema);
        new VendorControls(sandbox).route(router);
        new Pages(sandbox::holdings).route(router);
    }

    @Override
    public Operation operation(Request request) {
        return new Operation("control", "", Kind.READ);
    }

    @Override
    public Reply answer(Request request) {
        if (!Loopback.allows(request)) {
            return problem(403, "The control API answers requests to and from this machine only");
        }
        Optional<Router.Found> found = router.find(request);
        return found.isPresent()
                ? found.get().route().handler().answer(request, found.get().captured())
                : problem(404, "No such control: " + request.method() + " " + request.path());
    }

    @Override
    public Reply brokenDown(Request request) {
        return problem(500, "The sandbox broke down; its log says where");
    }

    private Reply state(Request request, Map<String, String> captured) {
        return Reply.json(200, Json.tree(sandbox.state()));
    }

    private Reply records(Request request, Map<String, String> captured) {
        String object = captured.getOrDefault("object", "");
        if (!sandbox.salesforce().records().has(object)) {
            return problem(404, "No object " + object);
        }
        Records.View view = sandbox.salesforce()
                .records()
                .view(object, request.query("fields").orElse(""));
        return paged(request, "records", view.rows(), view::json);
    }

    private Reply writes(Request request, Map<String, String> captured) {
        Optional<String> api = request.query("api");
        List<WriteEntry> writes = api.isEmpty()
                ? sandbox.writes()
                : sandbox.writes().stream()
                        .filter(write -> write.api().equals(api.get()))
                        .toList();
        return paged(request, "writes", writes, Json::tree);
    }

    private Reply requests(Request request, Map<String, String> captured) {
        return paged(request, "requests", sandbox.requests(), Json::tree);
    }

    static <T> Reply paged(Request request, String name, List<T> all, Function<T, JsonNode> render) {
        Page page = Page.of(request, all.size());
        Stream<JsonNode> items = all.subList(page.from(), page.to()).stream().map(render);
        return Reply.of(200, "application/json;charset=UTF-8", Json.list(name, all.size(), items));
    }

    private Reply faults(Request request, Map<String, String> captured) {
        return Reply.json(200, Json.tree(sandbox.faults().list()));
    }

    private Reply addFaults(Request request, Map<String, String> captured) {
        return switch (Json.parse(request.body())) {
            case Json.Parsed.Broken broken -> problem(400, broken.message());
            case Json.Parsed.Tree tree ->
                switch (faults.read(tree.node())) {
                    case FaultReader.Refused refused -> problem(400, refused.why());
                    case FaultReader.Rules rules -> {
                        rules.faults().forEach(sandbox.faults()::add);
                        yield Reply.json(
                                200, Json.object().put("added", rules.faults().size()));
                    }
                };
        };
    }

    private Reply clearFaults(Request request, Map<String, String> captured) {
        sandbox.faults().clear();
        return Reply.empty(204);
    }

    private Reply reset(Request request, Map<String, String> captured) {
        sandbox.reset();
        return Reply.empty(204);
    }

    private Reply edit(Request request, Map<String, String> captured) {
        JsonNode json = body(request);
        String object = json.path("object").asText("");
        if (!sandbox.salesforce().records().has(object) || !(json.path("fields") instanceof ObjectNode fields)) {
            return problem(400, "An edit needs object and fields, and key with key_field unless it inserts");
        }
        Edit edit = new Edit(
                object,
                json.path("operation").asText("update"),
                json.path("key_field").asText("Id"),
                json.path("key").asText(""),
                fields,
                json.path("user").asText(""));
        RowResult result = sandbox.edit(edit);
        return Reply.json(result.success() ? 200 : 400, Json.tree(result));
    }

    private Reply organisation(Request request, Map<String, String> captured) {
        String id = body(request).path("id").asText("");
        if (!SandboxSpec.isOrganisationId(id)) {
            return problem(400, "id is not an organisation id: 00D and 12 or 15 more letters and digits");
        }
        sandbox.salesforce().becomeOrganisation(id);
        return Reply.empty(204);
    }

    private Reply expireTokens(Request request, Map<String, String> captured) {
        sandbox.salesforce().expireTokens();
        sandbox.vendors().all().forEach(Vendor::expireTokens);
        return Reply.empty(204);
    }

    private Reply clock(Request request, Map<String, String> captured) {
        Optional<Duration> advance = duration(body(request).path("advance").asText(""));
        advance.ifPresent(sandbox.clock()::advance);
        return advance.isPresent() ? Reply.empty(204) : problem(400, "advance is not an ISO duration such as PT2H");
    }

    private Reply latency(Request request, Map<String, String> captured) {
        int millis = body(request).path("ms").asInt(-1);
        if (millis < 0) {
            return problem(400, "ms is not a number of milliseconds");
        }
        sandbox.latency(Duration.ofMillis(millis));
        return Reply.empty(204);
    }

    private Reply schema(Request request, Map<String, String> captured) {
        JsonNode json = body(request);
        String object = json.path("object").asText("");
        String field = json.path("field").asText("");
        boolean changed = json.has("length")
                ? sandbox.salesforce()
                        .schemas()
                        .resizeField(object, field, json.path("length").asInt())
                : json.path("remove").asBoolean(false)
                        && sandbox.salesforce().schemas().removeField(object, field);
        return changed
                ? Reply.empty(204)
                : problem(400, "A schema change needs an object and field that exist, and length or remove: true");
    }

    static JsonNode body(Request request) {
        return Json.parse(request.body()) instanceof Json.Parsed.Tree(JsonNode node) ? node : Json.object();
    }

    private static Optional<Duration> duration(String text) {
        try {
            return Optional.of(Duration.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    static Reply problem(int status, String message) {
        return Reply.json(status, Json.object().put("error", message));
    }
}
