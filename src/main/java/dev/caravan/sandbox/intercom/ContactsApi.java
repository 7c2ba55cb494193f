package dev.caravan.sandbox.intercom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.http.Json;
import dev.caravan.sandbox.http.Reply;
import dev.caravan.sandbox.http.Request;
import dev.caravan.sandbox.vendor.Ground;
import dev.caravan.sandbox.vendor.Settings;
import dev.caravan.sandbox.vendor.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Contacts. Users are unique by external id and address, leads are not; archived ones stand in the way of both. */
final class ContactsApi {

    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s.]+(\\.[^@\\s.]+)+");
    private static final List<String> SETTABLE = List.of(
            "role",
            "external_id",
            "email",
            "phone",
            "name",
            "avatar",
            "owner_id",
            "signed_up_at",
            "last_seen_at",
            "unsubscribed_from_emails",
            "language_override");

    private final Ground ground;
    private final Attributes attributes;
    private final Settings settings;
    private final Table contacts = new Table("external_id", "email");
    private final SearchIndex index = new SearchIndex();
    private long last;

    ContactsApi(Ground ground, Attributes attributes, Settings settings) {
        this.ground = ground;
        this.attributes = attributes;
        this.settings = settings.number("search_lag_ms", 2_000);
    }

    void clear() {
        contacts.clear();
        index.clear();
    }

    private void put(String id, ObjectNode contact) {
        contacts.put(id, contact);
        index.wrote(id, ground.now(), Optional.of(contact));
    }

    Table table() {
        return contacts;
    }

    Reply create(Request request, Map<String, String> captured) {
        JsonNode body = request.json();
        Optional<Reply> refused = refuse(body);
        if (refused.isPresent()) {
            return refused.get();
        }
        String role = body.path("role").asText(body.hasNonNull("external_id") ? "user" : "lead");
        Optional<Reply> conflict = conflict("", role, body);
        if (conflict.isPresent()) {
            return conflict.get();
        }
        String id = "%024x".formatted(0x6064_d546_0000L + ++last);
        ObjectNode contact = ContactForm.fresh(id, role, ground.now());
        if (role.equals("lead") && !body.hasNonNull("external_id")) {
            contact.put("external_id", new UUID(ground.seed(), last).toString());
        }
        return stored(request, contact, body, "insert");
    }

    Reply update(Request request, Map<String, String> captured) {
        Optional<ObjectNode> contact = live(captured);
        if (contact.isEmpty()) {
            return Failures.notFound();
        }
        JsonNode body = request.json();
        String was = contact.get().path("role").asText();
        String role = body.path("role").asText(was);
        if (was.equals("user") && role.equals("lead")) {
            return Failures.of(400, "client_error", "Contact with user role can't be converted to a lead");
        }
        return refuse(body)
                .or(() -> conflict(captured.getOrDefault("id", ""), role, body))
                .orElseGet(() -> stored(request, contact.get(), body, "update"));
    }

    Reply get(Request request, Map<String, String> captured) {
        return live(captured).map(it -> Reply.json(200, shown(it))).orElseGet(Failures::notFound);
    }

    Reply list(Request request, Map<String, String> captured) {
        return Reply.json(200, page(contacts.all(), request.query("per_page").orElse("50")));
    }

    Reply search(Request request, Map<String, String> captured) {
        JsonNode query = request.json().path("query");
        List<ObjectNode> found = index.asOf(ground.now().minusMillis(settings.get("search_lag_ms"))).stream()
                .filter(contact -> Search.matches(contact, query))
                .toList();
        return Reply.json(
                200, page(found, request.json().at("/pagination/per_page").asText("50")));
    }

    Reply archive(Request request, Map<String, String> captured) {
        return move(request, captured, true);
    }

    Reply unarchive(Request request, Map<String, String> captured) {
        return move(request, captured, false);
    }

    Reply delete(Request request, Map<String, String> captured) {
        String id = captured.getOrDefault("id", "");
        if (!contacts.remove(id)) {
            return Failures.notFound();
        }
        index.wrote(id, ground.now(), Optional.empty());
        wrote(request, id, "", "delete", List.of());
        return Reply.json(
                200, Json.object().put("id", id).put("object", "contact").put("deleted", true));
    }

    /** The contact that a path names, if it is not archived. */
    Optional<ObjectNode> live(Map<String, String> captured) {
        return contacts.get(captured.getOrDefault("id", ""))
                .filter(it -> !it.path(ContactForm.ARCHIVED).asBoolean());
    }

    void wrote(Request request, String id, String key, String operation, List<String> names) {
        ground.wrote(new Ground.Place("intercom", "contacts", id, request.number()), key, operation, names);
    }

    private Reply move(Request request, Map<String, String> captured, boolean archived) {
        String id = captured.getOrDefault("id", "");
        Optional<ObjectNode> contact = contacts.get(id);
        if (contact.isEmpty()) {
            return Failures.notFound();
        }
        if (contact.get().path(ContactForm.ARCHIVED).asBoolean() != archived) {
            put(id, contact.get().put(ContactForm.ARCHIVED, archived));
            wrote(request, id, "", archived ? "delete" : "insert", List.of());
        }
        return Reply.json(
                200, Json.object().put("id", id).put("object", "contact").put("archived", archived));
    }

    private Reply stored(Request request, ObjectNode contact, JsonNode body, String operation) {
        List<String> names = new ArrayList<>();
        for (String name : SETTABLE) {
            // A lead that is sent without an external id keeps the one it was given.
            if (body.has(name)
                    && !(name.equals("external_id") && body.path(name).isNull())) {
                contact.set(name, body.get(name));
                names.add(name);
            }
        }
        ObjectNode custom = contact.withObject("/custom_attributes");
        body.path("custom_attributes").properties().forEach(each -> {
            custom.set(each.getKey(), each.getValue());
            names.add("custom_attributes." + each.getKey());
        });
        contact.put("updated_at", ground.now().getEpochSecond());
        String id = contact.path("id").asText();
        put(id, contact);
        wrote(request, id, contact.path("external_id").asText(""), operation, names);
        return Reply.json(200, shown(contact));
    }

    private Optional<Reply> refuse(JsonNode body) {
        if (!body.isObject()) {
            return Optional.of(Failures.of(400, "bad_request", "bad 'Content-Type' header or body"));
        }
        String email = body.path("email").asText("");
        if (!body.path("email").isNull()
                && !email.isEmpty()
                && !EMAIL.matcher(email).matches()) {
            return Optional.of(Failures.of(400, "parameter_invalid", "email is invalid"));
        }
        for (Map.Entry<String, JsonNode> custom : body.path("custom_attributes").properties()) {
            Optional<String> wrong = attributes.refuse(custom.getKey(), custom.getValue());
            if (wrong.isPresent()) {
                return Optional.of(Failures.of(400, "parameter_invalid", wrong.get()));
            }
        }
        return Optional.empty();
    }

    private Optional<Reply> conflict(String self, String role, JsonNode body) {
        List<String> rivals = new ArrayList<>();
        if (body.hasNonNull("external_id")) {
            rivals.addAll(contacts.find("external_id", body.path("external_id").asText()));
        }
        if (role.equals("user") && body.hasNonNull("email")) {
            contacts.find("email", body.path("email").asText()).stream()
                    .filter(id ->
                            contacts.get(id).orElseThrow().path("role").asText().equals("user"))
                    .forEach(rivals::add);
        }
        rivals.remove(self);
        rivals.removeIf(self::equals);
        if (rivals.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode rival = contacts.get(rivals.getFirst()).orElseThrow();
        String kind = rival.path(ContactForm.ARCHIVED).asBoolean() ? "An archived contact" : "A contact";
        return Optional.of(Failures.of(
                409, "conflict", kind + " matching those details already exists with id=" + rivals.getFirst()));
    }

    private static ObjectNode page(List<ObjectNode> found, String perPage) {
        int size = perPage.matches("[1-9]\\d{0,2}") ? Integer.parseInt(perPage) : 50;
        List<ObjectNode> live = found.stream()
                .filter(it -> !it.path(ContactForm.ARCHIVED).asBoolean())
                .toList();
        ObjectNode json = Json.object().put("type", "list");
        ArrayNode data = json.putArray("data");
        live.stream().limit(size).forEach(contact -> data.add(shown(contact)));
        json.put("total_count", live.size());
        json.putObject("pages")
                .put("type", "pages")
                .put("page", 1)
                .put("per_page", size)
                .put("total_pages", (live.size() + size - 1) / size);
        return json;
    }

    private static ObjectNode shown(ObjectNode contact) {
        ObjectNode shown = contact.deepCopy();
        shown.remove(ContactForm.ARCHIVED);
        return shown;
    }
}
