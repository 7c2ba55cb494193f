package dev.caravan.sandbox.http;

import dev.caravan.sandbox.fault.Probe;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds the handler of a request by method and path template. In a template {@code {name}} captures one segment; literal
 * segments match case-sensitively and are preferred in the order of registration. Built once, then read by many threads.
 */
public final class Router {

    private final List<Route> routes = new ArrayList<>();

    /** Answers a request whose captured segments are given by name. */
    @FunctionalInterface
    public interface Handler {
        Reply answer(Request request, Map<String, String> captured);
    }

    /** A way through the API: how it is found, what it is called, who answers. */
    public record Route(String method, List<String> template, String name, Probe.Kind kind, Handler handler) {

        Optional<Map<String, String>> match(List<String> segments) {
            if (segments.size() != template.size()) {
                return Optional.empty();
            }
            Map<String, String> captured = new LinkedHashMap<>();
            for (int i = 0; i < template.size(); i++) {
                String wanted = template.get(i);
                if (wanted.startsWith("{")) {
                    captured.put(wanted.substring(1, wanted.length() - 1), segments.get(i));
                } else if (!wanted.equals(segments.get(i))) {
                    return Optional.empty();
                }
            }
            return Optional.of(captured);
        }
    }

    /** A route with what it captured from one request. */
    public record Found(Route route, Map<String, String> captured) {}

    public Router add(String method, String path, String name, Probe.Kind kind, Handler handler) {
        routes.add(new Route(method, Query.segments(path), name, kind, handler));
        return this;
    }

    public Optional<Found> find(Request request) {
        for (Route route : routes) {
            if (route.method().equals(request.method())) {
                Optional<Map<String, String>> captured = route.match(request.segments());
                if (captured.isPresent()) {
                    return Optional.of(new Found(route, captured.get()));
                }
            }
        }
        return Optional.empty();
    }

    /** What the request asks for, its object being what {@code {object}} captured; {@code unknown} when no route is its. */
    public Operation operation(Request request, String unknown) {
        Optional<Found> found = find(request);
        return new Operation(
                found.map(it -> it.route().name()).orElse(unknown),
                found.map(it -> it.captured().getOrDefault("object", "")).orElse(""),
                found.map(it -> it.route().kind()).orElse(Probe.Kind.READ));
    }

    /** What its routes are called, and the kind of work each name stands for. */
    public Map<String, Probe.Kind> names() {
        Map<String, Probe.Kind> names = new TreeMap<>();
        routes.forEach(route -> names.put(route.name(), route.kind()));
        return names;
    }

    /** The methods other requests to this path may use; empty when the path is unknown. */
    public Set<String> methods(Request request) {
        Set<String> methods = new TreeSet<>();
        for (Route route : routes) {
            if (route.match(request.segments()).isPresent()) {
                methods.add(route.method());
            }
        }
        return methods;
    }
}
