package dev.caravan.sandbox.meta;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.fault.Probe.Kind;
import dev.caravan.sandbox.http.Json;
import dev.caravan.sandbox.http.Query;
import dev.caravan.sandbox.http.Reply;
import dev.caravan.sandbox.http.Request;
import dev.caravan.sandbox.http.Router;
import dev.caravan.sandbox.vendor.Ground;
import dev.caravan.sandbox.vendor.Settings;
import dev.caravan.sandbox.vendor.Signatures;
import dev.caravan.sandbox.vendor.Table;
import dev.caravan.sandbox.vendor.Vendor;
import dev.caravan.sandbox.vendor.Window;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One ad account. One request at a time; now and then one is answered with a page, every other of them applied all the same. */
public final class Meta implements Vendor {

    static final String ACCOUNT = "act_4200001";

    private static final String TOKEN = "caravan-demo-meta-token";
    private static final String SECRET = "caravan-demo-app-secret";

    private final Settings settings =
            Settings.none().number("calls_per_hour", 600).number("html_every", 30);
    private final Router router = new Router();
    private final Ground ground;
    private final AudiencesApi audiences;
    private final EventsApi events;
    private final Table adSets = new Table();
    private final Window calls;
    private boolean expired;
    private int writes;

    public Meta(Ground ground) {
        this.ground = ground;
        this.audiences = new AudiencesApi(ground, settings);
        this.events = new EventsApi(ground);
        this.calls = Window.rolling(Duration.ofHours(1), ground.clock());
        router.add("POST", "/{v}/{id}/users", "meta.members.add", Kind.CHANGE, audiences::add)
                .add("DELETE", "/{v}/{id}/users", "meta.members.remove", Kind.CHANGE, audiences::remove)
                .add("POST", "/{v}/{id}/events", "meta.events", Kind.CHANGE, events::receive)
                .add("GET", "/{v}/{id}/customaudiences", "meta.audiences", Kind.READ, audiences::list)
                .add("POST", "/{v}/{id}/customaudiences", "meta.audiences.create", Kind.READ, audiences::create)
                .add("GET", "/{v}/{id}", "meta.get", Kind.READ, this::get)
                .add("POST", "/{v}/{id}", "meta.update", Kind.CHANGE, this::update)
                .add("DELETE", "/{v}/{id}", "meta.delete", Kind.READ, this::delete);
        clear();
    }

    @Override
    public String name() {
        return "meta";
    }

    @Override
    public String title() {
        return "Meta";
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
        counts.put("audiences", audiences.audiences().size());
        counts.put("members", audiences.allMembers().size());
        counts.put("events", events.events().size());
        counts.put("adsets", adSets.size());
        return counts;
    }

    @Override
    public synchronized List<ObjectNode> records(String object) {
        return switch (object) {
            case "audiences" -> audiences.audiences();
            case "members" -> audiences.allMembers();
            case "events" -> events.events().all();
            case "adsets" -> adSets.all();
            default -> List.of();
        };
    }

    /** The token ends, until a reset: a person would have to make another. */
    @Override
    public synchronized void expireTokens() {
        expired = true;
    }

    @Override
    public synchronized void reset() {
        audiences.clear();
        events.clear();
        calls.clear();
        clear();
    }

    @Override
    public synchronized Reply answer(Request request) {
        Optional<Reply> refused = refuse(request);
        return refused.orElseGet(() -> answered(request)).with("facebook-api-version", "v25.0");
    }

    @Override
    public Reply brokenDown(Request request) {
        return GraphError.html(500);
    }

    private void clear() {
        adSets.clear();
        adSets.put(
                "23860000000000001",
                Json.object().put("id", "23860000000000001").put("bid_amount", 150));
        expired = false;
        writes = 0;
    }

    private Reply answered(Request request) {
        Optional<Router.Found> found = router.find(request);
        if (found.isEmpty()) {
            return GraphError.unknown(request.path());
        }
        int every = settings.get("html_every");
        boolean struck = found.get().route().kind() == Kind.CHANGE && every > 0 && ++writes % every == 0;
        if (struck && writes / every % 2 == 1) {
            return GraphError.html(502);
        }
        Reply reply = found.get().route().handler().answer(request, found.get().captured());
        return struck ? GraphError.html(502) : used(request, reply);
    }

    private Optional<Reply> refuse(Request request) {
        String header = request.header("authorization").orElse("");
        String token = header.startsWith("Bearer ") ? header.substring(7) : parameter(request, "access_token");
        if (!token.equals(TOKEN)) {
            return Optional.of(GraphError.of(190, 0, "Invalid OAuth access token - Cannot parse access token"));
        }
        if (expired) {
            return Optional.of(GraphError.of(190, 463, "Error validating access token: Session has expired"));
        }
        String proof = parameter(request, "appsecret_proof");
        if (!proof.isEmpty() && !proof.equals(Signatures.hmacSha256(SECRET, TOKEN))) {
            return Optional.of(GraphError.of(100, 0, "Invalid appsecret_proof provided in the API argument"));
        }
        if (!calls.spend(settings.get("calls_per_hour"))) {
            return Optional.of(used(
                    request,
                    GraphError.of(
                            80_003,
                            2_446_079,
                            "There have been too many calls to this ad-account. Wait a bit and try again.")));
        }
        return Optional.empty();
    }

    /**
     * Percent of what is allowed, and the minutes until there is some again, as recorded: adding people tells the app's share and the ad
     * account's, which stood at 100 all the while, and everything else the business's. Of events nothing was recorded.
     */
    private Reply used(Request request, Reply reply) {
        int max = settings.get("calls_per_hour");
        int percent = max == 0 ? 0 : calls.used() * 100 / max;
        return switch (operation(request).name()) {
            case "meta.members.add" ->
                reply.with("x-app-usage", cost(percent, 0, 1).toString())
                        .with(
                                "x-ad-account-usage",
                                Json.object().put("acc_id_util_pct", 100).toString());
            case "meta.events" -> reply;
            default -> reply.with("x-business-use-case-usage", business(percent).toString());
        };
    }

    private ObjectNode business(int percent) {
        long minutes = percent < 100
                ? 0
                : Duration.between(ground.now(), calls.renewed()).toMinutes() + 1;
        ObjectNode business = Json.object();
        ObjectNode one = Json.object().put("type", "custom_audience");
        one.setAll(cost(percent, 3, 7));
        one.put("estimated_time_to_regain_access", minutes);
        business.putArray(ACCOUNT.substring(4)).add(one);
        return business;
    }

    private static ObjectNode cost(int percent, int processor, int time) {
        return Json.object()
                .put("call_count", percent)
                .put("total_cputime", processor)
                .put("total_time", time);
    }

    private Reply get(Request request, Map<String, String> captured) {
        String id = captured.getOrDefault("id", "");
        if (id.equals(ACCOUNT)) {
            return Reply.json(
                    200,
                    Json.object()
                            .put("id", ACCOUNT)
                            .put("account_id", ACCOUNT.substring(4))
                            .put("name", "Caravan"));
        }
        Optional<ObjectNode> adSet = adSets.get(id);
        if (adSet.isPresent()) {
            return Reply.json(200, adSet.get());
        }
        return audiences.has(id) ? audiences.get(id) : GraphError.unknown(id);
    }

    private Reply update(Request request, Map<String, String> captured) {
        String id = captured.getOrDefault("id", "");
        Optional<ObjectNode> adSet = adSets.get(id);
        if (adSet.isEmpty()) {
            return GraphError.unknown(id);
        }
        JsonNode body = request.json();
        for (String field : List.of("bid_amount", "daily_budget")) {
            if (body.has(field)) {
                adSet.get().put(field, body.path(field).asLong());
            }
        }
        adSets.put(id, adSet.get());
        ground.wrote(new Ground.Place("meta", "adsets", id, request.number()), "", "update", List.of("bid_amount"));
        return Reply.json(200, Json.object().put("success", true));
    }

    private Reply delete(Request request, Map<String, String> captured) {
        String id = captured.getOrDefault("id", "");
        return audiences.has(id) ? audiences.drop(id) : GraphError.unknown(id);
    }

    private static String parameter(Request request, String name) {
        String inJson = request.json().path(name).asText("");
        return inJson.isEmpty()
                ? request.query(name).orElse(Query.parse(request.text()).getOrDefault(name, ""))
                : inJson;
    }
}
