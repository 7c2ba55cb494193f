package dev.caravan.sandbox.intercom;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One workspace. One request at a time. */
public final class Intercom implements Vendor {

    static final String WORKSPACE = "sb42cara";

    private static final String TOKEN = "caravan-demo-intercom-token";

    private final Settings settings = Settings.none().number("burst", 167);
    private final Router router = new Router();
    private final ContactsApi contacts;
    private final TagsApi tags;
    private final Window burst;

    public Intercom(Ground ground) {
        Attributes attributes = new Attributes();
        this.contacts = new ContactsApi(ground, attributes, settings);
        this.tags = new TagsApi(contacts);
        this.burst = Window.fixed(Duration.ofSeconds(10), ground.clock());
        String one = "/contacts/{id}";
        router.add("POST", "/contacts", "intercom.create", Kind.CHANGE, contacts::create)
                .add("GET", "/contacts", "intercom.list", Kind.READ, contacts::list)
                .add("POST", "/contacts/search", "intercom.search", Kind.READ, contacts::search)
                .add("GET", one, "intercom.get", Kind.READ, contacts::get)
                .add("PUT", one, "intercom.update", Kind.CHANGE, contacts::update)
                .add("DELETE", one, "intercom.delete", Kind.CHANGE, contacts::delete)
                .add("POST", one + "/archive", "intercom.archive", Kind.CHANGE, contacts::archive)
                .add("POST", one + "/unarchive", "intercom.unarchive", Kind.CHANGE, contacts::unarchive)
                .add("GET", one + "/tags", "intercom.tags.of", Kind.READ, tags::of)
                .add("POST", one + "/tags", "intercom.tags.add", Kind.CHANGE, tags::add)
                .add("DELETE", one + "/tags/{tag}", "intercom.tags.remove", Kind.CHANGE, tags::remove)
                .add("GET", "/tags", "intercom.tags", Kind.READ, tags::list)
                .add("POST", "/tags", "intercom.tags.create", Kind.READ, tags::create)
                .add("GET", "/data_attributes", "intercom.attributes", Kind.READ, attributes::list)
                .add("POST", "/data_attributes", "intercom.attributes.create", Kind.READ, attributes::create)
                .add("GET", "/me", "intercom.me", Kind.READ, Intercom::me);
    }

    @Override
    public String name() {
        return "intercom";
    }

    @Override
    public String title() {
        return "Intercom";
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
        return Map.of("contacts", records("contacts").size());
    }

    @Override
    public synchronized List<ObjectNode> records(String object) {
        return object.equals("contacts")
                ? contacts.table().all().stream()
                        .filter(it -> !it.path(ContactForm.ARCHIVED).asBoolean())
                        .toList()
                : List.of();
    }

    @Override
    public synchronized void reset() {
        contacts.clear();
        tags.clear();
        burst.clear();
    }

    @Override
    public synchronized Reply answer(Request request) {
        if (!request.header("authorization").orElse("").equals("Bearer " + TOKEN)) {
            return Failures.of(401, "unauthorized", "Access Token Invalid");
        }
        int max = settings.get("burst");
        Reply reply = burst.spend(max)
                ? routed(request)
                : Failures.of(429, "rate_limit_exceeded", "Exceeded rate limit of " + max + " in 10_seconds");
        return reply.with("X-RateLimit-Limit", String.valueOf(max))
                .with("X-RateLimit-Remaining", String.valueOf(burst.left(max)))
                .with("X-RateLimit-Reset", String.valueOf(burst.renewed().getEpochSecond()))
                .with("Intercom-Version", request.header("intercom-version").orElse("2.3"));
    }

    @Override
    public Reply brokenDown(Request request) {
        return Failures.of(500, "server_error", "Server Error");
    }

    private Reply routed(Request request) {
        Optional<Router.Found> found = router.find(request);
        return found.isPresent()
                ? found.get().route().handler().answer(request, found.get().captured())
                : Failures.of(404, "not_found", "Resource Not Found");
    }

    private static Reply me(Request request, Map<String, String> captured) {
        ObjectNode json = Json.object().put("type", "admin").put("id", "1").put("name", "Caravan");
        json.putObject("app").put("type", "app").put("id_code", WORKSPACE).put("name", "Caravan");
        return Reply.json(200, json);
    }
}
