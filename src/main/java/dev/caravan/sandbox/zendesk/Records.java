package dev.caravan.sandbox.zendesk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.http.Json;
import dev.caravan.sandbox.http.Reply;
import dev.caravan.sandbox.http.Request;
import dev.caravan.sandbox.vendor.Ground;
import dev.caravan.sandbox.vendor.Table;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Records of one kind, and the rules for one that single requests and jobs go by alike. */
final class Records {

    private final Ground ground;
    private final Form form;
    private final Table table;
    private long last;

    /** Whether one that exists is to be changed. */
    enum Match {
        NONE,
        /** By what its form knows it by. */
        ANY
    }

    /** @param indexed fields by which records are found */
    Records(Ground ground, Form form, String... indexed) {
        this.ground = ground;
        this.form = form;
        this.table = new Table(indexed);
        this.last = form.before();
    }

    Table table() {
        return table;
    }

    Reply create(Request request, Map<String, String> captured) {
        return answered(store(request.number(), base(request), sent(request), Match.NONE), 201);
    }

    Reply createOrUpdate(Request request, Map<String, String> captured) {
        return answered(store(request.number(), base(request), sent(request), Match.ANY), 201);
    }

    Reply update(Request request, Map<String, String> captured) {
        String id = id(captured);
        return table.has(id) ? answered(change(request.number(), id, sent(request), ""), 200) : Failures.notFound();
    }

    Reply get(Request request, Map<String, String> captured) {
        return table.get(id(captured)).map(it -> wrapped(it, 200)).orElseGet(Failures::notFound);
    }

    /** Custom fields of this kind. */
    Reply fields(Request request, Map<String, String> captured) {
        return page(form.one() + "_fields", CustomFields.described());
    }

    Reply found(Collection<String> ids) {
        ArrayNode found = Json.array();
        ids.forEach(id -> table.get(id).ifPresent(found::add));
        return page(form.many(), found);
    }

    /** Takes it away; empty when it is not there. */
    Optional<ObjectNode> remove(long request, String id) {
        Optional<ObjectNode> was = table.get(id);
        if (table.remove(id)) {
            wrote(request, id, "", "delete", List.of());
        }
        return was;
    }

    Result store(long request, String base, JsonNode sent, Match match) {
        List<String> known = new ArrayList<>();
        if (match == Match.ANY) {
            form.known()
                    .forEach(key -> known.addAll(table.find(key, sent.path(key).asText(""))));
        }
        String key = form.known().stream()
                .map(name -> sent.path(name).asText(""))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse("");
        if (!known.isEmpty()) {
            return change(request, known.getFirst(), sent, key);
        }
        Optional<Result.Refused> refused = form.refuse(table, "", sent);
        if (refused.isPresent()) {
            return refused.get();
        }
        String id = String.valueOf(++last);
        ObjectNode json = lay(form.fresh(last, base, ground.now()), sent);
        table.put(id, json);
        wrote(request, id, key, "insert", names(sent));
        return new Result.Stored(json, true);
    }

    private Result change(long request, String id, JsonNode sent, String key) {
        Optional<Result.Refused> refused = form.refuse(table, id, sent);
        if (refused.isPresent()) {
            return refused.get();
        }
        ObjectNode json = lay(table.get(id).orElseThrow(), sent);
        table.put(id, json);
        wrote(request, id, key, "update", names(sent));
        return new Result.Stored(json, false);
    }

    private ObjectNode lay(ObjectNode json, JsonNode sent) {
        form.settable().stream().filter(sent::has).forEach(name -> json.set(name, sent.get(name)));
        String custom = form.one() + "_fields";
        CustomFields.lay(json.withObject("/" + custom), sent.path(custom));
        return json.put(
                "updated_at", ground.now().truncatedTo(ChronoUnit.SECONDS).toString());
    }

    private Reply answered(Result result, int status) {
        return switch (result) {
            case Result.Stored stored -> wrapped(stored.json(), status == 201 && !stored.created() ? 200 : status);
            case Result.Refused refused -> Failures.invalid(refused.field(), refused.description());
        };
    }

    Reply wrapped(ObjectNode record, int status) {
        ObjectNode json = Json.object();
        json.set(form.one(), record);
        return Reply.json(status, json);
    }

    private static Reply page(String name, ArrayNode list) {
        ObjectNode json = Json.object();
        json.set(name, list);
        return Reply.json(
                200, json.putNull("next_page").putNull("previous_page").put("count", list.size()));
    }

    private void wrote(long request, String id, String key, String operation, List<String> names) {
        ground.wrote(new Ground.Place("zendesk", form.many(), id, request), key, operation, names);
    }

    private JsonNode sent(Request request) {
        return request.json().path(form.one());
    }

    private static List<String> names(JsonNode sent) {
        List<String> names = new ArrayList<>();
        sent.fieldNames().forEachRemaining(names::add);
        return names;
    }

    static String base(Request request) {
        return "http://" + request.header("host").orElse("127.0.0.1") + "/zendesk";
    }

    static String id(Map<String, String> captured) {
        return captured.getOrDefault("id", "").replaceFirst("\\.json$", "");
    }
}
