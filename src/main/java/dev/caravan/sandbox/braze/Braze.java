package dev.caravan.sandbox.braze;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.fault.Probe.Kind;
import dev.caravan.sandbox.http.Json;
import dev.caravan.sandbox.http.Reply;
import dev.caravan.sandbox.http.Request;
import dev.caravan.sandbox.http.Router;
import dev.caravan.sandbox.vendor.Ground;
import dev.caravan.sandbox.vendor.Settings;
import dev.caravan.sandbox.vendor.Vendor;
import dev.caravan.sandbox.vendor.Window;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One instance, with its users. One request at a time. */
public final class Braze implements Vendor {

    private static final String KEY = "caravan-demo-braze-key";

    private final Settings settings = Settings.none().number("burst", 3_000);
    private final Router router = new Router();
    private final Profiles profiles;
    private final UsersApi users;
    private final Window burst;

    public Braze(Ground ground) {
        this.profiles = new Profiles(ground);
        this.users = new UsersApi(ground, profiles);
        this.burst = Window.fixed(Duration.ofSeconds(3), ground.clock());
        router.add("POST", "/users/track", "braze.track", Kind.CHANGE, users::track)
                .add("POST", "/users/delete", "braze.delete", Kind.CHANGE, new DeletionApi(ground, profiles)::delete)
                .add("POST", "/users/export/ids", "braze.export", Kind.READ, new ExportApi(profiles)::export);
    }

    @Override
    public String name() {
        return "braze";
    }

    @Override
    public String title() {
        return "Braze";
    }

    @Override
    public Router router() {
        return router;
    }

    @Override
    public Settings settings() {
        return settings;
    }

    @Override
    public synchronized Map<String, Integer> counts() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        counts.put("users", profiles.table().size());
        counts.put("events", users.events().size());
        counts.put("purchases", users.purchases().size());
        return counts;
    }

    @Override
    public synchronized List<ObjectNode> records(String object) {
        return switch (object) {
            case "users" -> profiles.table().all();
            case "events" -> users.events().all();
            case "purchases" -> users.purchases().all();
            default -> List.of();
        };
    }

    @Override
    public synchronized void reset() {
        profiles.clear();
        users.clear();
        burst.clear();
    }

    @Override
    public synchronized Reply answer(Request request) {
        if (!request.header("authorization").orElse("").equals("Bearer " + KEY)) {
            return message(401, "Invalid API Key");
        }
        int max = settings.get("burst");
        Reply reply = burst.spend(max) ? routed(request) : message(429, "Your rate limit has been exceeded");
        return reply.with("X-RateLimit-Limit", String.valueOf(max))
                .with("X-RateLimit-Remaining", String.valueOf(burst.left(max)))
                .with("X-RateLimit-Reset", String.valueOf(burst.renewed().getEpochSecond()));
    }

    @Override
    public Reply brokenDown(Request request) {
        return message(500, "Internal Server Error");
    }

    private Reply routed(Request request) {
        Optional<Router.Found> found = router.find(request);
        return found.isPresent()
                ? found.get().route().handler().answer(request, found.get().captured())
                : message(404, "Not Found");
    }

    private static Reply message(int status, String message) {
        return Reply.json(status, Json.object().put("message", message));
    }
}
