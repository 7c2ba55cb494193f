package dev.caravan.sandbox.intercom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.http.Json;
import dev.caravan.sandbox.http.Reply;
import dev.caravan.sandbox.http.Request;
import dev.caravan.sandbox.vendor.Ground;
import dev.caravan.sandbox.vendor.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Companies, each by its owner's {@code company_id}, which it keeps, and who belongs to them. */
final class CompaniesApi {

    private static final List<String> SETTABLE =
            List.of("name", "size", "website", "industry", "monthly_spend", "remote_created_at");

    private final Ground ground;
    private final Attributes attributes;
    private final Belongings contacts;
    private final Table companies = new Table("company_id", "name");
    private long last;

    CompaniesApi(Ground ground, Attributes attributes, ContactsApi contacts) {
        this.ground = ground;
        this.attributes = attributes;
        this.contacts = new Belongings(contacts, "companies");
    }

    Table table() {
        return companies;
    }

    /** There is no telling a new one from one that was there: both are a 200. */
    Reply upsert(Request request, Map<String, String> captured) {
        JsonNode body = request.json();
        String key = body.path("company_id").asText("");
        if (key.isEmpty()) {
            return Failures.of(400, "bad_request", "bad 'company_id' parameter");
        }
        Optional<ObjectNode> known =
                companies.find("company_id", key).stream().findFirst().flatMap(companies::get);
        return refuse(body).orElseGet(() -> stored(request, known.orElseGet(() -> fresh(key)), body, known.isEmpty()));
    }

    /** A {@code company_id} in it changes nothing, and is no error. */
    Reply update(Request request, Map<String, String> captured) {
        Optional<ObjectNode> company = companies.get(captured.getOrDefault("id", ""));
        return company.isEmpty()
                ? unknown()
                : refuse(request.json()).orElseGet(() -> stored(request, company.get(), request.json(), false));
    }

    Reply get(Request request, Map<String, String> captured) {
        return companies
                .get(captured.getOrDefault("id", ""))
                .map(company -> Reply.json(200, company))
                .orElseGet(CompaniesApi::unknown);
    }

    /** One by its {@code company_id} or name; a page of all where neither is asked for. */
    Reply find(Request request, Map<String, String> captured) {
        for (String key : List.of("company_id", "name")) {
            if (request.query(key).isPresent()) {
                return companies.find(key, request.query(key).get()).stream()
                        .findFirst()
                        .flatMap(companies::get)
                        .map(company -> Reply.json(200, company))
                        .orElseGet(CompaniesApi::unknown);
            }
        }
        ObjectNode json = Json.object().put("type", "list").put("total_count", companies.size());
        ArrayNode data = json.putArray("data");
        companies.all().stream().limit(50).forEach(data::add);
        return Reply.json(200, json);
    }

    Reply delete(Request request, Map<String, String> captured) {
        String id = captured.getOrDefault("id", "");
        Optional<ObjectNode> was = companies.get(id);
        if (was.isEmpty()) {
            return unknown();
        }
        companies.remove(id);
        contacts.forget(id);
        wrote(request, was.get(), "delete", List.of());
        return Reply.json(
                200, Json.object().put("id", id).put("object", "company").put("deleted", true));
    }

    Reply of(Request request, Map<String, String> captured) {
        return contacts.of(request, captured);
    }

    Reply join(Request request, Map<String, String> captured) {
        return contacts.change(
                request, captured, companies.get(request.json().path("id").asText()), true);
    }

    Reply leave(Request request, Map<String, String> captured) {
        return contacts.change(request, captured, companies.get(captured.getOrDefault("company", "")), false);
    }

    private Optional<Reply> refuse(JsonNode body) {
        for (Map.Entry<String, JsonNode> custom : body.path("custom_attributes").properties()) {
            Optional<String> wrong = attributes.refuse(custom.getKey(), custom.getValue());
            if (wrong.isPresent()) {
                return Optional.of(Failures.of(400, "parameter_invalid", wrong.get()));
            }
        }
        return Optional.empty();
    }

    private Reply stored(Request request, ObjectNode company, JsonNode body, boolean isNew) {
        List<String> names = new ArrayList<>();
        for (String name : SETTABLE) {
            if (body.has(name)) {
                company.set(name, body.get(name));
                names.add(name);
            }
        }
        if (body.hasNonNull("plan")) {
            company.putObject("plan")
                    .put("type", "plan")
                    .put("id", "1")
                    .put("name", body.path("plan").asText());
            names.add("plan");
        }
        ObjectNode custom = company.withObject("/custom_attributes");
        body.path("custom_attributes").properties().forEach(each -> {
            custom.set(each.getKey(), each.getValue());
            names.add("custom_attributes." + each.getKey());
        });
        company.put("updated_at", ground.now().getEpochSecond());
        companies.put(company.path("id").asText(), company);
        wrote(request, company, isNew ? "insert" : "update", names);
        return Reply.json(200, company);
    }

    private ObjectNode fresh(String key) {
        ObjectNode json = Json.object()
                .put("type", "company")
                .put("company_id", key)
                .put("id", "%024x".formatted(0x5f4d_0000_0000L + ++last))
                .put("app_id", Intercom.WORKSPACE)
                .putNull("name")
                .put("created_at", ground.now().getEpochSecond());
        json.putObject("plan");
        json.put("monthly_spend", 0).put("session_count", 0).put("user_count", 0);
        json.putObject("custom_attributes");
        return json;
    }

    private static Reply unknown() {
        return Failures.of(404, "company_not_found", "Company Not Found");
    }

    private void wrote(Request request, ObjectNode company, String operation, List<String> names) {
        String id = company.path("id").asText();
        ground.wrote(
                new Ground.Place("intercom", "companies", id, request.number()),
                company.path("company_id").asText(),
                operation,
                names);
    }
}
