package dev.caravan.sandbox.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.http.Json;
import dev.caravan.sandbox.http.Reply;
import dev.caravan.sandbox.http.Request;
import dev.caravan.sandbox.hubspot.Verdict.Fine;
import dev.caravan.sandbox.hubspot.Verdict.Missing;
import dev.caravan.sandbox.hubspot.Verdict.Refused;
import dev.caravan.sandbox.hubspot.store.ObjectType;
import dev.caravan.sandbox.hubspot.store.Portal;
import dev.caravan.sandbox.hubspot.store.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Batches of up to 100 records. Results come in another order than the inputs (recorded). A bad record refuses the whole
 * request unless it was sent with a trace id; now and then a write is answered well, but with nothing in it and nothing written.
 */
final class BatchApi {

    private static final int MOST = 100;

    private final Portal portal;
    private final Quirks quirks;

    BatchApi(Portal portal, Quirks quirks) {
        this.portal = portal;
        this.quirks = quirks;
    }

    private enum Write {
        CREATE,
        UPDATE,
        UPSERT
    }

    Reply create(Request request, Map<String, String> captured) {
        return write(request, captured, Write.CREATE);
    }

    Reply update(Request request, Map<String, String> captured) {
        return write(request, captured, Write.UPDATE);
    }

    Reply upsert(Request request, Map<String, String> captured) {
        return write(request, captured, Write.UPSERT);
    }

    Reply archive(Request request, Map<String, String> captured) {
        return with(request, captured, (type, inputs, body) -> {
            for (Input input : inputs) {
                type.row(input.id()).ifPresent(row -> portal.archive(type, row, request.number()));
            }
            return Reply.empty(204);
        });
    }

    Reply read(Request request, Map<String, String> captured) {
        return with(request, captured, (type, inputs, body) -> {
            String key = body.path("idProperty").asText("hs_object_id");
            if (!key.equals("hs_object_id") && !type.isKey(key)) {
                return notUnique(key);
            }
            List<ObjectNode> results = new ArrayList<>();
            List<Input> missing = new ArrayList<>();
            for (Input input : inputs) {
                Optional<Row> row = type.find(key, input.id());
                row.ifPresentOrElse(it -> results.add(read(type, it, body)), () -> missing.add(input));
            }
            ObjectNode json = Rendering.batch(portal.now(), quirks.disordered(results));
            return missing.isEmpty() ? Reply.json(200, json) : Reply.json(207, withMissing(json, missing));
        });
    }

    @FunctionalInterface
    private interface Work {
        Reply answer(ObjectType type, List<Input> inputs, JsonNode body);
    }

    private Reply with(Request request, Map<String, String> captured, Work work) {
        String word = captured.getOrDefault("object", "");
        Optional<ObjectType> type = portal.catalogue().find(word);
        if (type.isEmpty()) {
            return Failures.noSuchType(word);
        }
        return switch (Json.parse(request.body())) {
            case Json.Parsed.Broken broken -> Failures.validation("Invalid input JSON: " + broken.message());
            case Json.Parsed.Tree tree ->
                switch (Input.read(tree.node())) {
                    case Input.Broken broken -> Failures.validation(broken.message());
                    case Input.Inputs inputs
                    when inputs.list().isEmpty() -> Failures.validation("Invalid input: inputs must not be empty");
                    case Input.Inputs inputs
                    when inputs.list().size() > MOST ->
                        Failures.validation("The maximum number of inputs supported in a batch request is " + MOST
                                + ". Received " + inputs.list().size() + ".");
                    case Input.Inputs inputs -> checked(type.get(), inputs.list(), tree.node(), work);
                };
        };
    }

    private static Reply checked(ObjectType type, List<Input> inputs, JsonNode body, Work work) {
        TreeSet<String> seen = new TreeSet<>();
        TreeSet<String> twice = new TreeSet<>();
        for (Input input : inputs) {
            if (!input.id().isEmpty() && !seen.add(ObjectType.normal(input.id()))) {
                twice.add(input.id());
            }
        }
        return twice.isEmpty()
                ? work.answer(type, inputs, body)
                : Failures.validation("Duplicate IDs found in batch input: " + twice + ". IDs must be unique");
    }

    private Reply write(Request request, Map<String, String> captured, Write write) {
        return with(request, captured, (type, inputs, body) -> {
            Judge judge = new Judge(type);
            List<Verdict> verdicts = new ArrayList<>();
            for (Input sent : inputs) {
                Input input = quirks.traces() ? sent : sent.untraced();
                String key = input.matchedBy();
                if (write != Write.CREATE && input.id().isEmpty()) {
                    return Failures.validation("Invalid input JSON: required fields missing: id");
                }
                if (write != Write.CREATE && !key.equals("hs_object_id") && !type.isKey(key)) {
                    return notUnique(key);
                }
                verdicts.add(
                        switch (write) {
                            case CREATE -> judge.create(input);
                            case UPDATE -> judge.update(input);
                            case UPSERT -> judge.upsert(input);
                        });
            }
            return apply(request, type, verdicts, write);
        });
    }

    private Reply apply(Request request, ObjectType type, List<Verdict> verdicts, Write write) {
        List<ObjectNode> errors = new ArrayList<>();
        List<Input> missing = new ArrayList<>();
        for (Verdict verdict : verdicts) {
            boolean traced = verdict instanceof Refused refused
                    && !refused.input().trace().isEmpty();
            if (verdict instanceof Refused refused && traced) {
                errors.add(refused.traced());
            } else if (verdict instanceof Missing(Input input)) {
                missing.add(input);
            } else if (verdict instanceof Refused refused) {
                return refused.whole();
            }
        }
        if (quirks.silent()) {
            return Reply.json(200, Rendering.batch(portal.now(), List.of()));
        }
        List<ObjectNode> results = new ArrayList<>();
        for (Verdict verdict : verdicts) {
            if (verdict instanceof Fine fine) {
                results.add(applied(request, type, fine, write));
            }
        }
        ObjectNode json = Rendering.batch(portal.now(), quirks.disordered(results));
        if (errors.isEmpty() && missing.isEmpty()) {
            return Reply.json(write == Write.CREATE ? 201 : 200, json);
        }
        json.put("numErrors", errors.size()).putArray("errors").addAll(quirks.disordered(errors));
        return Reply.json(207, missing.isEmpty() ? json : withMissing(json, missing));
    }

    private ObjectNode applied(Request request, ObjectType type, Fine fine, Write write) {
        Input input = fine.input();
        boolean isNew = fine.row().isEmpty();
        ObjectNode json;
        if (isNew) {
            Row row = portal.create(type, input.key(), input.values(), request.number());
            json = Rendering.created(row);
        } else {
            Row row = fine.row().get();
            portal.update(type, row, input.key(), input.values(), request.number());
            json = Rendering.updated(type, row, input.values());
        }
        if (write == Write.UPSERT) {
            json.put("new", isNew);
        }
        if (!input.trace().isEmpty()) {
            json.put("objectWriteTraceId", input.trace());
        }
        return json;
    }

    private static ObjectNode read(ObjectType type, Row row, JsonNode body) {
        List<String> asked = texts(body.path("properties"));
        List<String> history = texts(body.path("propertiesWithHistory"));
        List<String> both = new ArrayList<>(asked);
        both.addAll(history);
        ObjectNode json = Rendering.read(type, row, both);
        if (!history.isEmpty()) {
            json.set("propertiesWithHistory", Rendering.history(row, history));
        }
        return json;
    }

    // One error for all of them together, joined by id alone.
    private static ObjectNode withMissing(ObjectNode json, List<Input> missing) {
        ArrayNode errors = json.withArray("/errors");
        ObjectNode error = errors.addObject()
                .put("status", "error")
                .put("category", "OBJECT_NOT_FOUND")
                .put(
                        "message",
                        "Could not get some objects, they may be deleted or not exist. Check that ids are valid.");
        ArrayNode ids = error.putObject("context").putArray("ids");
        missing.forEach(input -> ids.add(input.id()));
        error.putObject("links");
        return json.put("numErrors", errors.size());
    }

    private static Reply notUnique(String property) {
        return Failures.validation("Property '" + property + "' is not a unique property of this object type");
    }

    static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(each -> texts.add(each.asText()));
        return texts;
    }
}
