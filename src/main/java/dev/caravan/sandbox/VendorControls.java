package dev.caravan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.sandbox.fault.Probe.Kind;
import dev.caravan.sandbox.http.Json;
import dev.caravan.sandbox.http.LocalServer;
import dev.caravan.sandbox.http.Reply;
import dev.caravan.sandbox.http.Request;
import dev.caravan.sandbox.http.Router;
import dev.caravan.sandbox.vendor.Settings;
import dev.caravan.sandbox.vendor.Vendor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The part of the control API that concerns the APIs beside Salesforce: their records, and the switches of their traps. */
final class VendorControls {

    private final Sandbox sandbox;

    VendorControls(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    void route(Router router) {
        String root = LocalServer.CONTROL_PREFIX;
        router.add("GET", root + "/records/{vendor}/{object}", "records", Kind.READ, this::records)
                .add("GET", root + "/settings/{vendor}", "settings", Kind.READ, this::settings)
                .add("POST", root + "/settings/{vendor}", "settings.change", Kind.WRITE, this::change);
    }

    private Reply records(Request request, Map<String, String> captured) {
        String object = captured.getOrDefault("object", "");
        Optional<Vendor> vendor = vendor(captured).filter(it -> it.counts().containsKey(object));
        return vendor.isPresent()
                ? ControlApi.paged(request, "records", vendor.get().records(object), it -> it)
                : ControlApi.problem(404, "No object " + captured.get("vendor") + "/" + object);
    }

    private Reply settings(Request request, Map<String, String> captured) {
        return sandbox.settings(captured.getOrDefault("vendor", ""))
                .map(it -> Reply.json(200, Json.tree(it.all())))
                .orElseGet(() -> none(captured));
    }

    private Reply change(Request request, Map<String, String> captured) {
        Optional<Settings> settings = sandbox.settings(captured.getOrDefault("vendor", ""));
        if (settings.isEmpty()) {
            return none(captured);
        }
        Map<String, Object> wanted = new LinkedHashMap<>();
        ControlApi.body(request).properties().forEach(entry -> wanted.put(entry.getKey(), value(entry.getValue())));
        Optional<String> wrong = settings.get().change(wanted);
        return wrong.isPresent() ? ControlApi.problem(400, wrong.get()) : settings(request, captured);
    }

    private static Object value(JsonNode node) {
        return node.isBoolean() ? (Object) node.asBoolean() : node.isInt() ? (Object) node.asInt() : node.asText();
    }

    private Optional<Vendor> vendor(Map<String, String> captured) {
        return sandbox.vendors().find(captured.getOrDefault("vendor", ""));
    }

    private static Reply none(Map<String, String> captured) {
        return ControlApi.problem(404, "No API " + captured.get("vendor"));
    }
}
