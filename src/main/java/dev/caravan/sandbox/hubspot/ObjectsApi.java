package dev.caravan.sandbox.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Single records, by id or with {@code ?idProperty=} by a unique property. */
final class ObjectsApi {

    private final Portal portal;

    ObjectsApi(Portal portal) {
        this.portal = portal;
    }

    Reply create(Request request, Map<String, String> captured) {
        return with(captured, type -> changed(request, type, Optional.empty()));
    }

    Reply get(Request request, Map<String, String> captured) {
        return with(
                captured,
                type -> found(request, type, captured)
                        .map(row -> Reply.json(200, Rendering.read(type, row, asked(request))))
                        .orElseGet(Failures::notFound));
    }

    Reply update(Request request, Map<String, String> captured) {
        return with(captured, type -> {
            Optional<Row> row = found(request, type, captured);
            return row.isEmpty() ? Failures.notFound() : changed(request, type, row);
        });
    }

    /** Archiving what is archived or was never there is no error. */
    Reply archive(Request request, Map<String, String> captured) {
        return with(captured, type -> {
            found(request, type, captured).ifPresent(row -> portal.archive(type, row, request.number()));
            return Reply.empty(204);
        });
    }

    @FunctionalInterface
    private interface Work {
        Reply answer(ObjectType type);
    }

    private Reply with(Map<String, String> captured, Work work) {
        String word = captured.getOrDefault("object", "");
        Optional<ObjectType> type = portal.catalogue().find(word);
        return type.isPresent() ? work.answer(type.get()) : Failures.noSuchType(word);
    }

    private static Optional<Row> found(Request request, ObjectType type, Map<String, String> captured) {
        String key = request.query("idProperty").orElse("hs_object_id");
        return type.find(key, captured.getOrDefault("id", ""));
    }

    private static List<String> asked(Request request) {
        return request.query("properties")
                .map(names -> List.of(names.split(",", -1)))
                .orElse(List.of());
    }

    private Reply changed(Request request, ObjectType type, Optional<Row> row) {
        if (!(Json.parse(request.body()) instanceof Json.Parsed.Tree(JsonNode body))) {
            return Failures.validation("Invalid input JSON");
        }
        ObjectNode inputs = Json.object();
        inputs.putArray("inputs").add(body);
        return switch (Input.read(inputs)) {
            case Input.Broken broken -> Failures.validation(broken.message());
            case Input.Inputs read -> {
                Input sent = read.list().getFirst();
                Input input = row.isEmpty() ? sent : new Input(row.get().id(), "", sent.trace(), sent.values());
                Judge judge = new Judge(type);
                yield answer(request, type, row.isEmpty() ? judge.create(input) : judge.update(input));
            }
        };
    }

    private Reply answer(Request request, ObjectType type, Verdict verdict) {
        return switch (verdict) {
            case Fine(Input input, Optional<Row> row)
            when row.isEmpty() ->
                Reply.json(201, Rendering.created(portal.create(type, "", input.values(), request.number())));
            case Fine(Input input, Optional<Row> row) -> {
                portal.update(type, row.orElseThrow(), "", input.values(), request.number());
                yield Reply.json(200, Rendering.updated(type, row.orElseThrow(), input.values()));
            }
            case Missing missing -> Failures.notFound();
            case Refused refused -> refused.whole();
        };
    }
}
