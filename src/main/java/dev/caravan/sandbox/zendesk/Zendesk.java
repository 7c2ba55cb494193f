package dev.caravan.sandbox.zendesk;

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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One account, with its users and organizations. One request at a time; before each, the jobs whose time has come are applied. */
public final class Zendesk implements Vendor {

    private static final String TOKEN = "caravan-demo-zendesk-token";
    private static final String BASIC = "Basic "
            + Base64.getEncoder()
                    .encodeToString(("caravan@sandbox.invalid/token:" + TOKEN).getBytes(StandardCharsets.UTF_8));

    private final Settings settings = Settings.none().number("per_minute", 700);
    private final Router router = new Router();
    private final UsersApi users;
    private final OrganizationsApi organizations;
    private final JobsApi jobs;
    private final Window minute;

    public Zendesk(Ground ground) {
        this.users = new UsersApi(ground, settings);
        this.organizations = new OrganizationsApi(ground);
        this.jobs = new JobsApi(ground, settings, users.all());
        this.minute = Window.fixed(Duration.ofMinutes(1), ground.clock());
        users();
        organizations();
    }

    private void users() {
        String root = "/api/v2/users";
        Records all = users.all();
        router.add("POST", root + ".json", "zendesk.create", Kind.CHANGE, all::create)
                .add("POST", root, "zendesk.create", Kind.CHANGE, all::create)
                .add("POST", root + "/create_or_update.json", "zendesk.upsert", Kind.CHANGE, all::createOrUpdate)
                .add("POST", root + "/create_or_update", "zendesk.upsert", Kind.CHANGE, all::createOrUpdate)
                .add("POST", root + "/create_or_update_many.json", "zendesk.upsert.many", Kind.CHANGE, jobs::create)
                .add("POST", root + "/create_or_update_many", "zendesk.upsert.many", Kind.CHANGE, jobs::create)
                .add("GET", "/api/v2/job_statuses/{id}", "zendesk.job", Kind.READ, jobs::status)
                .add("GET", root + "/search.json", "zendesk.search", Kind.READ, users::search)
                .add("GET", root + "/search", "zendesk.search", Kind.READ, users::search)
                .add("GET", "/api/v2/user_fields.json", "zendesk.fields", Kind.READ, all::fields)
                .add("GET", root + "/{id}", "zendesk.get", Kind.READ, all::get)
                .add("PUT", root + "/{id}", "zendesk.update", Kind.CHANGE, users::update)
                .add("DELETE", root + "/{id}", "zendesk.delete", Kind.CHANGE, users::delete);
    }

    private void organizations() {
        String root = "/api/v2/organizations";
        String name = "zendesk.organizations";
        Records all = organizations.all();
        for (String end : List.of(".json", "")) {
            router.add("POST", root + end, name + ".create", Kind.CHANGE, all::create)
                    .add("POST", root + "/create_or_update" + end, name + ".upsert", Kind.CHANGE, all::createOrUpdate)
                    .add("GET", root + "/search" + end, name + ".search", Kind.READ, organizations::search)
                    .add("GET", "/api/v2/organization_fields" + end, name + ".fields", Kind.READ, all::fields);
        }
        router.add("GET", root + "/{id}", name + ".get", Kind.READ, all::get)
                .add("PUT", root + "/{id}", name + ".update", Kind.CHANGE, all::update)
                .add("DELETE", root + "/{id}", name + ".delete", Kind.CHANGE, organizations::delete);
    }

    @Override
    public String name() {
        return "zendesk";
    }

    @Override
    public String title() {
        return "Zendesk";
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
        jobs.settle();
        Map<String, Integer> counts = new LinkedHashMap<>();
        counts.put("users", users.all().table().size());
        counts.put("organizations", organizations.all().table().size());
        return counts;
    }

    @Override
    public synchronized List<ObjectNode> records(String object) {
        jobs.settle();
        return switch (object) {
            case "users" -> users.all().table().all();
            case "organizations" -> organizations.all().table().all();
            default -> List.of();
        };
    }

    @Override
    public synchronized void reset() {
        users.clear();
        organizations.all().table().clear();
        jobs.clear();
        minute.clear();
    }

    @Override
    public synchronized Reply answer(Request request) {
        jobs.settle();
        String given = request.header("authorization").orElse("");
        if (!given.equals(BASIC) && !given.equals("Bearer " + TOKEN)) {
            return Reply.json(401, Json.object().put("error", "Couldn't authenticate you"));
        }
        int max = settings.get("per_minute");
        boolean taken = minute.spend(max);
        String seconds =
                String.valueOf(Duration.between(request.at(), minute.renewed()).toSeconds() + 1);
        Reply reply = taken
                ? routed(request)
                : Failures.of(429, "TooManyRequests", "API rate limit exceeded").with("Retry-After", seconds);
        return reply.with("X-Rate-Limit", String.valueOf(max))
                .with("X-Rate-Limit-Remaining", String.valueOf(minute.left(max)))
                .with("RateLimit-Reset", seconds)
                .with("X-Zendesk-API-Version", "v2");
    }

    @Override
    public Reply brokenDown(Request request) {
        return Failures.of(500, "InternalError", "internal error");
    }

    private Reply routed(Request request) {
        Optional<Router.Found> found = router.find(request);
        return found.isPresent()
                ? found.get().route().handler().answer(request, found.get().captured())
                : Failures.of(404, "InvalidEndpoint", "Not found");
    }
}
