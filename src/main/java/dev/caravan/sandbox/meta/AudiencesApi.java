package dev.caravan.sandbox.meta;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.http.Json;
import dev.caravan.sandbox.http.Query;
import dev.caravan.sandbox.http.Reply;
import dev.caravan.sandbox.http.Request;
import dev.caravan.sandbox.vendor.Ground;
import dev.caravan.sandbox.vendor.Settings;
import dev.caravan.sandbox.vendor.Table;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Custom audiences and their members, who are known by hashes alone. Audience 23850000000000001 is there from the start. */
final class AudiencesApi {

    static final String FIRST = "23850000000000001";

    private static final String EXTERN_ID = "EXTERN_ID";
    private static final int MOST = 10_000;
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final Set<String> PLAIN = Set.of(EXTERN_ID, "MADID", "LOOKALIKE_VALUE");
    private static final List<String> KEYS = List.of("EMAIL", "PHONE", "MADID");
    private static final List<String> NAMED = List.of("FN", "LN");
    private static final List<String> LIVES = List.of("CT", "ST", "ZIP", "COUNTRY");

    private final Ground ground;
    private final Settings settings;
    private final Map<String, String> names = new LinkedHashMap<>();
    private final Map<String, Table> members = new LinkedHashMap<>();
    private long last;

    AudiencesApi(Ground ground, Settings settings) {
        this.ground = ground;
        this.settings = settings.number("samples", 3).trap("extern_id_finds_nobody", true);
        clear();
    }

    void clear() {
        names.clear();
        members.clear();
        last = Long.parseLong(FIRST);
        names.put(FIRST, "Caravan");
        members.put(FIRST, fresh());
    }

    boolean has(String audience) {
        return names.containsKey(audience);
    }

    List<ObjectNode> audiences() {
        List<ObjectNode> all = new ArrayList<>();
        names.forEach((id, name) -> all.add(Json.object()
                .put("id", id)
                .put("name", name)
                .put("members", members.getOrDefault(id, fresh()).size())));
        return all;
    }

    List<ObjectNode> allMembers() {
        List<ObjectNode> all = new ArrayList<>();
        members.forEach((id, table) -> table.all().forEach(row -> all.add(row.put("audience", id))));
        return all;
    }

    Reply create(Request request, Map<String, String> captured) {
        String id = String.valueOf(last += 10);
        names.put(id, request.json().path("name").asText("Audience " + id));
        members.put(id, fresh());
        return Reply.json(200, Json.object().put("id", id));
    }

    Reply list(Request request, Map<String, String> captured) {
        ObjectNode json = Json.object();
        var data = json.putArray("data");
        names.forEach((id, name) -> data.addObject().put("id", id).put("name", name));
        if (!names.isEmpty()) {
            json.putObject("paging")
                    .putObject("cursors")
                    .put("before", "MAZDZD")
                    .put("after", "MAZDZD");
        }
        return Reply.json(200, json);
    }

    Reply get(String id) {
        return Reply.json(
                200,
                Json.object()
                        .put("id", id)
                        .put("name", names.getOrDefault(id, ""))
                        .put("subtype", "CUSTOM"));
    }

    Reply drop(String id) {
        names.remove(id);
        members.remove(id);
        return Reply.json(200, Json.object().put("success", true));
    }

    Reply add(Request request, Map<String, String> captured) {
        return change(request, captured, true);
    }

    Reply remove(Request request, Map<String, String> captured) {
        return change(request, captured, false);
    }

    private Reply change(Request request, Map<String, String> captured, boolean adding) {
        String audience = captured.getOrDefault("id", "");
        if (!has(audience)) {
            return GraphError.unknown(audience);
        }
        JsonNode payload = payload(request);
        List<String> schema = new ArrayList<>();
        JsonNode named = payload.path("schema");
        (named.isArray() ? named : List.of(named)).forEach(each -> schema.add(each.asText()));
        JsonNode data = payload.path("data");
        if (!data.isArray() || data.isEmpty() || schema.contains("")) {
            return GraphError.of(100, 0, "(#100) Missing or invalid parameter payload");
        }
        if (data.size() > MOST) {
            return GraphError.of(100, 1_487_702, "(#100) At most " + MOST + " users may be sent in one request");
        }
        int invalid = 0;
        ObjectNode samples = Json.object();
        for (JsonNode row : data) {
            JsonNode cells = row.isArray() ? row : Json.array().add(row);
            Optional<String> wrong = wrong(schema, cells);
            if (wrong.isEmpty()) {
                apply(request, audience, schema, cells, adding);
            } else {
                invalid++;
                if (samples.size() < settings.get("samples")) {
                    samples.put(cells.toString(), wrong.get());
                }
            }
        }
        return Reply.json(200, counted(audience, request.number(), data.size(), invalid, samples));
    }

    private static ObjectNode counted(String audience, long number, int received, int invalid, ObjectNode samples) {
        ObjectNode json = Json.object()
                .put("audience_id", audience)
                .put("session_id", String.valueOf(4_200_000_000_000_000_000L + number))
                .put("num_received", received)
                .put("num_invalid_entries", invalid);
        json.set("invalid_entry_samples", samples);
        return json;
    }

    private static Optional<String> wrong(List<String> schema, JsonNode cells) {
        if (cells.size() != schema.size()) {
            return Optional.of("wrong number of columns");
        }
        boolean any = false;
        for (int i = 0; i < schema.size(); i++) {
            String value = cells.get(i).asText();
            if (schema.get(i).equals(EXTERN_ID) && value.isEmpty()) {
                return Optional.of("empty external ID");
            }
            any |= !value.isEmpty();
            if (!value.isEmpty()
                    && !PLAIN.contains(schema.get(i))
                    && !HASH.matcher(value).matches()) {
                return Optional.of("value is not a SHA-256 hash");
            }
        }
        return any ? Optional.empty() : Optional.of("empty row");
    }

    private void apply(Request request, String audience, List<String> schema, JsonNode cells, boolean adding) {
        Table table = members.getOrDefault(audience, fresh());
        ObjectNode row = Json.object();
        for (int i = 0; i < schema.size(); i++) {
            row.put(schema.get(i), cells.get(i).asText());
        }
        String ours = row.path(EXTERN_ID).asText("");
        boolean byOurs = !adding && !ours.isEmpty() && !settings.on("extern_id_finds_nobody");
        List<String> known = byOurs ? table.find(EXTERN_ID, ours) : List.of();
        String person = person(row);
        if (!person.isEmpty() && (adding || table.has(person))) {
            known = List.of(person);
        }
        // Who matches nobody is received, valid and no member.
        for (String id : known) {
            if (adding) {
                table.put(id, row);
            } else {
                table.remove(id);
            }
            Ground.Place place = new Ground.Place("meta", "members", audience + "-" + id, request.number());
            ground.wrote(place, id, adding ? "add" : "remove", schema);
        }
    }

    /** By whom a row is matched: the first of these, else a name and where it lives. Empty if that is nobody. */
    private static String person(ObjectNode row) {
        Optional<String> key = KEYS.stream()
                .map(name -> row.path(name).asText(""))
                .filter(value -> !value.isEmpty())
                .findFirst();
        boolean named = NAMED.stream()
                        .noneMatch(name -> row.path(name).asText("").isEmpty())
                && LIVES.stream().anyMatch(name -> !row.path(name).asText("").isEmpty());
        return key.orElseGet(() -> named
                ? Stream.concat(NAMED.stream(), LIVES.stream())
                        .map(name -> row.path(name).asText(""))
                        .collect(Collectors.joining(" "))
                : "");
    }

    private static Table fresh() {
        return new Table(EXTERN_ID);
    }

    // JSON in the body, or a form or query parameter that holds JSON.
    private static JsonNode payload(Request request) {
        JsonNode inBody = request.json().path("payload");
        if (inBody.isObject()) {
            return inBody;
        }
        String text = inBody.isTextual()
                ? inBody.asText()
                : request.query("payload").orElse(Query.parse(request.text()).getOrDefault("payload", ""));
        return Json.parse(text.getBytes(StandardCharsets.UTF_8)) instanceof Json.Parsed.Tree(JsonNode node)
                ? node
                : Json.object();
    }
}
