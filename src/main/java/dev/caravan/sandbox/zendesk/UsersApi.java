package dev.caravan.sandbox.zendesk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.http.Json;
import dev.caravan.sandbox.http.Reply;
import dev.caravan.sandbox.http.Request;
import dev.caravan.sandbox.vendor.Ground;
import dev.caravan.sandbox.vendor.Settings;
import dev.caravan.sandbox.vendor.Table;
import dev.caravan.sandbox.vendor.Window;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Single users, and the rules for one that jobs go by too. One user may be updated only so often. */
final class UsersApi {

    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s.]+(\\.[^@\\s.]+)+");

    private final Ground ground;
    private final Settings settings;
    private final Table users = new Table("external_id", "email");
    private final Map<String, Window> updates = new HashMap<>();
    private long last = 421_000_000_000L;

    UsersApi(Ground ground, Settings settings) {
        this.ground = ground;
        this.settings = settings.number("updates_per_user", 5);
    }

    Table table() {
        return users;
    }

    void clear() {
        users.clear();
        updates.clear();
    }

    /** What became of one user: its answer, or why not. */
    sealed interface Result {
        /** Stored. */
        record Stored(ObjectNode user, boolean created) implements Result {}

        /** Refused, with the answer that a single request gets. */
        record Refused(String field, String description) implements Result {}
    }

    Reply create(Request request, Map<String, String> captured) {
        return answered(store(request.number(), base(request), sent(request), Match.NONE), 201);
    }

    Reply createOrUpdate(Request request, Map<String, String> captured) {
        return answered(store(request.number(), base(request), sent(request), Match.ANY), 201);
    }

    Reply update(Request request, Map<String, String> captured) {
        String id = id(captured);
        Optional<ObjectNode> user = users.get(id);
        if (user.isEmpty()) {
            return Failures.notFound();
        }
        Window window = updates.computeIfAbsent(id, it -> Window.rolling(Duration.ofMinutes(1), ground.clock()));
        if (!window.spend(settings.get("updates_per_user"))) {
            long wait = Duration.between(ground.now(), window.renewed()).toSeconds() + 1;
            return Reply.of(
                            429,
                            "text/plain; charset=UTF-8",
                            "You have exceeded the rate limit for updating a single unique user. user email:  id:  external_id: "
                                    .getBytes(StandardCharsets.UTF_8))
                    .with("Retry-After", String.valueOf(wait));
        }
        return answered(change(request.number(), id, sent(request), ""), 200);
    }

    Reply get(Request request, Map<String, String> captured) {
        return users.get(id(captured)).map(user -> wrapped(user, 200)).orElseGet(Failures::notFound);
    }

    /** A deleted user is answered as it was, without its addresses, and not active. */
    Reply delete(Request request, Map<String, String> captured) {
        String id = id(captured);
        Optional<ObjectNode> user = users.get(id);
        if (user.isEmpty()) {
            return Failures.notFound();
        }
        users.remove(id);
        wrote(request.number(), id, "", "delete", List.of());
        return wrapped(user.get().putNull("email").putNull("external_id").put("active", false), 200);
    }

    Reply search(Request request, Map<String, String> captured) {
        String external = request.query("external_id").orElse("");
        String query = request.query("query")
                .orElse("")
                .replaceFirst("^(email|external_id):", "")
                .replace("\"", "");
        Set<String> ids = new TreeSet<>(users.find("external_id", external));
        ids.addAll(users.find("email", query));
        ids.addAll(users.find("external_id", query));
        ObjectNode json = Json.object();
        ArrayNode found = json.putArray("users");
        ids.forEach(id -> users.get(id).ifPresent(found::add));
        return Reply.json(
                200, json.putNull("next_page").putNull("previous_page").put("count", found.size()));
    }

    Reply fields(Request request, Map<String, String> captured) {
        ObjectNode json = Json.object();
        ArrayNode list = json.putArray("user_fields");
        UserForm.fields()
                .forEach((key, type) -> list.addObject()
                        .put("id", 360_000_000_000L + list.size())
                        .put("type", type)
                        .put("key", key)
                        .put("title", key.replace('_', ' '))
                        .put("description", "")
                        .put("position", list.size() - 1)
                        .put("active", true)
                        .put("system", false)
                        .putNull("regexp_for_validation"));
        return Reply.json(
                200, json.putNull("next_page").putNull("previous_page").put("count", list.size()));
    }

    /** Whether a user that exists is to be changed. */
    enum Match {
        NONE,
        /** By external id, else by address. */
        ANY
    }

    Result store(long request, String base, JsonNode sent, Match match) {
        List<String> known = new ArrayList<>();
        if (match == Match.ANY) {
            known.addAll(users.find("external_id", sent.path("external_id").asText("")));
            known.addAll(users.find("email", sent.path("email").asText("")));
        }
        String key = sent.path("external_id").asText(sent.path("email").asText(""));
        if (!known.isEmpty()) {
            return change(request, known.getFirst(), sent, key);
        }
        Optional<Result.Refused> refused = refuse("", sent, true);
        if (refused.isPresent()) {
            return refused.get();
        }
        long id = ++last;
        ObjectNode user = UserForm.fresh(id, base, ground.now());
        UserForm.lay(user, sent, ground.now());
        users.put(String.valueOf(id), user);
        wrote(request, String.valueOf(id), key, "insert", names(sent));
        return new Result.Stored(user, true);
    }

    static String base(Request request) {
        return "http://" + request.header("host").orElse("127.0.0.1") + "/zendesk";
    }

    private Result change(long request, String id, JsonNode sent, String key) {
        Optional<Result.Refused> refused = refuse(id, sent, false);
        if (refused.isPresent()) {
            return refused.get();
        }
        ObjectNode user = users.get(id).orElseThrow();
        UserForm.lay(user, sent, ground.now());
        users.put(id, user);
        wrote(request, id, key, "update", names(sent));
        return new Result.Stored(user, false);
    }

    private Optional<Result.Refused> refuse(String self, JsonNode sent, boolean isNew) {
        String email = sent.path("email").asText("");
        if (isNew && sent.path("name").asText("").isBlank()) {
            return Optional.of(new Result.Refused("name", "Name: is too short (minimum is 1 characters)"));
        }
        if (sent.hasNonNull("email") && !EMAIL.matcher(email).matches()) {
            return Optional.of(new Result.Refused("email", "Email: " + email + " is not properly formatted"));
        }
        List<String> rivals = users.find("email", email.toLowerCase(Locale.ROOT));
        if (sent.hasNonNull("email") && rivals.stream().anyMatch(id -> !id.equals(self))) {
            return Optional.of(
                    new Result.Refused("email", "Email: " + email + " is already being used by another user"));
        }
        return Optional.empty();
    }

    private static Reply answered(Result result, int status) {
        return switch (result) {
            case Result.Stored stored -> wrapped(stored.user(), status == 201 && !stored.created() ? 200 : status);
            case Result.Refused refused -> Failures.invalid(refused.field(), refused.description());
        };
    }

    private static Reply wrapped(ObjectNode user, int status) {
        ObjectNode json = Json.object();
        json.set("user", user);
        return Reply.json(status, json);
    }

    private void wrote(long request, String id, String key, String operation, List<String> names) {
        ground.wrote(new Ground.Place("zendesk", "users", id, request), key, operation, names);
    }

    private static List<String> names(JsonNode sent) {
        List<String> names = new ArrayList<>();
        sent.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static JsonNode sent(Request request) {
        return request.json().path("user");
    }

    private static String id(Map<String, String> captured) {
        return captured.getOrDefault("id", "").replaceFirst("\\.json$", "");
    }
}
