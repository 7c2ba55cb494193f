package dev.caravan.delivery;

import dev.caravan.transport.Body;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.HttpRequest;
import dev.caravan.transport.Reply;
import dev.caravan.transport.Request;
import dev.caravan.transport.Transport;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gives the replies of a script in turn, and the last of them for ever. */
public final class ScriptedTransport implements Transport {

    public final List<Request> sent = new ArrayList<>();
    private final Deque<Reply> script = new ArrayDeque<>();

    public ScriptedTransport(Reply... replies) {
        then(replies);
    }

    public void then(Reply... replies) {
        script.clear();
        script.addAll(Arrays.asList(replies));
    }

    public static Reply answer(int status, String... headers) {
        Map<String, List<String>> named = headers.length == 0 ? Map.of() : Map.of(headers[0], List.of(headers[1]));
        return new HttpAnswer(status, named, Body.EMPTY, 1);
    }

    public static Reply lost() {
        return new Reply.Lost("timeout", 1);
    }

    public static Reply refused() {
        return new Reply.NotSent("refused", "ConnectException", Optional.empty(), 0);
    }

    @Override
    public synchronized Reply send(Request request, String account) {
        sent.add(request);
        return script.size() > 1 ? script.remove() : script.element();
    }

    @Override
    public Reply login() {
        return send(HttpRequest.get("/login", Duration.ofSeconds(1)), "");
    }

    @Override
    public void close() {}
}
