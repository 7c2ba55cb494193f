package dev.caravan.sandbox.zendesk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.http.Reply;
import dev.caravan.sandbox.http.Request;
import dev.caravan.sandbox.vendor.Ground;
import dev.caravan.sandbox.vendor.Settings;
import dev.caravan.sandbox.vendor.Table;
import dev.caravan.sandbox.vendor.Window;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Single users. One user may be updated only so often. */
final class UsersApi {

    private final Ground ground;
    private final Settings settings;
    private final Records users;
    private final Map<String, Window> updates = new HashMap<>();

    UsersApi(Ground ground, Settings settings) {
        this.ground = ground;
        this.settings = settings.number("updates_per_user", 5);
        this.users = new Records(ground, new UserForm(), "external_id", "email");
    }

    Records all() {
        return users;
    }

    void clear() {
        users.table().clear();
        updates.clear();
    }

    Reply update(Request request, Map<String, String> captured) {
        String id = Records.id(captured);
        if (!users.table().has(id)) {
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
        return users.update(request, captured);
    }

    /** A deleted user is answered as it was, without its addresses, and not active. */
    Reply delete(Request request, Map<String, String> captured) {
        Optional<ObjectNode> user = users.remove(request.number(), Records.id(captured));
        return user.map(was -> users.wrapped(
                        was.putNull("email").putNull("external_id").put("active", false), 200))
                .orElseGet(Failures::notFound);
    }

    Reply search(Request request, Map<String, String> captured) {
        Table table = users.table();
        String external = request.query("external_id").orElse("");
        String query = request.query("query")
                .orElse("")
                .replaceFirst("^(email|external_id):", "")
                .replace("\"", "");
        Set<String> ids = new TreeSet<>(table.find("external_id", external));
        ids.addAll(table.find("email", query));
        ids.addAll(table.find("external_id", query));
        return users.found(ids);
    }
}
