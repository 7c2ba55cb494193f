package dev.caravan.sandbox.hubspot;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.fault.Probe.Kind;
import dev.caravan.sandbox.http.Json;
import dev.caravan.sandbox.http.Reply;
import dev.caravan.sandbox.http.Request;
import dev.caravan.sandbox.http.Router;
import dev.caravan.sandbox.hubspot.store.ObjectType;
import dev.caravan.sandbox.hubspot.store.Portal;
import dev.caravan.sandbox.vendor.Ground;
import dev.caravan.sandbox.vendor.Settings;
import dev.caravan.sandbox.vendor.Vendor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The portal: routes a request, lets it in if it may, and has it answered. One request at a time. */
public final class HubSpot implements Vendor {

    /** The portal's id, as account questions answer it. */
    public static final int PORTAL = 4_200_001;

    /** The id of the app that a private token belongs to, the {@code sourceId} of what it wrote. */
    static final int APP = 900_100;

    private static final String SEARCH = "hubspot.search";
    private static final List<String> OBJECTS = List.of("/crm/v3/objects", "/crm/objects/2026-03");

    private final Settings settings = Settings.none();
    private final Gate gate;
    private final Quirks quirks;
    private final Portal portal;
    private final AssociationsApi associations;
    private final ListsApi lists;
    private final Router router = new Router();

    public HubSpot(Ground ground) {
        this.quirks = new Quirks(settings, ground.seed());
        this.gate = new Gate(settings, ground);
        this.portal = new Portal(ground);
        this.associations = new AssociationsApi(portal, quirks);
        this.lists = new ListsApi(portal);
        router.add("POST", "/oauth/v1/token", "hubspot.login", Kind.LOGIN, gate::token)
                .add("POST", "/oauth/v3/token", "hubspot.login", Kind.LOGIN, gate::token);
        routeObjects(new BatchApi(portal, quirks), new ObjectsApi(portal), new SearchApi(portal, settings));
        routeMeta(new PropertiesApi(portal));
        routeAssociations();
        routeLists();
    }

    private void routeObjects(BatchApi batch, ObjectsApi single, SearchApi search) {
        for (String root : OBJECTS) {
            String objects = root + "/{object}";
            router.add("POST", objects + "/batch/read", "hubspot.batch.read", Kind.READ, batch::read)
                    .add("POST", objects + "/batch/create", "hubspot.batch.create", Kind.CHANGE, batch::create)
                    .add("POST", objects + "/batch/update", "hubspot.batch.update", Kind.CHANGE, batch::update)
                    .add("POST", objects + "/batch/upsert", "hubspot.batch.upsert", Kind.CHANGE, batch::upsert)
                    .add("POST", objects + "/batch/archive", "hubspot.batch.archive", Kind.CHANGE, batch::archive)
                    .add("POST", objects + "/search", SEARCH, Kind.READ, search::search)
                    .add("POST", objects, "hubspot.create", Kind.CHANGE, single::create)
                    .add("GET", objects + "/{id}", "hubspot.get", Kind.READ, single::get)
                    .add("PATCH", objects + "/{id}", "hubspot.update", Kind.CHANGE, single::update)
                    .add("DELETE", objects + "/{id}", "hubspot.archive", Kind.CHANGE, single::archive);
        }
    }

    private void routeMeta(PropertiesApi meta) {
        for (String root : List.of("/crm/v3/properties", "/crm/properties/2026-03")) {
            String properties = root + "/{object}";
            router.add("GET", properties, "hubspot.properties", Kind.READ, meta::list)
                    .add("POST", properties, "hubspot.properties.create", Kind.READ, meta::create)
                    .add("GET", properties + "/{name}", "hubspot.properties", Kind.READ, meta::get)
                    .add("DELETE", properties + "/{name}", "hubspot.properties.archive", Kind.READ, meta::remove);
        }
        router.add("GET", "/crm/v3/schemas", "hubspot.schemas", Kind.READ, meta::schemas)
                .add("POST", "/crm/v3/schemas", "hubspot.schemas.create", Kind.READ, meta::declare)
                .add("GET", "/crm/v3/schemas/{object}", "hubspot.schemas", Kind.READ, meta::schema)
                .add("GET", "/account-info/v3/details", "hubspot.account", Kind.READ, meta::account)
                .add("GET", "/account-info/2026-03/details", "hubspot.account", Kind.READ, meta::account)
                .add("GET", "/integrations/v1/me", "hubspot.account", Kind.READ, meta::me);
    }

    private void routeAssociations() {
        routeAssociations("/crm/v4/objects", "/crm/v4/associations");
        routeAssociations("/crm/objects/2026-03", "/crm/associations/2026-03");
    }

    private void routeAssociations(String objects, String root) {
        String single = objects + "/{from}/{id}/associations/{to}";
        String batch = root + "/{from}/{to}";
        AssociationsApi api = associations;
        router.add("GET", single, "hubspot.associations.list", Kind.READ, api::list)
                .add("PUT", single + "/{toId}", "hubspot.associations.put", Kind.CHANGE, api::put)
                .add("DELETE", single + "/{toId}", "hubspot.associations.delete", Kind.CHANGE, api::remove)
                .add("POST", batch + "/batch/create", "hubspot.associations.create", Kind.CHANGE, api::create)
                .add(
                        "POST",
                        batch + "/batch/associate/default",
                        "hubspot.associations.create",
                        Kind.CHANGE,
                        api::createDefault)
                .add("POST", batch + "/batch/archive", "hubspot.associations.archive", Kind.CHANGE, api::archive)
                .add(
                        "POST",
                        batch + "/batch/labels/archive",
                        "hubspot.associations.archive",
                        Kind.CHANGE,
                        api::archiveLabels)
                .add("GET", batch + "/labels", "hubspot.associations.labels", Kind.READ, api::labels);
    }

    private void routeLists() {
        router.add("POST", "/contacts/v1/lists", "hubspot.lists.create", Kind.CHANGE, lists::create)
                .add("GET", "/contacts/v1/lists/static", "hubspot.lists", Kind.READ, lists::all)
                .add("DELETE", "/contacts/v1/lists/{list}", "hubspot.lists.delete", Kind.CHANGE, lists::delete)
                .add("POST", "/contacts/v1/lists/{list}/add", "hubspot.lists.add", Kind.CHANGE, lists::add)
                .add("POST", "/contacts/v1/lists/{list}/remove", "hubspot.lists.remove", Kind.CHANGE, lists::remove);
        for (String root : List.of("/crm/v3/lists", "/crm/lists/2026-03")) {
            String members = root + "/{list}/memberships";
            router.add("POST", root, "hubspot.lists.create", Kind.CHANGE, lists::createV3)
                    .add("GET", members, "hubspot.lists.members", Kind.READ, lists::members)
                    .add("POST", root + "/records/memberships/batch/read", "hubspot.lists.read", Kind.READ, lists::of)
                    .add("PUT", members + "/add", "hubspot.lists.add", Kind.CHANGE, lists::addV3)
                    .add("PUT", members + "/remove", "hubspot.lists.remove", Kind.CHANGE, lists::removeV3)
                    .add("PUT", members + "/add-and-remove", "hubspot.lists.change", Kind.CHANGE, lists::changeV3);
        }
    }

    @Override
    public String name() {
        return "hubspot";
    }

    @Override
    public String title() {
        return "HubSpot";
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
        portal.catalogue().all().forEach(type -> counts.put(type.name(), type.live()));
        counts.put("associations", associations.all().size());
        counts.put("lists", lists.all().size());
        return counts;
    }

    @Override
    public synchronized List<ObjectNode> records(String object) {
        if (object.equals("associations")) {
            return associations.all();
        }
        if (object.equals("lists")) {
            return lists.all();
        }
        List<ObjectNode> records = new ArrayList<>();
        Optional<ObjectType> type = portal.catalogue().find(object);
        type.ifPresent(it -> it.rows().stream().filter(row -> !row.archived()).forEach(row -> {
            ObjectNode json = Json.object().put("id", row.id());
            row.values().forEach((name, value) -> {
                if (!value.isEmpty()) {
                    json.put(name, value);
                }
            });
            records.add(json);
        }));
        return records;
    }

    @Override
    public long logins() {
        return gate.desk().logins();
    }

    @Override
    public void expireTokens() {
        gate.desk().expireAll();
    }

    @Override
    public void exhaust() {
        gate.exhaust();
    }

    @Override
    public synchronized void reset() {
        portal.catalogue().clear();
        associations.clear();
        lists.clear();
        gate.reset();
        quirks.reset();
    }

    @Override
    public synchronized Reply answer(Request request) {
        Optional<Router.Found> found = router.find(request);
        if (found.isPresent() && found.get().route().kind() == Kind.LOGIN) {
            return found.get().route().handler().answer(request, found.get().captured());
        }
        boolean search = found.map(it -> it.route().name().equals(SEARCH)).orElse(false);
        Reply reply = gate.refuse(request, search)
                .orElseGet(() -> found.map(it -> it.route().handler().answer(request, it.captured()))
                        .orElseGet(Failures::notFound));
        return gate.dressed(reply, request, search);
    }

    @Override
    public Reply brokenDown(Request request) {
        return Failures.of(500, "INTERNAL_ERROR", "internal error");
    }
}
