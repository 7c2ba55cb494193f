package dev.caravan.sandbox.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.http.Json;
import dev.caravan.sandbox.http.Reply;
import dev.caravan.sandbox.http.Request;
import dev.caravan.sandbox.hubspot.store.ObjectType;
import dev.caravan.sandbox.hubspot.store.Portal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Version 4 associations between records. A batch is done in part: pairs that cannot be joined are errors of a 207 answer. */
final class AssociationsApi {

    private static final int MOST = 2_000;

    private final Portal portal;
    private final Quirks quirks;
    private final Map<Pair, Set<Integer>> types = new LinkedHashMap<>();

    AssociationsApi(Portal portal, Quirks quirks) {
        this.portal = portal;
        this.quirks = quirks;
    }

    private record Pair(String fromType, String from, String toType, String to) {
        ObjectNode json(Set<Integer> labels) {
            ObjectNode json = Json.object()
                    .put("fromObjectTypeId", fromType)
                    .put("fromObjectId", from)
                    .put("toObjectTypeId", toType)
                    .put("toObjectId", to);
            ArrayNode names = json.putArray("labels");
            labels.stream().filter(label -> label < 0).forEach(label -> names.add(String.valueOf(label)));
            return json;
        }
    }

    void clear() {
        types.clear();
    }

    /** What is joined, for looking in from outside. */
    List<ObjectNode> all() {
        List<ObjectNode> all = new ArrayList<>();
        types.forEach((pair, labels) -> all.add(pair.json(labels).put("types", labels.toString())));
        return all;
    }

    Reply put(Request request, Map<String, String> captured) {
        Optional<Pair> pair = pair(captured, captured.getOrDefault("id", ""), captured.getOrDefault("toId", ""));
        JsonNode body = Json.parse(request.body()) instanceof Json.Parsed.Tree(JsonNode node) ? node : Json.array();
        Set<Integer> wanted = typeIds(body);
        if (pair.isEmpty()) {
            return Failures.notFound();
        }
        if (wanted.isEmpty()) {
            return Failures.validation("One or more association types are needed");
        }
        join(request, pair.get(), wanted);
        return Reply.json(201, pair.get().json(wanted));
    }

    Reply remove(Request request, Map<String, String> captured) {
        pair(captured, captured.getOrDefault("id", ""), captured.getOrDefault("toId", ""))
                .ifPresent(pair -> part(request, pair, Set.of()));
        return Reply.empty(204);
    }

    Reply list(Request request, Map<String, String> captured) {
        Optional<ObjectType> from = type(captured, "from");
        Optional<ObjectType> to = type(captured, "to");
        ObjectNode json = Json.object();
        ArrayNode results = json.putArray("results");
        types.forEach((pair, labels) -> {
            if (pair.from().equals(captured.get("id"))
                    && from.map(it -> it.names().id()).orElse("").equals(pair.fromType())
                    && to.map(it -> it.names().id()).orElse("").equals(pair.toType())) {
                results.add(target(pair, labels));
            }
        });
        return Reply.json(200, json);
    }

    Reply create(Request request, Map<String, String> captured) {
        return batch(request, captured, (pair, input) -> join(request, pair, typeIds(input.path("types"))), true);
    }

    /** Joins without a label; type 0 stands for the default of the pair of objects. */
    Reply createDefault(Request request, Map<String, String> captured) {
        return batch(request, captured, (pair, input) -> join(request, pair, Set.of(0)), false);
    }

    Reply archive(Request request, Map<String, String> captured) {
        return eachTarget(request, captured, Set.of());
    }

    Reply archiveLabels(Request request, Map<String, String> captured) {
        return each(request, captured, (pair, input) -> part(request, pair, typeIds(input.path("types"))));
    }

    Reply labels(Request request, Map<String, String> captured) {
        ObjectNode json = Json.object();
        json.putArray("results")
                .addObject()
                .put("category", "HUBSPOT_DEFINED")
                .put("typeId", 279)
                .putNull("label");
        return Reply.json(200, json);
    }

    @FunctionalInterface
    private interface Work {
        void on(Pair pair, JsonNode input);
    }

    private Reply batch(Request request, Map<String, String> captured, Work work, boolean typed) {
        JsonNode inputs = inputs(request);
        if (inputs.isEmpty()
                || inputs.size() > MOST
                || type(captured, "from").isEmpty()
                || type(captured, "to").isEmpty()) {
            return Failures.validation("Invalid input: 1 to " + MOST + " inputs between known object types");
        }
        List<ObjectNode> results = new ArrayList<>();
        List<ObjectNode> errors = new ArrayList<>();
        for (JsonNode input : inputs) {
            Optional<Pair> pair = pair(captured, id(input, "from"), id(input, "to"));
            if (pair.isEmpty()) {
                errors.add(missing(id(input, "from"), id(input, "to")));
            } else if (typed && typeIds(input.path("types")).isEmpty()) {
                return Failures.validation("One or more association types are needed");
            } else {
                work.on(pair.get(), input);
                results.add(pair.get().json(types.getOrDefault(pair.get(), Set.of())));
            }
        }
        ObjectNode json = Rendering.batch(portal.now(), quirks.disordered(results));
        if (errors.isEmpty()) {
            return Reply.json(201, json);
        }
        json.put("numErrors", errors.size()).putArray("errors").addAll(errors);
        return Reply.json(207, json);
    }

    private Reply eachTarget(Request request, Map<String, String> captured, Set<Integer> labels) {
        return each(request, captured, (pair, input) -> part(request, pair, labels));
    }

    private Reply each(Request request, Map<String, String> captured, Work work) {
        for (JsonNode input : inputs(request)) {
            JsonNode to = input.path("to");
            for (JsonNode target : to.isArray() ? to : List.of(to)) {
                pair(captured, id(input, "from"), target.path("id").asText()).ifPresent(pair -> work.on(pair, input));
            }
        }
        return Reply.empty(204);
    }

    private void join(Request request, Pair pair, Set<Integer> wanted) {
        types.computeIfAbsent(pair, it -> new TreeSet<>()).addAll(wanted);
        portal.wrote("associations", pair.from() + "-" + pair.to(), "add", request.number());
    }

    private void part(Request request, Pair pair, Set<Integer> labels) {
        Set<Integer> had = types.get(pair);
        if (had == null) {
            return;
        }
        had.removeAll(labels);
        if (labels.isEmpty() || had.isEmpty()) {
            types.remove(pair);
        }
        portal.wrote("associations", pair.from() + "-" + pair.to(), "remove", request.number());
    }

    private Optional<Pair> pair(Map<String, String> captured, String from, String to) {
        Optional<ObjectType> fromType = type(captured, "from");
        Optional<ObjectType> toType = type(captured, "to");
        boolean both = fromType.flatMap(type -> type.row(from)).isPresent()
                && toType.flatMap(type -> type.row(to)).isPresent();
        return both
                ? Optional.of(new Pair(
                        fromType.get().names().id(), from, toType.get().names().id(), to))
                : Optional.empty();
    }

    private Optional<ObjectType> type(Map<String, String> captured, String side) {
        return portal.catalogue().find(captured.getOrDefault(side, ""));
    }

    private static JsonNode inputs(Request request) {
        return Json.parse(request.body()) instanceof Json.Parsed.Tree(JsonNode node)
                ? node.path("inputs")
                : Json.array();
    }

    private static String id(JsonNode input, String side) {
        return input.path(side).path("id").asText();
    }

    private static Set<Integer> typeIds(JsonNode list) {
        Set<Integer> ids = new TreeSet<>();
        for (JsonNode each : list) {
            if (each.hasNonNull("associationTypeId") && each.hasNonNull("associationCategory")) {
                ids.add(each.path("associationTypeId").asInt());
            }
        }
        return ids;
    }

    private static ObjectNode target(Pair pair, Set<Integer> labels) {
        ObjectNode json = Json.object().put("toObjectId", pair.to());
        ArrayNode listed = json.putArray("associationTypes");
        labels.forEach(label -> listed.addObject()
                .put("category", "HUBSPOT_DEFINED")
                .put("typeId", label)
                .putNull("label"));
        return json;
    }

    private static ObjectNode missing(String from, String to) {
        ObjectNode error = Json.object()
                .put("status", "error")
                .put("category", "OBJECT_NOT_FOUND")
                .put("message", "One of the objects does not exist");
        ObjectNode context = error.putObject("context");
        context.putArray("fromObjectId").add(from);
        context.putArray("toObjectId").add(to);
        return error;
    }
}
