package dev.caravan.sandbox.marketo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.http.Json;
import dev.caravan.sandbox.http.Reply;
import dev.caravan.sandbox.http.Request;
import dev.caravan.sandbox.vendor.Ground;
import dev.caravan.sandbox.vendor.Table;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Records of one kind beside leads: results say which input they are of by {@code seq}, and some may be {@code skipped}. */
final class ObjectsApi {

    private final Ground ground;
    private final ObjectKind kind;
    private final Table leads;
    private final Table table;
    private int last = 3_400;

    ObjectsApi(Ground ground, ObjectKind kind, Table leads) {
        this.ground = ground;
        this.kind = kind;
        this.leads = leads;
        this.table = new Table(kind.dedupe().toArray(String[]::new));
    }

    Table table() {
        return table;
    }

    Reply describe(Request request, Map<String, String> captured) {
        ObjectNode json = Json.object().put("name", kind.name()).put("idField", kind.idField());
        kind.dedupe().forEach(json.putArray("dedupeFields")::add);
        kind.dedupe().forEach(json.putArray("searchableFields").addArray()::add);
        json.set("fields", kind.fields().described(kind.dedupe()));
        return Answers.result(request.number(), List.of(json));
    }

    Reply sync(Request request, Map<String, String> captured) {
        String action = request.json().path("action").asText("createOrUpdate");
        String by = request.json().path("dedupeBy").asText("dedupeFields");
        boolean byId = by.equals("idField");
        if (!List.of("createOrUpdate", "createOnly", "updateOnly").contains(action)
                || !(byId ? action.equals("updateOnly") : by.equals("dedupeFields"))) {
            return Answers.error(request.number(), "1003", "Invalid value for action: " + action + " by " + by);
        }
        return numbered(request, input -> written(request, action, byId, input));
    }

    Reply delete(Request request, Map<String, String> captured) {
        boolean byId = request.json().path("deleteBy").asText("dedupeFields").equals("idField");
        return numbered(request, input -> {
            Optional<String> found = find(byId, input);
            if (found.isEmpty()) {
                return Answers.skipped("1013", "Record not found");
            }
            ObjectNode was = table.get(found.get()).orElseThrow();
            table.remove(found.get());
            wrote(request, found.get(), was, "delete", List.of());
            return named(was, "deleted");
        });
    }

    private static Reply numbered(Request request, LeadsApi.Row row) {
        AtomicInteger seq = new AtomicInteger();
        return LeadsApi.each(
                request,
                request.json().path("input"),
                input -> Json.object().put("seq", seq.getAndIncrement()).setAll(row.result(input)));
    }

    private Optional<String> find(boolean byId, JsonNode input) {
        if (byId) {
            return Optional.of(input.path(kind.idField()).asText("")).filter(table::has);
        }
        List<String> found = table.find(
                kind.dedupe().getFirst(), input.path(kind.dedupe().getFirst()).asText(""));
        kind.dedupe()
                .forEach(field ->
                        found.retainAll(table.find(field, input.path(field).asText(""))));
        return found.stream().findFirst();
    }

    private ObjectNode written(Request request, String action, boolean byId, JsonNode input) {
        Optional<ObjectNode> refused = kind.fields().refuse(input);
        if (refused.isPresent()) {
            return refused.get();
        }
        Optional<String> lacking = kind.dedupe().stream()
                .filter(field -> !byId && input.path(field).asText("").isEmpty())
                .findFirst();
        if (lacking.isPresent()) {
            return Answers.skipped("1003", "Field '" + lacking.get() + "' is required");
        }
        if (input.hasNonNull("leadId") && !leads.has(input.path("leadId").asText())) {
            return Answers.skipped("1004", "Lead not found");
        }
        Optional<String> found = find(byId, input);
        if (found.isPresent() && action.equals("createOnly")) {
            return Answers.skipped("1005", "Record already exists");
        }
        if (found.isEmpty() && action.equals("updateOnly")) {
            return Answers.skipped("1013", "Record not found");
        }
        return stored(request, found, input);
    }

    private ObjectNode stored(Request request, Optional<String> found, JsonNode input) {
        String now = ground.now().toString();
        ObjectNode json = found.flatMap(table::get).orElseGet(() -> fresh().put("createdAt", now));
        List<String> names = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : input.properties()) {
            names.add(field.getKey());
            if (field.getValue().isNull()) {
                json.remove(field.getKey());
            } else if (!Fields.isReadOnly(field.getKey())) {
                json.set(field.getKey(), field.getValue());
            }
        }
        String id = json.path(kind.idField()).asText();
        table.put(id, json.put("updatedAt", now));
        wrote(request, id, json, found.isEmpty() ? "insert" : "update", names);
        return named(json, found.isEmpty() ? "created" : "updated");
    }

    private ObjectNode fresh() {
        String seed = kind.name() + ++last;
        return kind.idField().equals("id")
                ? Json.object().put("id", last)
                : Json.object()
                        .put(
                                "marketoGUID",
                                UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8))
                                        .toString());
    }

    private ObjectNode named(ObjectNode record, String status) {
        ObjectNode json = Json.object().put("status", status);
        return json.set(kind.idField(), record.path(kind.idField()));
    }

    private void wrote(Request request, String id, ObjectNode record, String operation, List<String> names) {
        ground.wrote(
                new Ground.Place("marketo", kind.name(), id, request.number()),
                kind.dedupe().stream().map(field -> record.path(field).asText()).collect(Collectors.joining("|")),
                operation,
                names);
    }
}
