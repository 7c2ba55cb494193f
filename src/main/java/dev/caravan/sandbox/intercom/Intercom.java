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
import java.util.LinkedHashMap;
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
    private final CompaniesApi companies;
    private final Attributes ofContacts = Attributes.ofContacts();
    private final Attributes ofCompanies = Attributes.ofCompanies();
    private final Window burst;

    public Intercom(Ground ground) {
        this.contacts = new ContactsApi(ground, ofContacts, settings);
        this.tags = new TagsApi(contacts);
        this.companies = new CompaniesApi(ground, ofCompanies, contacts);
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
                .add("GET", "/data_attributes", "intercom.attributes", Kind.READ, this::attributes)
                .add("POST", "/data_attributes", "intercom.attributes.create", Kind.READ, this::attribute)
                .add("GET", "/me", "intercom.me", Kind.READ, Intercom::me);
        companies(one + "/companies");
    }

    private void companies(String ofContact) {
        String one = "/companies/{id}";
        String name = "intercom.companies";
        router.add("POST", "/companies", name + ".upsert", Kind.CHANGE, companies::upsert)
                .add("GET", "/companies", name + ".find", Kind.READ, companies::find)
                .add("GET", one, name + ".get", Kind.READ, companies::get)
                .add("PUT", one, name + ".update", Kind.CHANGE, companies::update)
                .add("DELETE", one, name + ".delete", Kind.CHANGE, companies::delete)
                .add("GET", ofContact, name + ".of", Kind.READ, companies::of)
                .add("POST", ofContact, name + ".join", Kind.CHANGE, companies::join)
                .add("DELETE", ofContact + "/{company}", name + ".leave", Kind.CHANGE, companies::leave);
    }

    private Reply attributes(Request request, Map<String, String> captured) {
        return of(request.query("model").orElse("contact")).list(request, captured);
    }

    private Reply attribute(Request request, Map<String, String> captured) {
        return of(request.json().path("model").asText("contact")).create(request, captured);
    }

    private Attributes of(String model) {
        return model.equals("company") ? ofCompanies : ofContacts;
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
        Map<String, Integer> counts = new LinkedHashMap<>();
        counts.put("contacts", records("contacts").size());
        counts.put("companies", companies.table().size());
        return counts;
    }

    @Override
    public synchronized List<ObjectNode> records(String object) {
        return switch (object) {
            case "contacts" ->
                contacts.table().all().stream()
                        .filter(it -> !it.path(ContactForm.ARCHIVED).asBoolean())
                        .toList();
            case "companies" -> companies.table().all();
            default -> List.of();
        };
    }

    @Override
    public synchronized void reset() {
        contacts.clear();
        tags.clear();
        companies.table().clear();
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
