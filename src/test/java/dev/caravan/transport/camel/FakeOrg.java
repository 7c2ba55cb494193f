package dev.caravan.transport.camel;

import dev.caravan.transport.camel.http.WireServer;
import dev.caravan.transport.camel.http.WireServer.Behaviour;
import dev.caravan.transport.camel.http.WireServer.Seen;
import dev.caravan.transport.camel.http.WireServer.Wire;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** An org on raw sockets: it logs in, and knows the tokens that it gave out. */
final class FakeOrg implements AutoCloseable {

    static final String ACCOUNT = "00D000000000001EAA";

    private final WireServer server = new WireServer();
    final List<Seen> seen = server.seen;
    final AtomicInteger issued = new AtomicInteger();
    /** Tokens that are good now. */
    final Set<String> tokens = ConcurrentHashMap.newKeySet();

    volatile boolean onlyNewestToken;
    volatile String account = ACCOUNT;
    volatile String instance;
    volatile Behaviour logIn = (request, wire) -> grant(wire);
    volatile Behaviour api = (request, wire) -> wire.reply(200, "{}");

    FakeOrg() {
        server.behaviour = this::respond;
    }

    String url() {
        return server.url();
    }

    long logIns() {
        return seen.stream().filter(s -> s.path().endsWith("/oauth2/token")).count();
    }

    List<Seen> calls() {
        return seen.stream().filter(s -> !s.path().contains("/oauth2/")).toList();
    }

    void grant(Wire wire) throws IOException {
        String token = "token-" + issued.incrementAndGet();
        if (onlyNewestToken) {
            tokens.clear();
        }
        tokens.add(token);
        wire.reply(200, """
                {"access_token":"%s","signature":"sig","scope":"api","instance_url":"%s",
                 "id":"https://login.salesforce.com/id/%s/005000000000001AAA","token_type":"Bearer","issued_at":"1"}""".formatted(token, instance == null ? url() : instance, account));
    }

    private void respond(Seen request, Wire wire) throws IOException, InterruptedException {
        if (request.path().endsWith("/oauth2/token")) {
            logIn.answer(request, wire);
        } else if (!tokens.contains(token(request))) {
            wire.reply(401, "[{\"message\":\"Session expired or invalid\",\"errorCode\":\"INVALID_SESSION_ID\"}]");
        } else {
            api.answer(request, wire);
        }
    }

    static String token(Seen request) {
        return request.header("authorization").replace("Bearer ", "");
    }

    /** Sets what the api answers from a function of the request to a status and body. */
    void apiAnswers(Function<Seen, Map.Entry<Integer, String>> answer) {
        api = (request, wire) -> {
            Map.Entry<Integer, String> reply = answer.apply(request);
            wire.reply(reply.getKey(), reply.getValue());
        };
    }

    @Override
    public void close() {
        server.close();
    }
}
