package dev.caravan.transport.camel.http;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** An API with a token endpoint at {@code /token} and an account at {@code /me}; whoever shows no good token is answered 401. */
final class TokenServer implements AutoCloseable {

    final WireServer server = new WireServer();
    final AtomicInteger issued = new AtomicInteger();
    /** Tokens that are good now. */
    final Set<String> tokens = ConcurrentHashMap.newKeySet();

    volatile String account = "acme";
    volatile String more = "";
    volatile WireServer.Behaviour logIn = (request, wire) -> grant(wire);
    volatile WireServer.Behaviour me = (request, wire) -> wire.reply(200, "{\"id\":\"" + account + "\"}");
    volatile WireServer.Behaviour api = (request, wire) -> wire.reply(200, request.text());

    TokenServer() {
        server.behaviour = this::answer;
    }

    private void answer(WireServer.Seen request, WireServer.Wire wire) throws IOException, InterruptedException {
        if (request.path().startsWith("/token")) {
            logIn.answer(request, wire);
        } else if (!tokens.contains(request.header("authorization").replace("Bearer ", ""))) {
            wire.reply(401, "{\"error\":\"expired\"}");
        } else if (request.path().equals("/me")) {
            me.answer(request, wire);
        } else {
            api.answer(request, wire);
        }
    }

    void grant(WireServer.Wire wire) throws IOException {
        String token = "access-canary-" + issued.incrementAndGet();
        tokens.add(token);
        wire.reply(200, "{\"access_token\":\"" + token + "\",\"token_type\":\"Bearer\"" + more + "}");
    }

    String url() {
        return server.url();
    }

    long logIns() {
        return server.to("/token");
    }

    long calls() {
        return server.to("/api");
    }

    @Override
    public void close() {
        server.close();
    }
}
