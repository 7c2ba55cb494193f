package dev.caravan.sandbox.marketo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.fault.Probe.Kind;
import dev.caravan.sandbox.http.Json;
import dev.caravan.sandbox.http.Query;
import dev.caravan.sandbox.http.Reply;
import dev.caravan.sandbox.http.Request;
import dev.caravan.sandbox.http.Router;
import dev.caravan.sandbox.vendor.Ground;
import dev.caravan.sandbox.vendor.Settings;
import dev.caravan.sandbox.vendor.TokenDesk;
import dev.caravan.sandbox.vendor.TokenDesk.Standing;
import dev.caravan.sandbox.vendor.Vendor;
import dev.caravan.sandbox.vendor.Window;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The lead database, and what stands beside it. One request at a time; now and then one is told that too many run at once. */
public final class Marketo implements Vendor {

    private static final String LIST = "/rest/v1/lists/{list}/leads.json";

    private static final String IMPORT = "/bulk/v1/leads/batch/{batch}";

    private final Settings settings = Settings.none()
            .number("burst", 100)
            .number("daily", 50_000)
            .number("busy_every", 50)
            .number("token_seconds", 3_600);
    private final Router router = new Router();
    private final Fields fields = new Fields();
    private final LeadsApi leads;
    private final ListsApi lists;
    private final ImportsApi imports;
    private final Map<String, ObjectsApi> objects = new LinkedHashMap<>();
    private final ActivitiesApi activities;
    private final TokenDesk desk;
    private final Window burst;
    private final Window daily;
    private int seen;

    public Marketo(Ground ground) {
        this.leads = new LeadsApi(ground, fields);
        this.lists = new ListsApi(ground, leads);
        this.imports = new ImportsApi(ground, settings, leads, fields);
        this.activities = new ActivitiesApi(ground, leads.table());
        this.desk = new TokenDesk("mkto-", "none", ground.clock());
        this.burst = Window.rolling(Duration.ofSeconds(20), ground.clock());
        this.daily = Window.fixed(Duration.ofDays(1), ground.clock());
        router.add("GET", "/identity/oauth/token", "marketo.login", Kind.LOGIN, this::token)
                .add("POST", "/identity/oauth/token", "marketo.login", Kind.LOGIN, this::token)
                .add("POST", "/rest/v1/leads.json", "marketo.leads", Kind.CHANGE, leads::sync)
                .add("POST", "/rest/v1/leads/delete.json", "marketo.leads.delete", Kind.CHANGE, leads::delete)
                .add("GET", "/rest/v1/leads.json", "marketo.leads.find", Kind.READ, leads::find)
                .add("GET", "/rest/v1/leads/describe.json", "marketo.describe", Kind.READ, fields::describe)
                .add("POST", "/rest/v1/leads/schema/fields.json", "marketo.fields.create", Kind.READ, fields::add)
                .add("POST", "/bulk/v1/leads.json", "marketo.imports", Kind.CHANGE, imports::create)
                .add("GET", "/bulk/v1/leads/batch/{batch}", "marketo.imports.status", Kind.READ, imports::status)
                .add("GET", IMPORT + "/failures.json", "marketo.imports.failures", Kind.READ, imports::failures)
                .add("GET", IMPORT + "/warnings.json", "marketo.imports.warnings", Kind.READ, imports::warnings)
                .add("POST", LIST, "marketo.lists.add", Kind.CHANGE, lists::add)
                .add("DELETE", LIST, "marketo.lists.remove", Kind.CHANGE, lists::remove)
                .add("GET", LIST, "marketo.lists.members", Kind.READ, lists::members)
                .add("GET", "/rest/v1/list/{list}/leads.json", "marketo.lists.members", Kind.READ, lists::members)
                .add("POST", "/rest/v1/list/{list}/leads.json", "marketo.lists.members", Kind.READ, lists::members)
                .add("POST", "/rest/asset/v1/staticLists.json", "marketo.lists.create", Kind.READ, lists::create)
                .add("GET", "/rest/asset/v1/staticList/byName.json", "marketo.lists", Kind.READ, lists::byName)
                .add(
                        "POST",
                        "/rest/asset/v1/staticList/{list}/delete.json",
                        "marketo.lists.delete",
                        Kind.READ,
                        lists::delete)
                .add("POST", "/rest/v1/activities/external.json", "marketo.activities", Kind.CHANGE, activities::add);
        ObjectKind.STANDARD.forEach(kind -> stands(ground, kind, "marketo." + kind.name()));
        ObjectKind.CUSTOM.forEach(kind -> stands(ground, kind, "marketo.customobjects"));
    }

    private void stands(Ground ground, ObjectKind kind, String called) {
        ObjectsApi api = new ObjectsApi(ground, kind, leads.table());
        objects.put(kind.name(), api);
        String path = "/rest/v1/" + kind.path();
        router.add("POST", path + ".json", called, Kind.CHANGE, api::sync)
                .add("POST", path + "/delete.json", called + ".delete", Kind.CHANGE, api::delete)
                .add("GET", path + "/describe.json", called + ".describe", Kind.READ, api::describe);
    }

    @Override
    public String name() {
        return "marketo";
    }

    @Override
    public String title() {
        return "Marketo";
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
        imports.settle();
        Map<String, Integer> counts = new LinkedHashMap<>();
        counts.put("leads", leads.table().size());
        counts.put("lists", lists.all().size());
        objects.forEach((name, api) -> counts.put(name, api.table().size()));
        counts.put("activities", activities.table().size());
        return counts;
    }

    @Override
    public synchronized List<ObjectNode> records(String object) {
        imports.settle();
        return switch (object) {
            case "leads" -> leads.table().all();
            case "lists" -> lists.all();
            case "activities" -> activities.table().all();
            default -> objects.containsKey(object) ? objects.get(object).table().all() : List.of();
        };
    }

    @Override
    public long logins() {
        return desk.logins();
    }

    @Override
    public void expireTokens() {
        desk.expireAll();
    }

    @Override
    public void exhaust() {
        daily.exhaust(settings.get("daily"));
    }

    @Override
    public synchronized void reset() {
        leads.table().clear();
        lists.clear();
        imports.clear();
        objects.values().forEach(api -> api.table().clear());
        activities.table().clear();
        desk.reset();
        burst.clear();
        daily.clear();
        seen = 0;
    }

    @Override
    public synchronized Reply answer(Request request) {
        imports.settle();
        Optional<Router.Found> found = router.find(request);
        if (found.isEmpty()) {
            return Answers.error(request.number(), "610", "Requested resource not found");
        }
        boolean login = found.get().route().kind() == Kind.LOGIN;
        Optional<Reply> refused = login ? Optional.empty() : refuse(request);
        return refused.orElseGet(
                () -> found.get().route().handler().answer(request, found.get().captured()));
    }

    @Override
    public Reply brokenDown(Request request) {
        return Answers.error(request.number(), "611", "System error");
    }

    private Optional<Reply> refuse(Request request) {
        String header = request.header("authorization").orElse("");
        String token = header.regionMatches(true, 0, "Bearer ", 0, 7)
                ? header.substring(7).strip()
                : request.query("access_token").orElse("");
        Standing standing = desk.standing(token);
        if (standing == Standing.UNKNOWN) {
            return Optional.of(Answers.error(request.number(), "601", "Access token invalid"));
        }
        if (standing == Standing.EXPIRED) {
            return Optional.of(Answers.error(request.number(), "602", "Access token expired"));
        }
        int most = settings.get("daily");
        if (most > 0 && daily.left(most) == 0) {
            return Optional.of(Answers.error(request.number(), "607", "Daily API Request Limit Reached"));
        }
        int max = settings.get("burst");
        if (!burst.spend(max)) {
            return Optional.of(
                    Answers.error(request.number(), "606", "Max rate limit '" + max + "' exceeded with in '20' secs"));
        }
        daily.spend(most);
        int every = settings.get("busy_every");
        boolean busy = every > 0 && ++seen % every == 0;
        return busy
                ? Optional.of(Answers.error(request.number(), "615", "Concurrent access limit reached"))
                : Optional.empty();
    }

    private Reply token(Request request, Map<String, String> captured) {
        Map<String, String> form = Query.parse(request.text());
        String grant = request.query("grant_type").orElse(form.getOrDefault("grant_type", ""));
        String id = request.query("client_id").orElse(form.getOrDefault("client_id", ""));
        String secret = request.query("client_secret").orElse(form.getOrDefault("client_secret", ""));
        if (!grant.equals("client_credentials")
                || !id.equals("caravan-demo")
                || !secret.equals("caravan-demo-secret")) {
            return Reply.json(
                    401,
                    Json.object().put("error", "invalid_client").put("error_description", "Bad client credentials"));
        }
        TokenDesk.Grant issued = desk.issue(Duration.ofSeconds(settings.get("token_seconds")));
        return Reply.json(
                200,
                Json.object()
                        .put("access_token", issued.access())
                        .put("token_type", "bearer")
                        .put("expires_in", issued.lifetime().toSeconds() - 1)
                        .put("scope", "caravan@sandbox.invalid"));
    }
}
