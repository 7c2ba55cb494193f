package dev.caravan.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The API that docs/adding-a-connector.md describes, and nothing besides. */
final class AddressBook implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** By address: what is known of a contact, its id too. */
    final Map<String, ObjectNode> contacts = new TreeMap<>();

    /** Method and path of all that was asked. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    private final HttpServer server;
    private final Deque<Instant> lately = new ArrayDeque<>();
    private int ids;

    AddressBook() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        String call = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add(call);
        if (tooMany()) {
            exchange.getResponseHeaders().add("Retry-After", "10");
            tell(exchange, 429, "");
            return;
        }
        switch (String.valueOf(exchange.getRequestHeaders().getFirst("X-Api-Key"))) {
            case "key-that-may-write" -> known(exchange, call, body);
            case "key-that-may-read" -> tell(exchange, 403, "");
            default -> tell(exchange, 401, "");
        }
    }

    private boolean tooMany() {
        Instant now = Instant.now();
        while (!lately.isEmpty() && lately.peek().isBefore(now.minus(Duration.ofSeconds(10)))) {
            lately.remove();
        }
        lately.add(now);
        return lately.size() > 20;
    }

    private void known(HttpExchange exchange, String call, String body) throws IOException {
        if (call.equals("GET /v2/account")) {
            tell(exchange, 200, "{\"account\": {\"number\": 4711, \"name\": \"Acme\"}}");
        } else if (call.equals("PUT /v2/contacts")) {
            put(exchange, JSON.readTree(body).path("contacts"));
        } else if (call.startsWith("DELETE /v2/contacts/")) {
            String id = call.substring("DELETE /v2/contacts/".length());
            boolean gone = contacts.values()
                    .removeIf(contact -> contact.path("id").asText().equals(id));
            tell(exchange, gone ? 204 : 404, "");
        } else {
            tell(exchange, 400, "{\"reason\": {\"code\": \"unknown\", \"text\": \"there is no such thing\"}}");
        }
    }

    private void put(HttpExchange exchange, JsonNode many) throws IOException {
        if (!many.isArray() || many.isEmpty() || many.size() > 50) {
            tell(exchange, 400, "{\"reason\": {\"code\": \"size\", \"text\": \"between 1 and 50 contacts\"}}");
            return;
        }
        List<ObjectNode> results = new ArrayList<>();
        many.forEach(contact -> results.add(result(contact.path("email").asText(), contact.path("set"))));
        Collections.reverse(results);
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode list = answer.putArray("results");
        results.forEach(list::add);
        tell(exchange, 200, answer.toString());
    }

    private ObjectNode result(String email, JsonNode set) {
        ObjectNode result = JSON.createObjectNode().put("email", email);
        if (email.endsWith("@example.net")) {
            result.put("status", "refused")
                    .putObject("reason")
                    .put("code", "blocked")
                    .put("text", "blocked");
            return result;
        }
        boolean fresh = !contacts.containsKey(email);
        ObjectNode contact =
                contacts.computeIfAbsent(email, none -> JSON.createObjectNode().put("id", "c" + ++ids));
        set.properties().forEach(field -> contact.set(field.getKey(), field.getValue()));
        return result.put("id", contact.path("id").asText()).put("status", fresh ? "created" : "updated");
    }

    private static void tell(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
