package dev.caravan.sandbox.google;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.fault.Probe.Kind;
import dev.caravan.sandbox.http.Json;
import dev.caravan.sandbox.http.Reply;
import dev.caravan.sandbox.http.Request;
import dev.caravan.sandbox.http.Router;
import dev.caravan.sandbox.vendor.Ground;
import dev.caravan.sandbox.vendor.Settings;
import dev.caravan.sandbox.vendor.Table;
import dev.caravan.sandbox.vendor.Vendor;
import dev.caravan.sandbox.vendor.Window;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One customer with five of each: ad groups, criteria, bid modifiers, campaigns, budgets and strategies. Now and then somebody else is at it. */
public final class GoogleAds implements Vendor {

    static final String CUSTOMER = "4200001000";

    private static final String DEVELOPER = "caravan-demo-developer-token";

    private final Settings settings =
            Settings.none().number("operations_per_day", 15_000).number("concurrent_every", 20);
    private final Router router = new Router();
    private final GoogleLogin login;
    private final Mutates mutates;
    private final Window day;
    private int seen;

    public GoogleAds(Ground ground) {
        this.login = new GoogleLogin(ground, settings);
        this.mutates = new Mutates(ground);
        this.day = Window.fixed(Duration.ofDays(1), ground.clock());
        router.add("POST", "/token", "googleads.login", Kind.LOGIN, login::token)
                .add("GET", "/{v}/customers:listAccessibleCustomers", "googleads.customers", Kind.READ, this::customers)
                .add("POST", "/{v}/customers/{cid}/googleAds:search", "googleads.search", Kind.READ, this::search);
        for (String kind : Mutates.kinds()) {
            router.add(
                    "POST",
                    "/{v}/customers/{cid}/" + kind + ":mutate",
                    "googleads.mutate",
                    Kind.CHANGE,
                    (request, captured) -> mutate(request, captured, kind));
        }
    }

    @Override
    public String name() {
        return "googleads";
    }

    @Override
    public String title() {
        return "Google Ads";
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
        mutates.tables().forEach((kind, table) -> counts.put(kind, table.size()));
        return counts;
    }

    @Override
    public synchronized List<ObjectNode> records(String object) {
        return mutates.tables().getOrDefault(object, new Table()).all();
    }

    @Override
    public long logins() {
        return login.desk().logins();
    }

    @Override
    public void expireTokens() {
        login.desk().expireAll();
    }

    @Override
    public void exhaust() {
        day.exhaust(settings.get("operations_per_day"));
    }

    @Override
    public synchronized void reset() {
        mutates.clear();
        login.desk().reset();
        day.clear();
        seen = 0;
    }

    @Override
    public synchronized Reply answer(Request request) {
        Optional<Router.Found> found = router.find(request);
        if (found.isEmpty()) {
            return GoogleError.notFound();
        }
        if (found.get().route().kind() != Kind.LOGIN) {
            if (!login.isIn(request)) {
                return GoogleError.unauthenticated();
            }
            if (!request.header("developer-token").orElse("").equals(DEVELOPER)) {
                return AdsError.request(
                                "authenticationError", "DEVELOPER_TOKEN_INVALID", "The developer token is not valid.")
                        .reply(401, "UNAUTHENTICATED");
            }
            if (!request.header("login-customer-id").orElse("1").matches("\\d+")) {
                return AdsError.request(
                                "headerError", "INVALID_LOGIN_CUSTOMER_ID", "The login customer ID is not valid.")
                        .reply(400, "INVALID_ARGUMENT");
            }
        }
        return found.get().route().handler().answer(request, found.get().captured());
    }

    @Override
    public Reply brokenDown(Request request) {
        return GoogleError.of(500, "INTERNAL", "Internal error encountered.", List.of());
    }

    private Reply mutate(Request request, Map<String, String> captured, String kind) {
        if (!CUSTOMER.equals(captured.get("cid"))) {
            return AdsError.request("authorizationError", "USER_PERMISSION_DENIED", "No permission for this customer.")
                    .reply(403, "PERMISSION_DENIED");
        }
        int operations = Math.max(1, request.json().path("operations").size());
        if (!day.spend(settings.get("operations_per_day"), operations)) {
            return AdsError.request("quotaError", "RESOURCE_EXHAUSTED", "Too many requests.")
                    .reply(429, "RESOURCE_EXHAUSTED");
        }
        int every = settings.get("concurrent_every");
        if (every > 0 && ++seen % every == 0) {
            return AdsError.request(
                            "databaseError",
                            "CONCURRENT_MODIFICATION",
                            "Multiple requests were attempting to modify the same resource at once.")
                    .reply(400, "INVALID_ARGUMENT");
        }
        return mutates.mutate(request, kind);
    }

    private Reply customers(Request request, Map<String, String> captured) {
        ObjectNode json = Json.object();
        json.putArray("resourceNames").add("customers/" + CUSTOMER);
        return Reply.json(200, json);
    }

    /** Answers every field of every resource of the kind after FROM, or of those whose names the query has. */
    private Reply search(Request request, Map<String, String> captured) {
        String query = request.json().path("query").asText("");
        String kind =
                kind(query.replaceFirst("(?is).*\\bFROM\\s+(\\w+).*", "$1").toLowerCase(Locale.ROOT));
        String word = kind.replaceFirst("Criteria$", "Criterions")
                .replaceFirst("ies$", "ys")
                .replaceFirst("s$", "");
        ObjectNode json = Json.object();
        ArrayNode results = json.putArray("results");
        for (ObjectNode row : records(kind)) {
            if (!query.contains("customers/")
                    || query.contains("'" + row.path("resourceName").asText() + "'")) {
                results.addObject().set(word, row);
            }
        }
        return Reply.json(200, json);
    }

    private static String kind(String from) {
        return switch (from) {
            case "ad_group" -> "adGroups";
            case "ad_group_criterion" -> "adGroupCriteria";
            case "ad_group_bid_modifier" -> "adGroupBidModifiers";
            case "campaign_bid_modifier" -> "campaignBidModifiers";
            case "bidding_strategy" -> "biddingStrategies";
            case "campaign_budget" -> "campaignBudgets";
            default -> "campaigns";
        };
    }
}
