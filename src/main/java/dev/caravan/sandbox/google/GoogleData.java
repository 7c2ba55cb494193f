package dev.caravan.sandbox.google;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Audience members and events: a request is taken or refused as a whole, and nothing is ever said of one record. */
public final class GoogleData implements Vendor {

    private static final int MOST_MEMBERS = 10_000;
    private static final int MOST_EVENTS = 2_000;

    private final Settings settings = Settings.none().number("per_minute", 300).number("membership_days", 540);
    private final Router router = new Router();
    private final Ground ground;
    private final GoogleLogin login;
    private final Statuses statuses;
    private final Table members = new Table();
    private final Table events = new Table();
    private final Window minute;

    public GoogleData(Ground ground) {
        this.ground = ground;
        this.login = new GoogleLogin(ground, settings);
        this.statuses = new Statuses(ground, settings);
        this.minute = Window.rolling(Duration.ofMinutes(1), ground.clock());
        String audience = "/v1/audienceMembers:";
        router.add("POST", "/token", "datamanager.login", Kind.LOGIN, login::token)
                .add("POST", audience + "ingest", "datamanager.members.ingest", Kind.CHANGE, this::ingest)
                .add("POST", audience + "remove", "datamanager.members.remove", Kind.CHANGE, this::remove)
                .add("POST", audience + "removeAll", "datamanager.members.removeall", Kind.CHANGE, this::removeAll)
                .add("POST", "/v1/events:ingest", "datamanager.events.ingest", Kind.CHANGE, this::happened)
                .add("GET", "/v1/requestStatus:retrieve", "datamanager.status", Kind.READ, statuses::retrieve);
    }

    @Override
    public String name() {
        return "datamanager";
    }

    @Override
    public String title() {
        return "Google Data Manager";
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
        counts.put("members", lasting().size());
        counts.put("events", events.size());
        return counts;
    }

    @Override
    public synchronized List<ObjectNode> records(String object) {
        return switch (object) {
            case "members" -> lasting();
            case "events" -> events.all();
            default -> List.of();
        };
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
    public synchronized void reset() {
        members.clear();
        events.clear();
        statuses.clear();
        minute.clear();
        login.desk().reset();
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
            if (!minute.spend(settings.get("per_minute"))) {
                return GoogleError.of(
                        429,
                        "RESOURCE_EXHAUSTED",
                        "Quota exceeded for quota metric 'Requests' and limit 'Requests per minute'.",
                        List.of(GoogleError.info("RATE_LIMIT_EXCEEDED", "googleapis.com")));
            }
        }
        return found.get().route().handler().answer(request, found.get().captured());
    }

    @Override
    public Reply brokenDown(Request request) {
        return GoogleError.of(500, "INTERNAL", "Internal error encountered.", List.of());
    }

    private Reply ingest(Request request, Map<String, String> captured) {
        return members(request, true);
    }

    private Reply remove(Request request, Map<String, String> captured) {
        return members(request, false);
    }

    private Reply members(Request request, boolean adding) {
        JsonNode body = request.json();
        JsonNode list = body.path("audienceMembers");
        Violations wrong = new Violations(body);
        wrong.frame();
        if (list.isEmpty() || list.size() > MOST_MEMBERS) {
            wrong.add("audience_members", "1 to " + MOST_MEMBERS + " members.", "TOO_MANY_AUDIENCE_MEMBERS");
        }
        if (adding
                && !body.at("/termsOfService/customerMatchTermsOfServiceStatus")
                        .asText()
                        .equals("ACCEPTED")) {
            wrong.add("terms_of_service", "The terms are not accepted.", "TERMS_AND_CONDITIONS_NOT_SIGNED");
        }
        for (int i = 0; i < list.size(); i++) {
            wrong.references("audience_members[" + i + "]", list.get(i));
            wrong.person("audience_members[" + i + "]", list.get(i).path("userData"));
        }
        if (!wrong.none()) {
            return wrong.reply(request);
        }
        if (!body.path("validateOnly").asBoolean(false)) {
            list.forEach(member -> destinations(body, member).forEach(to -> move(request, to, member, adding)));
        }
        return statuses.accepted(request, body, list.size(), Map.of());
    }

    private List<ObjectNode> lasting() {
        return members.all().stream().filter(this::lasts).toList();
    }

    /** Whose membership is over is no member any more, until ingested again; nobody is told. */
    private boolean lasts(ObjectNode member) {
        Duration time = Duration.ofDays(settings.get("membership_days"));
        Instant since = Instant.parse(member.path("since").asText());
        return time.isZero() || since.plus(time).isAfter(ground.now());
    }

    private Reply removeAll(Request request, Map<String, String> captured) {
        JsonNode body = request.json();
        Violations wrong = new Violations(body);
        wrong.frame();
        if (!wrong.none()) {
            return wrong.reply(request);
        }
        for (ObjectNode member : members.all()) {
            members.remove(member.path("list").asText() + " " + member.path("identifiers"));
        }
        return statuses.accepted(request, body, 0, Map.of());
    }

    private Reply happened(Request request, Map<String, String> captured) {
        JsonNode body = request.json();
        JsonNode list = body.path("events");
        Violations wrong = new Violations(body);
        wrong.frame();
        if (list.isEmpty() || list.size() > MOST_EVENTS) {
            wrong.add("events", "1 to " + MOST_EVENTS + " events.", "TOO_MANY_EVENTS");
        }
        for (int i = 0; i < list.size(); i++) {
            JsonNode event = list.get(i);
            if (!event.path("eventTimestamp").asText("").matches("\\d{4}-\\d\\d-\\d\\dT.*(Z|[+-]\\d\\d:\\d\\d)")) {
                wrong.add("events[" + i + "].event_timestamp", "A timestamp is required.", "INVALID_TIMESTAMP");
            }
            wrong.references("events[" + i + "]", event);
            if (event.has("userData")) {
                wrong.person("events[" + i + "]", event.path("userData"));
            }
        }
        if (!wrong.none()) {
            return wrong.reply(request);
        }
        Map<String, Integer> errors = new LinkedHashMap<>();
        if (!body.path("validateOnly").asBoolean(false)) {
            for (JsonNode event : list) {
                for (String to : destinations(body, event)) {
                    refusal(request, to, event).ifPresent(reason -> errors.merge(reason, 1, Integer::sum));
                }
            }
        }
        return statuses.accepted(request, body, list.size(), errors);
    }

    /** Why an event is not counted, as it turns out when it is processed. */
    private Optional<String> refusal(Request request, String to, JsonNode event) {
        if (!event.at("/adIdentifiers/gclid").asText("").matches("[A-Za-z0-9_-]*")) {
            return Optional.of("PROCESSING_ERROR_REASON_INVALID_GCLID");
        }
        return keep(request, to, event)
                ? Optional.empty()
                : Optional.of("PROCESSING_ERROR_REASON_DUPLICATE_TRANSACTION_ID");
    }

    private void move(Request request, String list, JsonNode member, boolean adding) {
        JsonNode identifiers = member.at("/userData/userIdentifiers");
        String id = list + " " + identifiers;
        if (adding) {
            ObjectNode row = Json.object().put("list", list);
            row.set("identifiers", identifiers);
            members.put(id, row.put("since", ground.now().toString()));
        } else {
            boolean there = members.get(id).filter(this::lasts).isPresent();
            members.remove(id);
            if (!there) {
                return;
            }
        }
        ground.wrote(
                new Ground.Place("datamanager", "members", list, request.number()),
                identifiers.toString(),
                adding ? "add" : "remove",
                List.of());
    }

    // The same transaction of a conversion action counts once, and that it was sent again shows in the counts alone.
    private boolean keep(Request request, String action, JsonNode event) {
        String transaction = event.path("transactionId").asText("");
        String id = transaction.isEmpty() ? action + " #" + events.size() : action + " " + transaction;
        if (events.has(id)) {
            return false;
        }
        ObjectNode row = event.deepCopy();
        events.put(id, row.put("conversion_action", action));
        ground.wrote(new Ground.Place("datamanager", "events", id, request.number()), transaction, "insert", List.of());
        return true;
    }

    /** The product destinations that an item goes to: those it refers to, else all. */
    private static List<String> destinations(JsonNode body, JsonNode item) {
        List<String> wanted = new ArrayList<>();
        item.path("destinationReferences").forEach(each -> wanted.add(each.asText()));
        List<String> ids = new ArrayList<>();
        for (JsonNode each : body.path("destinations")) {
            if (wanted.isEmpty() || wanted.contains(each.path("reference").asText())) {
                ids.add(each.path("productDestinationId").asText());
            }
        }
        return ids;
    }
}
